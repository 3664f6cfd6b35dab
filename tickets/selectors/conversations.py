"""A ticket's comments, events, participants and history as an actor may see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from accounts.actor import Actor
from accounts.models import User
from tickets import policies
from tickets.models import (
    Attachment,
    Audit,
    Comment,
    Delivery,
    Participant,
    ParticipantRole,
    Ticket,
)


def comments_of(ticket: Ticket, actor: Actor) -> list[Comment]:
    """In order of writing, with author, attachments and deliveries: three queries."""
    comments = ticket.comments.select_related("author").in_order()
    if not policies.may_see_internal(actor):
        comments = comments.public()
    return list(
        comments.prefetch_related(
            Prefetch("attachments", Attachment.objects.order_by("id")),
            Prefetch("deliveries", Delivery.objects.select_related("recipient").order_by("id")),
        )
    )


def audits_of(ticket: Ticket, actor: Actor) -> list[Audit]:
    """The ticket's audits with their events, oldest first; for staff only."""
    if not policies.may_see_internal(actor):
        return []
    return list(
        ticket.audits.select_related("author")
        .prefetch_related("events")
        .order_by("created_at", "id")
    )


@dataclass(frozen=True, slots=True)
class People:
    ccs: list[Participant]
    followers: list[Participant]


def people_of(ticket: Ticket, actor: Actor) -> People:
    """CCs and followers; followers are hidden from customers."""
    rows = list(ticket.participants.select_related("user").order_by("id"))
    ccs = [row for row in rows if row.role == ParticipantRole.CC]
    if not policies.may_see_internal(actor):
        return People(ccs=[row for row in ccs if row.is_accepted], followers=[])
    return People(ccs=ccs, followers=[row for row in rows if row.role == ParticipantRole.FOLLOWER])


def other_tickets_of(
    requester: User, actor: Actor, *, but: Ticket, limit: int = 10
) -> list[Ticket]:
    """The requester's latest other tickets that the actor may see."""
    return list(
        policies.visible_tickets(actor)
        .filter(requester=requester)
        .exclude(pk=but.pk)
        .order_by("-created_at", "-id")[:limit]
    )
