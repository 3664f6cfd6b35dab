"""What callers hand to tickets.actions: plain values, checked there."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import Enum
from typing import Any

from tickets.models import Channel, Status


class _Unset(Enum):
    UNSET = "unset"

    def __bool__(self) -> bool:
        return False


UNSET = _Unset.UNSET  # "leave as it is", where None means "empty it"


@dataclass(frozen=True, slots=True)
class NewFile:
    """An attachment whose bytes are in the storage already (core.storage.blobs)."""

    key: str
    filename: str
    content_type: str
    size: int
    sha256: str
    content_id: str = ""
    is_inline: bool = False


@dataclass(frozen=True, slots=True)
class CommentDraft:
    """A comment to append. `html` must be sanitised already (core.html.sanitize).

    `is_withheld` is a customer's word that other customers may not read until an agent has accepted
    its writer: it is stored as internal, and reopens the ticket all the same.
    `reopens` is False for machine-made and courtesy messages: they leave a solved ticket solved.
    `send_at`: a reply that is to leave later; None is at once, or when it can no longer be undone.
    `inline`: content ids of those uploads that the html shows in place (`data-cid`).
    `is_ours`: the company's word, which the system only writes down: it was said somewhere else.
    `seen_comment_id`: the newest comment the writer has read; with it, a later one of somebody
    else's stops the submit (WrittenMeanwhile), so that nothing is answered unread, or twice.
    """

    author_id: int
    body: str
    html: str = ""
    reply_text: str = ""
    is_public: bool = True
    is_withheld: bool = False
    channel: str = Channel.WEB
    message_id: str | None = None
    digest: str | None = None
    files: tuple[NewFile, ...] = ()
    upload_ids: tuple[int, ...] = ()  # attachments of the actor's that wait without a comment
    metadata: dict[str, Any] = field(default_factory=dict)
    reopens: bool = True
    may_be_answered: bool = True  # by a machine: False for automatic senders
    send_at: datetime | None = None
    inline: tuple[tuple[int, str], ...] = ()
    seen_comment_id: int | None = None
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class TicketDraft:
    """A ticket to create, with its first comment."""

    subject: str
    comment: CommentDraft
    requester_id: int
    submitter_id: int | None = None  # the requester when None
    organization_id: int | None = None
    status: str = Status.NEW
    type: str = ""
    priority: str = ""
    group_id: int | None = None
    assignee_id: int | None = None
    channel: str = Channel.WEB
    via_source: dict[str, Any] = field(default_factory=dict)
    recipient: str = ""
    external_id: str | None = None
    language: str = ""
    tags: tuple[str, ...] = ()
    custom_fields: dict[str, Any] = field(default_factory=dict)
    cc_ids: tuple[int, ...] = ()
    follower_ids: tuple[int, ...] = ()
    problem_id: int | None = None
    followup_source_id: int | None = None
    due_at: datetime | None = None
    form_id: int | None = None
    snoozed_until: datetime | None = None  # of an unsolved one
    is_silent: bool = False  # imports and demo data: no notification leaves the house
    created_at: datetime | None = None  # imports only: when it really came


@dataclass(frozen=True, slots=True)
class TicketChanges:
    """Fields to change in one submit; UNSET ones stay as they are."""

    subject: str | _Unset = UNSET
    status: str | _Unset = UNSET
    type: str | _Unset = UNSET
    priority: str | _Unset = UNSET
    requester_id: int | _Unset = UNSET
    assignee_id: int | None | _Unset = UNSET
    group_id: int | None | _Unset = UNSET
    organization_id: int | None | _Unset = UNSET
    tags: tuple[str, ...] | _Unset = UNSET
    custom_fields: dict[str, Any] | _Unset = UNSET  # only the named ones change
    problem_id: int | None | _Unset = UNSET
    due_at: datetime | None | _Unset = UNSET
    external_id: str | None | _Unset = UNSET
    schedule_id: int | None | _Unset = UNSET
    form_id: int | None | _Unset = UNSET
    snoozed_until: datetime | None | _Unset = UNSET  # UNTIL_REPLY: until its customer writes
    cc_ids: tuple[int, ...] | _Unset = UNSET
    follower_ids: tuple[int, ...] | _Unset = UNSET

    def given(self) -> dict[str, Any]:
        """The fields that were set, by name."""
        pairs = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: value for name, value in pairs if value is not UNSET}
