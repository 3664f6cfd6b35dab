"""The tickets before and after one in a view's order."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.actor import Actor
from core.pages import before, cursor_at, keyset_page
from tickets.models import Ticket, View
from tickets.selectors.views import grouped, keyset_of, tickets_in_view


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Numbers of the tickets beside one; None at the ends of the view."""

    previous: int | None
    next: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ticket stands among the tickets of a view, counted from 1."""

    number: int
    total: int


def neighbours_in_view(view: View, actor: Actor, ticket: Ticket) -> Neighbours:
    """Two queries, wherever in the view the ticket stands, and also when it has left the view."""
    keyset = keyset_of(view)
    tickets = grouped(view, tickets_in_view(view, actor))
    ticket = _with_heading(view, ticket)

    def beside(*, goes_back: bool) -> int | None:
        cursor = cursor_at(keyset, ticket, goes_back=goes_back)
        rows = keyset_page(tickets, keyset, cursor=cursor, size=1).rows
        return rows[0].pk if rows else None

    return Neighbours(previous=beside(goes_back=True), next=beside(goes_back=False))


def place_in_view(view: View, actor: Actor, ticket: Ticket) -> Place | None:
    """The ticket's place as of now; None when it is not in the view. One query (two where
    tickets stand under headings), exact.
    """
    keyset = keyset_of(view)
    ticket = _with_heading(view, ticket)
    counted = grouped(view, tickets_in_view(view, actor)).aggregate(
        total=Count("pk"),
        ahead=Count("pk", filter=before(keyset, ticket)),
        present=Count("pk", filter=Q(pk=ticket.pk)),
    )
    return Place(counted["ahead"] + 1, counted["total"]) if counted["present"] else None


def _with_heading(view: View, ticket: Ticket) -> Ticket:
    """The ticket with its heading's rank, where a view has headings."""
    if not keyset_of(view).lead:
        return ticket
    return grouped(view, Ticket.objects.all()).get(pk=ticket.pk)
