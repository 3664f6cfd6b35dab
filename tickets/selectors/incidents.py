"""A problem's incidents: how many, in which state, the latest of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q

from accounts.actor import Actor
from tickets import policies
from tickets.models import Status, Ticket
from tickets.models.ticket import TicketQuerySet

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Incidents:
    """Of those that the actor may see. `latest` are unsolved ones first, SHOWN at most."""

    total: int
    unsolved: int
    latest: list[Ticket]


def visible_incidents(problem: Ticket, actor: Actor) -> TicketQuerySet:
    return policies.visible_tickets(actor).filter(problem=problem)


def incidents_of(problem: Ticket, actor: Actor) -> Incidents:
    """Two queries."""
    incidents = visible_incidents(problem, actor)
    counts = incidents.aggregate(
        total=Count("id"), unsolved=Count("id", filter=Q(status__in=Status.unsolved()))
    )
    latest = incidents.order_by(F("solved_at").desc(nulls_first=True), "-id")
    rows = latest.only("id", "subject", "status", "channel")[:SHOWN]
    return Incidents(counts["total"], counts["unsolved"], list(rows))


def unsolved_incident_ids(problem: Ticket, actor: Actor) -> list[int]:
    unsolved = visible_incidents(problem, actor).unsolved()
    return list(unsolved.order_by("id").values_list("id", flat=True))
