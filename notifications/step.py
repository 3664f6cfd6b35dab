"""The last step of the write path: who is told of a submit (settings.TICKET_STEPS).

It runs inside the transaction of the submit, so that no mention and no assignment is lost, and none
is told of what did not happen. A submit and a kind tell a person once (a constraint says so).
"""

from __future__ import annotations

from collections.abc import Sequence

from notifications.actions.telling import write_notifications
from notifications.audience import Candidate, People, candidates_of, chosen, writer_of
from notifications.models import Kind
from tickets.changes import TicketChange


def tell_people(changes: Sequence[TicketChange]) -> None:
    """Write the notifications of these submits: no query where nobody is to be told, else a fixed
    number. Imports, and replies that are taken back or released, tell nobody anew.
    """
    loud = [c for c in changes if not (c.is_silent or c.is_undo or c.is_release)]
    candidates = chosen(candidates_of(loud))
    if not candidates:
        return
    people = People(each.user_id for each in candidates)
    told = [each for each in candidates if people.may_see(each.user_id, each.change.ticket)]
    missed = _missed(candidates, people)
    if missed:
        people = People({each.user_id for each in [*told, *missed]})
    write_notifications([*told, *missed], people)


def _missed(candidates: Sequence[Candidate], people: People) -> list[Candidate]:
    """For each author, whom they mentioned that may not see the ticket and so is not told."""
    unseen: dict[int, tuple[TicketChange, list[int]]] = {}
    for each in candidates:
        is_known = each.kind == Kind.MENTION and each.user_id in people.by_id
        if is_known and not people.may_see(each.user_id, each.change.ticket):
            unseen.setdefault(id(each.change), (each.change, []))[1].append(each.user_id)
    return [
        Candidate(change, author, Kind.MENTION_UNSEEN, {"people": ids})
        for change, ids in unseen.values()
        if (author := writer_of(change))
    ]
