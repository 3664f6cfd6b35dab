"""All or nothing of what one rule does to a ticket within a submit that goes on either way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import transaction

from tickets.actions import columns
from tickets.changes import TicketChange
from tickets.models import AuditEvent, EventType


class Attempt:
    """What the rule has touched: columns of the ticket, single custom fields, its CCs."""

    def __init__(self, change: TicketChange) -> None:
        self._change = change
        self._events = len(change.events)
        self.before = columns.columns_of(change.ticket)

    @property
    def has_changed(self) -> bool:
        """Whether there is anything new: a changed field or list, a comment."""
        return len(self._change.events) > self._events

    def touched(self) -> set[str]:
        """Names as conditions read them: columns, `custom_fields_<id>`, `cc`."""
        after = columns.columns_of(self._change.ticket)
        names = {name for name, value in after.items() if value != self.before[name]}
        earlier, later = self.before["custom_fields"], after["custom_fields"]
        names |= {
            f"custom_fields_{key}"
            for key in {*earlier, *later}
            if earlier.get(key) != later.get(key)
        }
        has_ccs = any(event.type == EventType.CC for event in self.events)
        return names | ({"cc"} if has_ccs else set())

    @property
    def events(self) -> list[AuditEvent]:
        """What the rule has added so far."""
        return self._change.events[self._events :]

    def undo(self) -> None:
        """Put ticket and events in memory back; the rows are the savepoint's."""
        columns.restore(self._change.ticket, self.before)
        del self._change.events[self._events :]


@contextmanager
def attempt(change: TicketChange, *, writes: bool = True) -> Iterator[Attempt]:
    """A savepoint for one rule: whatever is raised leaves ticket, rows and events as they were.

    A rule that `writes` no rows yet needs none.
    """
    made = Attempt(change)
    try:
        with transaction.atomic() if writes else nullcontext():
            yield made
    except Exception:
        made.undo()
        raise
