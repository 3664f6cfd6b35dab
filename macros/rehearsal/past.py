"""A ticket's past told again from its creation, submit by submit, by the write path's own rules.

The beginning is today's ticket with each field put back to what it was before its first change.
From there on events say what became of the fields; times and counters follow as they do in
tickets.actions. What no event keeps is as it is today: language, address, the people's own fields.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from accounts.actor import system_actor
from core import clock
from macros.models import RuleKind
from macros.rehearsal.reading import Batch, Cast, Submit
from tickets.actions import columns
from tickets.changes import TicketChange
from tickets.conditions.custom import PREFIX
from tickets.models import Audit, AuditEvent, Comment, EventType, Status, Ticket

_CLOCK = system_actor("The clock")
_POINTS_TO = {"requester_id": "requester", "assignee_id": "assignee", "group_id": "group",
              "organization_id": "organization"}  # fmt: skip
# What one trigger did that others could see; notices and errors change nothing.
_SEEN = (EventType.CHANGE, EventType.COMMENT, EventType.SATISFACTION, EventType.CC,
         EventType.FOLLOWER)  # fmt: skip


@dataclass(slots=True)
class Update:
    """One submit. `change` is as triggers found it: the ticket with what the submit itself did.

    `by_triggers` is what each trigger then did, in their order. A `change` that is a release is a
    reply that begins to be read.
    """

    change: TicketChange
    by_triggers: list[tuple[int, list[AuditEvent]]]
    cast: Cast
    has_files: bool = False
    _is_finished: bool = field(default=False, init=False)

    @property
    def at(self) -> datetime:
        return self.change.audit.created_at

    def stages(self, *, without: int | None) -> Iterator[tuple[TicketChange, int | None]]:
        """The submit as it stood each time the pass began, and the trigger that changed it next.

        What the trigger `without` did is left out. Each stage is the same object, led on.
        """
        others = [(pk, events) for pk, events in self.by_triggers if pk != without]
        change = replace(
            self.change, ticket=copied(self.change.ticket), events=list(self.change.events)
        )
        for pk, events in others:
            yield change, pk
            _take_effect(change.ticket, events, self.at, self.cast)
            change.events += events
        yield change, None

    def finish(self) -> TicketChange:
        """Let the triggers do what they did; the change with the ticket as the submit left it."""
        if not self._is_finished:
            self._is_finished = True
            for _, events in self.by_triggers:
                before = columns.columns_of(self.change.ticket)
                _take_effect(self.change.ticket, events, self.at, self.cast)
                self._complete(before)
                self.change.events += events
        return self.change

    def _complete(self, before: Mapping[str, Any]) -> None:
        change, kept = self.change, dict(before)
        own, change.comment = change.comment, None  # counted by the submit itself
        columns.set_times(change.ticket, kept, change.actor, None, self.at)
        columns.count(change, kept)
        change.comment = own


def walk(batch: Batch) -> Iterator[tuple[Ticket, Iterator[Update]]]:
    """Each ticket of a batch with its updates, oldest first. The ticket is led on by them.

    Whoever takes an update sees the ticket as triggers did; when the next one is taken, or after
    `finish`, it is as the submit left it. Comments carry texts from `batch.since` on.
    """
    for ticket, submits in batch.pasts():
        yield ticket, _Walk(ticket, batch.firsts[ticket.pk], batch.cast).updates(submits)


def copied(ticket: Ticket) -> Ticket:
    """The ticket as it is at this moment."""
    made = copy.copy(ticket)
    made.tags, made.custom_fields = list(ticket.tags), dict(ticket.custom_fields)
    return made


class _Walk:
    def __init__(self, ticket: Ticket, firsts: Mapping[str, Any], cast: Cast) -> None:
        self.ticket, self.cast = ticket, cast
        self._waiting: dict[int, Comment] = {}  # replies that are to be released
        ticket.tags, ticket.custom_fields = list(ticket.tags), dict(ticket.custom_fields)
        ticket.sla_next_breach_at = None  # not known of the past
        for name, previous in firsts.items():
            _put(ticket, name, previous, ticket.created_at, cast)
        ticket.version = 0

    def updates(self, submits: Iterable[Submit]) -> Iterator[Update]:
        for submit in submits:
            yield from self._releases(submit.audit.created_at)
            yield from self._finished(self._update(submit))
        yield from self._releases(clock.now())

    def _finished(self, update: Update) -> Iterator[Update]:
        yield update
        update.finish()

    def _releases(self, until: datetime) -> Iterator[Update]:
        due = [each for each in self._waiting.values() if each.send_at and each.send_at <= until]
        for comment in sorted(due, key=lambda each: (each.send_at, each.pk)):
            del self._waiting[comment.pk]
            yield from self._finished(self._release(comment))

    def _release(self, comment: Comment) -> Update:
        ticket = self.ticket
        before = columns.columns_of(ticket)
        audit = Audit(
            ticket=ticket, author_id=comment.author_id, created_at=comment.send_at or clock.now()
        )
        change = TicketChange(
            ticket=ticket, actor=_CLOCK, audit=audit, comment=comment, is_release=True
        )
        ticket.is_public = True
        columns.count(change, before)
        return Update(change, [], self.cast)

    def _update(self, submit: Submit) -> Update:
        own, by_triggers = _parted(submit.events)
        change = TicketChange(
            ticket=self.ticket, actor=self.cast.actor_of(submit.audit, submit.comment),
            audit=submit.audit, events=own, comment=submit.comment,
            is_creation=not self.ticket.version and _creates(own), is_undo=_takes_back(own),
        )  # fmt: skip
        if change.is_creation:
            self._create(change)
        else:
            self._change(change)
        comment = submit.comment
        if comment and comment.is_public and comment.send_at:
            self._waiting[comment.pk] = comment
        self.ticket.version += 1
        return Update(change, by_triggers, self.cast, submit.has_files)

    def _create(self, change: TicketChange) -> None:
        """What tickets.actions.create_tickets makes of a draft."""
        ticket, comment, at = self.ticket, change.comment, change.ticket.created_at
        is_done, is_assigned = ticket.status in Status.done(), ticket.assignee_id is not None
        ticket.updated_at = ticket.status_updated_at = ticket.latest_comment_at = at
        ticket.solved_at = at if is_done else None
        ticket.closed_at = at if ticket.status == Status.CLOSED else None
        ticket.assigned_at = ticket.initially_assigned_at = at if is_assigned else None
        ticket.assignee_updated_at = None
        by_requester = comment is not None and comment.author_id == ticket.requester_id
        ticket.requester_updated_at = at if by_requester else None
        ticket.is_public = change.public_comment is not None
        ticket.assignee_stations, ticket.group_stations = (
            int(is_assigned), int(ticket.group_id is not None)
        )  # fmt: skip
        ticket.replies = ticket.reopens = 0
        ticket.satisfaction = "unoffered"

    def _change(self, change: TicketChange) -> None:
        """What tickets.actions.update_ticket and its like make of a submit."""
        ticket, at = self.ticket, change.audit.created_at
        before = columns.columns_of(ticket)
        _take_effect(ticket, change.events, at, self.cast)
        if change.public_comment is not None:
            ticket.is_public = True
        if any(event.type != EventType.SATISFACTION for event in change.events):
            columns.set_times(ticket, before, change.actor, change.comment, at)  # type: ignore[arg-type]
        columns.count(change, before)


def _parted(
    events: Iterable[AuditEvent],
) -> tuple[list[AuditEvent], list[tuple[int, list[AuditEvent]]]]:
    """What the submit did itself, and what each trigger changed, in their order."""
    own: list[AuditEvent] = []
    by_trigger: dict[int, list[AuditEvent]] = {}
    for event in events:
        if event.cause.get("kind") != RuleKind.TRIGGER:
            own.append(event)
        elif event.type in _SEEN:
            by_trigger.setdefault(event.cause["id"], []).append(event)
    return own, list(by_trigger.items())


def _creates(events: Iterable[AuditEvent]) -> bool:
    return any(event.type == EventType.CREATE for event in events)


def _takes_back(events: Iterable[AuditEvent]) -> bool:
    """Whether it stopped a reply, and with it undid the status that was chosen with the reply."""
    types = {event.cause.get("reason") or event.field_name for event in events}
    return {"taken_back", "status"} <= types


def _take_effect(ticket: Ticket, events: Iterable[AuditEvent], at: datetime, cast: Cast) -> None:
    for event in events:
        if event.type in (EventType.CHANGE, EventType.SATISFACTION):
            _put(ticket, event.field_name, event.value, at, cast)
        elif event.type == EventType.COMMENT and event.cause.get("kind") == RuleKind.TRIGGER:
            ticket.latest_comment_at = at
            ticket.is_public = ticket.is_public or bool((event.value or {}).get("is_public"))


def _put(ticket: Ticket, name: str, value: Any, at: datetime, cast: Cast) -> None:
    """Set one field as an event names it; names that are no field are left alone."""
    if name.startswith(PREFIX):
        key = name.removeprefix(PREFIX)
        if value is None:
            ticket.custom_fields.pop(key, None)
        else:
            ticket.custom_fields[key] = value
    elif name == "deleted":
        ticket.deleted_at = at if value else None
    elif name == "due_at":
        ticket.due_at = datetime.fromisoformat(value) if value else None
    elif name == "snoozed_until":
        ticket.snoozed_until = datetime.fromisoformat(value) if value else None
    elif name == "tags":
        ticket.tags = list(value or ())
    elif name in _POINTS_TO:
        _point(ticket, name, value, cast)
    elif name in columns.RECORDED or name == "satisfaction":
        setattr(ticket, name, value)


def _point(ticket: Ticket, name: str, pk: int | None, cast: Cast) -> None:
    """Set a reference together with what it points to, so that nobody asks the database for it."""
    setattr(ticket, name, pk)
    ticket._state.fields_cache[_POINTS_TO[name]] = cast.named(name, pk)
