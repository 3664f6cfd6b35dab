"""Submits of the house's own parts on several tickets at once, written together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.actor import Actor
from core import clock
from tickets.actions import assignment, columns, field_values
from tickets.actions.finish import finish
from tickets.changes import TicketChange
from tickets.drafts import TicketChanges
from tickets.models import Audit, Ticket


@dataclass(frozen=True, slots=True)
class Submit:
    """What becomes of one ticket, which the caller has locked. `actor` says because of what."""

    ticket: Ticket
    actor: Actor
    changes: TicketChanges


@transaction.atomic
def update_together(*, submits: Sequence[Submit]) -> None:
    """One submit for each ticket, with its own audit; all or none.

    The number of queries does not depend on how many there are. For parts of the system, which ask
    no policy, and for plain columns: neither people nor tags nor custom fields. What a submit does
    not change leaves no trace.

    Raises InvalidChange; then the tickets in memory are what they were.
    """
    befores = [columns.columns_of(submit.ticket) for submit in submits]
    try:
        changes = _applied(submits, befores)
    except Exception:
        for submit, before in zip(submits, befores, strict=True):
            columns.restore(submit.ticket, before)
        raise
    changed = [pair for pair in zip(changes, befores, strict=True) if pair[0].events]
    if not changed:
        return
    Audit.objects.bulk_create([change.audit for change, _ in changed])
    for change, before in changed:
        columns.count(change, before)
    columns.save_together([(change.ticket, before) for change, before in changed], clock.now())
    finish([change for change, _ in changed])


def _applied(submits: Sequence[Submit], befores: Sequence[dict[str, object]]) -> list[TicketChange]:
    """The tickets changed in memory, as update_ticket does it one by one."""
    now = clock.now()
    asked = {submit.changes.given().get("assignee_id") for submit in submits}
    groups = assignment.groups_of({pk for pk in asked if pk})
    changes = []
    for submit, before in zip(submits, befores, strict=True):
        ticket, actor, given = submit.ticket, submit.actor, submit.changes.given()
        audit = Audit(
            ticket=ticket, author_id=actor.user_id, channel=actor.channel, cause=actor.cause,
            created_at=now,
        )  # fmt: skip
        change = TicketChange(ticket=ticket, actor=actor, audit=audit)
        field_values.apply(ticket, given)
        assignment.complete(ticket, before, actor, given, groups=groups)
        columns.set_times(ticket, before, actor, None, now)
        columns.record(change, before)
        changes.append(change)
    return changes
