"""What a submit did, as the steps of the write path see it (settings.TICKET_STEPS)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from accounts.actor import Actor
from tickets.models import Audit, AuditEvent, Comment, EventType, Ticket

# Of `TicketChange.shared`: ids of people who are answered by another way than mail.
ANSWERED_OTHERWISE = "answered_otherwise"
# … and of staff who are in the conversation and hear it live: no rule mails them each line of it.
HEARS_LIVE = "hears_live"


@dataclass(slots=True)
class TicketChange:
    """One ticket's change inside the transaction that makes it.

    Steps may read everything and add events; they write other rows only through actions.
    `is_release`: a reply that waited begins to be read by customers; it was submitted before.
    `is_undo`: a submit is taken back; what was counted for it did not happen.
    `file_names`: of what the comment brings along.
    `shared`: what one step has read and another needs, too.
    """

    ticket: Ticket
    actor: Actor
    audit: Audit
    events: list[AuditEvent] = field(default_factory=list)
    comment: Comment | None = None
    is_creation: bool = False
    is_release: bool = False
    is_undo: bool = False
    is_silent: bool = False
    may_be_answered: bool = True
    has_deliveries: bool = False
    file_names: list[str] = field(default_factory=list)
    shared: dict[str, Any] = field(default_factory=dict)

    @property
    def public_comment(self) -> Comment | None:
        """The comment that customers may read from this change on; one that still waits is not."""
        comment = self.comment
        if comment is None or not comment.is_public:
            return None
        return comment if self.is_release or comment.send_at is None else None

    def add(
        self,
        type: str,
        field_name: str = "",
        previous: Any = None,
        value: Any = None,
        comment: Comment | None = None,
        cause: dict[str, Any] | None = None,
    ) -> None:
        """Record one event of this submit."""
        self.events.append(
            AuditEvent(
                audit=self.audit, type=type, field_name=field_name, previous_value=previous,
                value=value, comment=comment, cause=cause or {},
            )
        )  # fmt: skip

    def changed(self, field_name: str) -> AuditEvent | None:
        """The change of one field in this submit, or None."""
        return next(
            (
                event
                for event in self.events
                if event.field_name == field_name
                and event.type in (EventType.CHANGE, EventType.CREATE)
            ),
            None,
        )
