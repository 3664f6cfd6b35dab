"""Tickets that hang together with one: problem and incidents, follow-ups, merged ones, links."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from tickets import policies
from tickets.models import LinkKind, Ticket, TicketLink

LIMIT = 50


@dataclass(frozen=True, slots=True)
class Linked:
    """Another ticket and what it is to this one."""

    relation: str | Promise
    ticket: Ticket


def linked_tickets(ticket: Ticket, actor: Actor) -> list[Linked]:
    """Every ticket linked with this one that the actor may see, at most LIMIT: two queries."""
    if not policies.may_see_internal(actor):
        return []
    links = list(TicketLink.objects.filter(Q(source=ticket) | Q(target=ticket)))
    by_link = {
        (link.target_id if link.source_id == ticket.pk else link.source_id): _link_word(
            link, ticket
        )
        for link in links
    }
    above = [ticket.problem_id, ticket.merged_into_id, ticket.followup_source_id]
    others = policies.visible_tickets(actor).filter(
        Q(pk__in=[*by_link, *filter(None, above)])
        | Q(problem=ticket)
        | Q(merged_into=ticket)
        | Q(followup_source=ticket)
    )
    rows = others.only("id", "subject", "status", "channel", "problem", "merged_into",
                       "followup_source").order_by("-id")[:LIMIT]  # fmt: skip
    return [Linked(_relation(ticket, other) or by_link[other.pk], other) for other in rows]


def _relation(ticket: Ticket, other: Ticket) -> str | Promise | None:
    if other.pk == ticket.merged_into_id:
        return _("Merged into")
    if other.pk == ticket.problem_id:
        return _("Problem")
    if other.pk == ticket.followup_source_id:
        return _("Follow-up of")
    if other.merged_into_id == ticket.pk:
        return _("Merged in")
    if other.problem_id == ticket.pk:
        return _("Incident")
    if other.followup_source_id == ticket.pk:
        return _("Follow-up")
    return None


def _link_word(link: TicketLink, ticket: Ticket) -> str | Promise:
    if link.kind == LinkKind.RELATED:
        return _("Related")
    return _("Child") if link.source_id == ticket.pk else _("Parent")
