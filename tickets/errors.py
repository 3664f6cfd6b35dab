"""Named errors of this app; each message is a sentence that may be shown to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.errors import NotPermitted

__all__ = [
    "AlreadyLeft",
    "ChangedMeanwhile",
    "ChangedSince",
    "CommentNotFound",
    "ConflictingChange",
    "DraftMovedOn",
    "InvalidChange",
    "JobNotFound",
    "NotPermitted",
    "SideConversationNotFound",
    "TicketClosed",
    "TicketError",
    "TicketNotFound",
    "TooManyJobs",
    "WrittenMeanwhile",
]


class TicketError(Exception):
    """Base of the errors below."""


class TicketNotFound(TicketError):
    """There is no such ticket, or the actor may not know of it."""

    def __init__(self, number: object) -> None:
        super().__init__(f"There is no ticket {number}, or you may not see it.")


class CommentNotFound(TicketNotFound):
    """There is no such comment, or the actor may not know of it."""

    def __init__(self, number: object) -> None:
        TicketError.__init__(self, f"There is no message {number}, or you may not see it.")


class SideConversationNotFound(TicketNotFound):
    """There is no such side conversation, or the actor may not know of it."""

    def __init__(self, uuid: object) -> None:
        TicketError.__init__(self, f"There is no side conversation {uuid}, or you may not see it.")


class AlreadyLeft(TicketError):
    """A reply cannot be stopped any more."""

    def __init__(self) -> None:
        super().__init__(
            "It has already left and cannot be taken back. Write another reply to correct it."
        )


class TicketClosed(TicketError):
    """Closed tickets take no changes; an answer to one opens a follow-up."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Ticket {number} is closed and cannot be changed. Open a follow-up instead."
        )
        self.number = number


class JobNotFound(TicketNotFound):
    """There is no such job, or it is somebody else's."""

    def __init__(self, number: object) -> None:
        TicketError.__init__(self, f"There is no job {number}, or it is not yours.")


class TooManyJobs(TicketError):
    """The house works on as many changes of many tickets as it takes on at once."""

    def __init__(self) -> None:
        super().__init__(
            "Many changes of many tickets are under way just now. Wait a minute and try again."
        )


class ChangedSince(TicketError):
    """A ticket cannot be put back: somebody has changed it since. `fields` names where."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__("Somebody has changed it since; it was left as it is.")
        self.fields = fields


class InvalidChange(TicketError):
    """A value that the ticket cannot take. `field` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """What somebody else changed since the editor's copy was read."""

    author: str
    field: str
    previous: Any
    value: Any


class ConflictingChange(TicketError):
    """The ticket was changed by somebody else in the same fields; nothing was saved."""

    def __init__(self, version: int, changes: list[ChangedMeanwhile]) -> None:
        who = ", ".join(dict.fromkeys(change.author for change in changes)) or "Somebody"
        fields = ", ".join(dict.fromkeys(change.field for change in changes))
        super().__init__(
            f"{who} changed {fields or 'this ticket'} while you were working on it. "
            "Your text is kept: look at the change and submit again."
        )
        self.version = version
        self.changes = changes


class WrittenMeanwhile(TicketError):
    """Somebody else wrote on the ticket since the writer read it; nothing was saved."""

    def __init__(self, comment_ids: list[int]) -> None:
        super().__init__(
            "Somebody wrote here while you were writing. Your text is kept: read what is new, "
            "then send it, or change it first."
        )
        self.comment_ids = comment_ids


class DraftMovedOn(TicketError):
    """A draft was saved, sent or thrown away elsewhere since this copy of it was read."""

    def __init__(self, draft_id: int | None) -> None:
        super().__init__("This draft went on in another window. Choose which text to keep.")
        self.draft_id = draft_id
