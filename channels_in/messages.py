"""What every inbound channel hands to the desk: one message, already understood.

An adapter (mail, chat, a social network) turns its own format into an `IncomingMessage`. Nothing
here knows Django, the database, the network or the clock. All strings are valid UTF-8 without NUL,
because PostgreSQL refuses both lone surrogates and NUL in text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address with its display name; `name` is empty when the sender gave none."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


@dataclass(frozen=True, slots=True)
class Handle:
    """Somebody as a network knows them: a kind and value of `accounts.models.Identity`.

    `name` is what they call themselves there, `url` their profile; both are a stranger's text.
    `language` is BCP 47, empty when the network does not say.
    """

    kind: str
    value: str
    name: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class IncomingAttachment:
    """A file that came with a message.

    `filename` is cleaned (no path, no control or direction characters) but is still a stranger's
    text: store the content under a key of our own. `content_type` is what the sender claims.
    `is_inline` is true only when the html refers to `content_id`.
    """

    filename: str
    content_type: str
    content: bytes
    content_id: str | None = None
    is_inline: bool = False

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """Hex digest of the content."""
        return hashlib.sha256(self.content, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file that still lies with the network: it is fetched once the message is a comment.

    `reference` is what the network's client fetches it by: an id, or an address. `filename` and
    `content_type` are the sender's word, `size` the network's where it says one.
    """

    reference: str
    filename: str = ""
    content_type: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report (RFC 3464) or a mail system's own wording of one.

    `is_permanent` is None when the report does not say; False for a delay or a 4.x.x status.
    """

    original_message_id: str | None = None
    recipient: str | None = None
    status: str | None = None
    is_permanent: bool | None = None
    diagnostic: str = ""


@dataclass(frozen=True, slots=True)
class CalendarInvitation:
    """The first event of a `text/calendar` part (RFC 5546 method, RFC 5545 values as written)."""

    method: str
    uid: str
    summary: str
    starts: str
    ends: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A telephone call: `kind` is voicemail, transcription or missed; `number` is theirs, empty
    when it was withheld, `ours` the one that was called.
    """

    kind: str
    direction: str
    number: str
    ours: str
    seconds: int


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """One inbound message of any channel. The fields from `reply_to` on have mail-only meanings.

    `text` is the whole readable text, `reply_text` what the person wrote this time, `quoted_text`
    what was left out of it (history, client signature). `html` is the sender's own and NOT
    sanitised.

    Mail has a `sender`, a network's message an `author`, the network's `conversation` (the key of
    a chat or a public thread, empty where only replies connect) and the `url` of the original.
    `is_private`: only its author and we can read it there. `message_id` is the channel's own.

    `said_to` makes it a message of our own that was said outside the help desk (an echo), in that
    person's conversation or beneath their post: it has no author. `sent_by` is what we gave the
    network along, if the words are ours after all (`Outgoing.key`).
    """

    subject: str = ""
    sender: Address | None = None
    author: Handle | None = None
    conversation: str = ""
    is_private: bool = True
    url: str = ""
    said_to: Handle | None = None
    sent_by: str = ""
    text: str = ""
    html: str = ""
    reply_text: str = ""
    quoted_text: str = ""
    date: datetime | None = None
    attachments: tuple[IncomingAttachment, ...] = ()
    remote_files: tuple[RemoteFile, ...] = ()

    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()

    is_auto_reply: bool = False
    auto_reply_reason: str = ""
    may_be_answered: bool = True
    is_bounce: bool = False
    bounce: Bounce | None = None
    is_feedback_report: bool = False
    is_forward: bool = False
    forwarded_from: Address | None = None
    is_signed: bool = False
    is_encrypted: bool = False
    calendar: CalendarInvitation | None = None

    call: Call | None = None
    form_id: int | None = None  # a ticket form, and values by the id of their field
    custom_fields: tuple[tuple[str, Any], ...] = ()

    headers: tuple[tuple[str, str], ...] = ()
    defects: tuple[str, ...] = ()
