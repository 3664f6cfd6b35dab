"""Keeping the clocks: a step of the write path, after the triggers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import prefetch_related_objects

from core import clock
from macros.actions.sla_clocks import save_books
from macros.engine.failures import note_invalid
from macros.kept import revision_at
from macros.models import RuleKind
from macros.sla.clocks import Books, apply, catch_up, follow
from macros.sla.loading import load_books, measure_anew
from macros.sla.metrics import Measures, Moment, Switches, advance, rehouse
from macros.sla.moments import moment_of, roles_of_openers
from macros.sla.policies import Policy, active_policies, by_id, invalid_policies, policy_for
from tickets.changes import TicketChange
from tickets.models import EventType, Status

_IMPORTED = timedelta(minutes=1)


def keep_clocks(changes: Sequence[TicketChange]) -> None:
    """The step of helpdesk/wiring.py; the number of queries does not depend on how many there are.

    Tickets under no policy are not measured: should one apply later, their history is read.
    """
    policies = active_policies(revision_at(changes))
    if invalid := invalid_policies(revision_at(changes)):
        note_invalid(invalid, changes[0], kind=RuleKind.SLA_POLICY)
    measured = [change for change in changes if not _is_import(change)]
    if not (policies and measured):
        return
    prefetch_related_objects([change.ticket for change in measured], "requester", "organization")
    books = load_books([change.ticket for change in measured if not change.is_creation])
    known = {pk for pk, each in books.items() if _goes_on(each)}
    matched = {change.ticket.pk: policy_for(change.ticket, policies) for change in measured}
    kept = [
        change for change in measured
        if change.ticket.pk in books
        or (matched[change.ticket.pk] and change.ticket.status not in Status.done())
    ]  # fmt: skip
    unknown = {
        change.ticket.pk: change for change in kept
        if change.ticket.pk not in known and not change.is_creation
    }  # fmt: skip
    measure_anew([change.ticket for change in unknown.values()], matched, books, present=unknown)
    roles = roles_of_openers(kept)
    for change in kept:
        ticket = change.ticket
        mine = books.setdefault(ticket.pk, Books(ticket, Measures()))
        mine.ticket = ticket
        policy = matched[ticket.pk]
        before = policy if mine.is_new else by_id(policies, mine.policy_id)
        schedule_id = before.schedule_id if before else None
        moment = moment_of(change, schedule_id=schedule_id, roles=roles)
        _note_change(change, mine, policy, policies)
        bring_up_to_date(mine, moment, policy, before.switches if before else Switches())
    save_books([books[change.ticket.pk] for change in kept])


def bring_up_to_date(
    books: Books, moment: Moment, policy: Policy | None, switches: Switches
) -> None:
    """One submit: late breaches, then what happened, by the old rules; then the targets in force.

    A ticket that is done keeps the policy under which it was done.
    """
    catch_up(books, moment.at)
    happenings = advance(books.measures, moment, switches)
    follow(books, happenings)
    if moment.status not in Status.done():
        schedule_id = policy.schedule_id if policy else None
        rehouse(books.measures, books.measures.at, schedule_id or books.ticket.schedule_id)
        apply(books, policy, happenings)


def _is_import(change: TicketChange) -> bool:
    """A ticket that is brought in from elsewhere has its past there (ticket imports, §12)."""
    past = change.ticket.created_at < clock.now() - _IMPORTED
    return change.is_creation and change.is_silent and past


def _goes_on(books: Books) -> bool:
    """Whether nothing happened since the ticket was measured; a release raises no version."""
    return books.version > 0 and books.ticket.version - books.version in (0, 1)


def _note_change(
    change: TicketChange, books: Books, policy: Policy | None, policies: Sequence[Policy]
) -> None:
    """The audit says which policy a ticket falls under from now on."""
    new_id = policy.id if policy else None
    if new_id != books.policy_id and change.ticket.status not in Status.done():
        before = by_id(policies, books.policy_id)
        change.add(
            EventType.SLA_TARGET, "sla_policy", previous=before.title if before else None,
            value=policy.title if policy else None,
            cause=(policy or before).cause if policy or before else None,  # type: ignore[union-attr]
        )  # fmt: skip
