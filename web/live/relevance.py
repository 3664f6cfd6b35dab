"""Which changed tickets concern which open list: rows that it shows, and what is in its view.

Judged in memory, as rules are (tickets.conditions has two ways that agree); a view whose conditions
only the database can judge is told of everything, and its page asks with its own rights.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accounts.actor import Actor
from core import clock
from tickets import policies
from tickets.conditions import Conditions, InvalidCondition, Situation, holds
from tickets.models import Ticket, View
from tickets.view_conditions import conditions_of

# What makes two readers of one view see different tickets.
_OF_READER = ("current_user", "current_groups")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a list is about: its reader, the views it watches, the rows it shows, if it said so."""

    actor: Actor
    views: frozenset[int]
    rows: frozenset[int] | None


def concerned(wishes: Sequence[Wish], ids: Sequence[int]) -> list[tuple[set[int], bool]]:
    """For each list the tickets that concern it, and whether others were left unsaid.

    Two queries, however many lists and readers there are.
    """
    views = View.objects.in_bulk({pk for wish in wishes for pk in wish.views})
    tickets = _tickets(ids)
    judge = _Judge(views, tickets)
    found = []
    for wish in wishes:
        visible = _visible(wish.actor, ids, tickets)
        if wish.rows is None:
            found.append((visible, len(visible) < len(ids)))
            continue
        hidden = wish.rows & set(ids) - visible  # left the reader's sight: the page asks
        inside = set().union(*(judge.inside(pk, wish.actor) for pk in wish.views))
        found.append(((visible & (wish.rows | inside)), bool(hidden)))
    return found


class _Judge:
    """Remembers what is in which view for whom, for one round."""

    def __init__(self, views: dict[int, View], tickets: dict[int, Ticket]) -> None:
        self.views, self.tickets = views, tickets
        self.now = clock.now()
        self.known: dict[tuple[int, int | None], set[int]] = {}
        self.parsed: dict[int, Conditions | None] = {}

    def inside(self, view_id: int, actor: Actor) -> set[int]:
        view = self.views.get(view_id)
        if view is None:
            return set()
        is_personal = any(word in str(view.conditions) for word in _OF_READER)
        key = (view_id, actor.user_id if is_personal else None)
        if key not in self.known:
            self.known[key] = self._judged(view, actor)
        return self.known[key]

    def _judged(self, view: View, actor: Actor) -> set[int]:
        if view.pk not in self.parsed:
            try:
                self.parsed[view.pk] = conditions_of(view)
            except InvalidCondition:
                self.parsed[view.pk] = None
        conditions = self.parsed[view.pk]
        if conditions is None:
            return set()
        try:
            return {
                pk for pk, ticket in self.tickets.items()
                if holds(conditions, Situation(ticket=ticket, actor=actor, now=self.now))
            }  # fmt: skip
        except (LookupError, TypeError, ValueError, AttributeError, NotImplementedError):
            return set(self.tickets)  # only the database can judge this one


def _visible(actor: Actor, ids: Sequence[int], tickets: dict[int, Ticket]) -> set[int]:
    if actor.ticket_access == "all":
        return set(ids)  # deleted ones, too: their rows go
    return {pk for pk, ticket in tickets.items() if policies.reaches(actor, ticket)}


def _tickets(ids: Collection[int]) -> dict[int, Ticket]:
    rows = Ticket.objects.existing().select_related("requester", "organization", "group")
    return rows.in_bulk(list(ids))
