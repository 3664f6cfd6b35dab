"""A draft of an SLA policy on the past: which promises it would have made, kept and broken.

The books of each ticket are kept in memory by the same steps as at work (macros.sla.step), the
draft in its place among the active policies. What is counted are promises of the draft that ended
in the time that is replayed, or have not ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from core import clock
from macros.models import MetricEvent, MetricEventType, SlaPolicy
from macros.rehearsal.past import Update
from macros.rehearsal.tally import Tally
from macros.sla.clocks import Books, catch_up
from macros.sla.lengths import length_of, seconds_of
from macros.sla.loading import measured
from macros.sla.metrics import Measures, Moment, Switches
from macros.sla.moments import moment_of
from macros.sla.policies import Policy, by_id, compiled, policy_for
from macros.sla.step import bring_up_to_date
from macros.sla.what_if import with_draft
from tickets.conditions import InvalidCondition
from tickets.models import Status, Ticket

KEPT, BROKEN, RUNNING = "kept", "broken", "running"


class PolicyRehearsal:
    """`first_audit_id` and `since`: updates and endings before them are past telling."""

    asks_files = False

    def __init__(
        self, definition: Mapping[str, Any], rule_id: int | None, first_audit_id: int,
        since: datetime, tally: Tally,
    ) -> None:  # fmt: skip
        row = SlaPolicy(**{**definition, "pk": rule_id, "is_active": True})
        draft = compiled(row)
        if draft is None:
            raise InvalidCondition("It names something that does not exist any more.")
        self.draft = draft
        self._policies = with_draft(draft, row)
        self._first, self._since, self._tally = first_audit_id, since, tally

    def take(self, ticket: Ticket, updates: Iterator[Update]) -> int:
        """Replay one ticket. Returns how many of its updates were wanted."""
        books, told, done = Books(ticket, Measures()), [], 0
        for update in updates:
            change = update.finish()
            done += (change.audit.pk or 0) >= self._first
            with clock.frozen(update.at):
                policy = policy_for(ticket, self._policies)
                told.append(moment_of(change, schedule_id=None, roles=_roles(update)))
                self._keep(books, told, policy)
        if told:
            catch_up(books, clock.now().timestamp())
            self._count(books)
        self._tally.counts["judged"] += 1
        return done

    def flush(self) -> None:
        """Nothing is held back."""

    def _keep(self, books: Books, told: list[Moment], policy: Policy | None) -> None:
        """As macros.sla.step.keep_clocks keeps the books of one submit."""
        is_done = told[-1].status in Status.done()
        if books.is_new and (policy is None or is_done):
            return
        before = policy if books.is_new else by_id(self._policies, books.policy_id)
        schedule_id = before.schedule_id if before else None
        switches = before.switches if before else Switches()
        if books.is_new:
            earlier = [_housed(each, schedule_id) for each in told[:-1]]
            books.measures, books.is_new = measured(earlier, switches), False
        bring_up_to_date(books, _housed(told[-1], schedule_id), policy, switches)
        for each in books.clocks.values():
            each.pk = each.pk or -1  # not the first time that it gets a target

    def _count(self, books: Books) -> None:
        tally, ticket = self._tally, books.ticket
        found = [
            each for each in _promises(books.events, self.draft.id)
            if each["ended"] or each["broken"] or _goes_on(books, each)
        ]  # fmt: skip
        for promise in found:
            ended = promise["ended"]
            if ended and ended < self._since:
                continue
            kind = BROKEN if promise["broken"] else KEPT if ended else RUNNING
            tally.counts[f"{kind}:{promise['metric']}:{promise['priority']}"] += 1
            tally.counts[kind] += 1
            if kind == BROKEN:
                tally.offer(_example(ticket.pk, promise))
        tally.counts["tickets"] += bool(found)


def _roles(update: Update) -> dict[int, str]:
    """Of staff who open a ticket: light agents are told apart."""
    comment = update.change.comment
    author = update.cast.users.get(comment.author_id) if comment else None
    opens = author is not None and comment is not None and comment.is_from_agent
    if author is None or not (opens and update.change.is_creation):
        return {}
    return {author.pk: author.role}


def _housed(moment: Moment, schedule_id: int | None) -> Moment:
    """In the policy's business hours, when it has its own."""
    return replace(moment, schedule_id=schedule_id) if schedule_id else moment


def _goes_on(books: Books, promise: Mapping[str, Any]) -> bool:
    """Whether a promise without an end still stands; its target may have been taken away."""
    clock = books.clocks.get(promise["metric"])
    return clock is not None and clock.instance == promise["instance"]


def _promises(events: list[MetricEvent], policy_id: int) -> Iterator[dict[str, Any]]:
    """Each instance of a metric that was last under a policy: its target, and how it ended."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for event in events:
        promise = found.setdefault(
            (event.metric, event.instance_id),
            {
                "metric": event.metric,
                "instance": event.instance_id,
                "policy": None,
                "broken": None,
                "ended": None,
            },
        )
        if event.type == MetricEventType.APPLY_SLA:
            promise |= {"policy": event.details["policy_id"],
                        **length_of(seconds_of(event.details)),
                        "priority": event.details["priority"],
                        "is_business": event.details["business_hours"]}  # fmt: skip
        elif event.type == MetricEventType.BREACH:
            promise["broken"] = event.time
        elif event.type == MetricEventType.FULFILL:
            promise["ended"] = event.time
        elif event.type == MetricEventType.ACTIVATE:
            promise["ended"] = None
    return (each for each in found.values() if each["policy"] == policy_id)


def _example(ticket_id: int, promise: Mapping[str, Any]) -> dict[str, Any]:
    ended = promise["ended"]
    return {
        "ticket": ticket_id, "metric": promise["metric"], "priority": promise["priority"],
        **length_of(seconds_of(promise)), "is_business": promise["is_business"],
        "at": promise["broken"].isoformat(), "ended": ended.isoformat() if ended else None,
    }  # fmt: skip
