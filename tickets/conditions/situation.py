"""What conditions are judged on: a ticket, perhaps a change of it, and who makes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.actor import Actor
from tickets.changes import TicketChange
from tickets.conditions import business
from tickets.conditions.registry import Field
from tickets.models import EventType, Ticket
from tickets.schedules import is_open

_HISTORY = (EventType.CHANGE, EventType.CREATE, EventType.SATISFACTION)


@dataclass(slots=True)
class Situation:
    """`change` is None where there is no submit to judge, in views and automations.

    `actor` is who "current_user" is: the reader of a view, the author of a change. `has_files`:
    whether the comment has any; asked for once where it is not known.
    """

    ticket: Ticket
    actor: Actor
    now: datetime
    change: TicketChange | None = None
    has_files: bool | None = None

    def value(self, field: Field) -> Any:
        """What the field is now."""
        if field.custom_id:
            holder = getattr(self.ticket, field.holder) if field.holder else self.ticket
            return holder.custom_fields.get(field.custom_id) if holder else None
        if not field.path:
            return self._of_change(field.name)
        found: Any = self.ticket
        for name in field.path.split("."):
            found = getattr(found, name, None)
        return found

    def previous(self, field: Field) -> Any:
        """What it was before the submit; what it is now when the submit did not touch it."""
        name = f"custom_fields_{field.custom_id}" if field.custom_id else field.path
        if field.custom_id and self.change and self.change.is_creation:
            return None  # a new ticket had no values; those it was given are one event together
        for event in self.change.events if self.change else ():
            if event.field_name == name and event.type in _HISTORY:
                return event.previous_value
        return self.value(field)

    def _of_change(self, name: str) -> Any:
        change = self.change
        if change is None:
            return None
        comment = change.comment
        match name:
            case "update_type":
                return "Create" if change.is_creation else "Change"
            case "role":
                actor = change.actor
                return "agent" if actor.is_agent else "end_user" if self._by_person else "system"
            case "current_user_id":
                return change.actor.user_id or (comment.author_id if comment else None)
            case "current_via_id":
                return change.actor.channel
            case "comment_is_public":
                return "none" if comment is None else "public" if comment.is_public else "private"
            case "comment_includes_word":
                return comment.body if comment else ""
            case "attachment":
                if self.has_files is None:
                    self.has_files = comment is not None and comment.attachments.exists()
                return self.has_files
            case "cc":
                return any(event.type == EventType.CC for event in change.events)
            case "sla_event":
                return self._sla_event()
            case "may_be_answered":
                return change.may_be_answered
            case "in_business_hours":
                schedule = business.schedule_of(self.ticket.schedule_id)
                return schedule is None or is_open(schedule, self.now)
        return None

    def _sla_event(self) -> str:
        """What the clocks have just said of the ticket; a breach outweighs a warning."""
        types = {event.type for event in self.change.events} if self.change else set()
        if EventType.SLA_BREACH in types:
            return "breach"
        return "warning" if EventType.SLA_WARNING in types else ""

    @property
    def _by_person(self) -> bool:
        """A customer's own submit, or their message that the funnel hands in."""
        change = self.change
        if change is None:
            return False
        return change.actor.is_customer or (change.comment is not None and change.actor.is_system)
