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
    link_id: int | None = None  # of a link that people made, and can take away


def linked_tickets(ticket: Ticket, actor: Actor, *, has_links: bool = True) -> list[Linked]:
    """Every ticket linked with this one that the actor may see, at most LIMIT: two queries.

    Incidents of a problem are counted and listed apart (tickets.selectors.incidents).
    """
    if not policies.may_see_internal(actor):
        return []
    found = TicketLink.objects.filter(Q(source=ticket) | Q(target=ticket))
    links = list(found) if has_links else []
    by_link = {
        (link.target_id if link.source_id == ticket.pk else link.source_id): link for link in links
    }
    above = [ticket.problem_id, ticket.merged_into_id, ticket.followup_source_id]
    others = policies.visible_tickets(actor).filter(
        Q(pk__in=[*by_link, *filter(None, above)])
        | Q(merged_into=ticket)
        | Q(followup_source=ticket)
    )
    rows = others.only("id", "subject", "status", "channel", "problem", "merged_into",
                       "followup_source").order_by("-id")[:LIMIT]  # fmt: skip
    return [_linked(ticket, other, by_link.get(other.pk)) for other in rows]


def _linked(ticket: Ticket, other: Ticket, link: TicketLink | None) -> Linked:
    relation = _relation(ticket, other)
    if link is None or relation is not None:
        return Linked(relation or "", other)
    return Linked(_link_word(link, ticket), other, link.pk)


def _relation(ticket: Ticket, other: Ticket) -> str | Promise | None:
    if other.pk == ticket.merged_into_id:
        return _("Merged into")
    if other.pk == ticket.problem_id:
        return _("Problem")
    if other.pk == ticket.followup_source_id:
        return _("Follow-up of")
    if other.merged_into_id == ticket.pk:
        return _("Merged in")
    if other.followup_source_id == ticket.pk:
        return _("Follow-up")
    return None


def _link_word(link: TicketLink, ticket: Ticket) -> str | Promise:
    if link.kind == LinkKind.RELATED:
        return _("Related")
    if link.kind == LinkKind.DUPLICATE:
        return _("Duplicate of") if link.source_id == ticket.pk else _("Duplicate")
    return _("Child") if link.source_id == ticket.pk else _("Parent")
