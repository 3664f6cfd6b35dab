"""The tickets before and after one in a view's order."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.actor import Actor
from core.pages import cursor_at, keyset_page
from tickets.models import Ticket, View
from tickets.selectors.views import grouped, keyset_of, tickets_in_view


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Numbers of the tickets beside one; None at the ends of the view."""

    previous: int | None
    next: int | None


def neighbours_in_view(view: View, actor: Actor, ticket: Ticket) -> Neighbours:
    """Two queries, wherever in the view the ticket stands, and also when it has left the view."""
    keyset = keyset_of(view)
    tickets = grouped(view, tickets_in_view(view, actor))
    if keyset.lead:  # where the ticket stands depends on its heading
        ticket = grouped(view, Ticket.objects.all()).get(pk=ticket.pk)

    def beside(*, goes_back: bool) -> int | None:
        cursor = cursor_at(keyset, ticket, goes_back=goes_back)
        rows = keyset_page(tickets, keyset, cursor=cursor, size=1).rows
        return rows[0].pk if rows else None

    return Neighbours(previous=beside(goes_back=True), next=beside(goes_back=False))
