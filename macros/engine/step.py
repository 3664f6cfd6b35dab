"""The step of the write path that runs the triggers over each submit."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from accounts.models import User
from macros.engine.compiled import active_triggers
from macros.engine.failures import note_invalid
from macros.engine.notices import send_notices
from macros.engine.passes import Pass
from macros.engine.rates import too_busy
from macros.kept import revision_at
from macros.models import RuleRun
from tickets.changes import TicketChange
from tickets.models import Status


def run_triggers(changes: Sequence[TicketChange]) -> None:
    """The step of helpdesk/wiring.py. Imports, silent submits and releases run no triggers.

    Notices are gathered and queued together at the end; so are the notes of what every trigger did.
    """
    judged = [change for change in changes if _is_judged(change)]
    if not judged:
        return
    triggers = active_triggers(revision_at(changes))
    if triggers.invalid:
        note_invalid(triggers.invalid, judged[0])
    if len(judged) > 1:
        # What texts and conditions name of a ticket: read once for all of them.
        prefetch_related_objects(
            [change.ticket for change in judged], "requester", "assignee", "group", "organization"
        )
    people = _writers(judged)
    busy = too_busy(judged)
    passes = [
        Pass(change, triggers, people.get(_writer(change)), is_busy=change.ticket.pk in busy)
        for change in judged
    ]
    for one in passes:
        one.run()
    for item, error in send_notices([item for one in passes for item in one.outbound]):
        owner = next(one for one in passes if one.change is item.change)
        owner.fail(triggers.by_id(item.cause["id"]), error)
    RuleRun.objects.bulk_create([one.as_row() for one in passes])


def _is_judged(change: TicketChange) -> bool:
    """A closed ticket runs no triggers; the submit that closes it still does."""
    if change.is_silent or change.is_release or change.is_undo or change.changed("deleted"):
        return False
    return change.ticket.status != Status.CLOSED or change.changed("status") is not None


def _writer(change: TicketChange) -> int | None:
    return change.actor.user_id or (change.comment.author_id if change.comment else None)


def _writers(changes: Sequence[TicketChange]) -> dict[int | None, User]:
    """Who makes the changes; requesters are at hand already."""
    known: dict[int | None, User] = {
        change.ticket.requester_id: change.ticket.requester for change in changes
    }
    asked = {pk for change in changes if (pk := _writer(change)) and pk not in known}
    return known | (User.objects.in_bulk(asked) if asked else {})
