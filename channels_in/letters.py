"""A message on its way from the funnel to a ticket: who wrote it, and what it is made into."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from accounts.addresses import canonical
from accounts.models import User
from channels_in.adapters import Arrival
from channels_in.handles import handle_of
from channels_in.introductions import Introduction
from channels_in.matching import Match
from channels_in.messages import Address, IncomingAttachment, IncomingMessage
from channels_in.models import InboundItem
from channels_in.proof import UNPROVEN, SenderProof
from channels_in.receive import IMPORT
from core import clock, html
from core.storage import blobs
from tickets.drafts import CommentDraft, NewFile
from tickets.files import clean_filename, sniff_content_type

FIRST_MAIL = datetime(1990, 1, 1, tzinfo=UTC)  # an older date in a mail is a broken clock's
SAID_ELSEWHERE = "said_elsewhere"  # the flag of a reply that left by another program
RECIPIENTS_KEPT = 100  # of To and Cc each, for showing and for reply-all


@dataclass(slots=True)
class Letter:
    """An arrival with its author and its match.

    `is_withheld` keeps it from other customers until an agent has looked; `reopens` is False for
    machines and for mere thanks.
    """

    arrival: Arrival
    introduction: Introduction
    author: User
    forwarder: User | None
    match: Match
    digest: str | None
    flags: list[str] = field(default_factory=list)
    is_withheld: bool = False
    reopens: bool = True

    @property
    def message(self) -> IncomingMessage:
        return self.introduction.message

    @property
    def item(self) -> InboundItem:
        return self.arrival.item

    @property
    def proof(self) -> SenderProof:
        return self.arrival.proof or UNPROVEN

    @property
    def is_old(self) -> bool:
        """Whether it was imported: people must not be told of it as if it had come today."""
        return bool(self.item.envelope.get("via") == IMPORT)

    @property
    def came_at(self) -> datetime:
        """Now, or for imported mail the time it says it was sent, if that can be true."""
        sent_at = self.message.date
        now = clock.now()
        return sent_at if self.is_old and sent_at and FIRST_MAIL < sent_at < now else now

    @property
    def is_authors_own(self) -> bool:
        """Whether the author holds the token that the message came back with."""
        return self.match.holder_id == self.author.pk


def digest_of(arrival: Arrival) -> str | None:
    """What a message is recognised by on its second way here; None without an id of its own.

    The id alone will not do: broken programs give the same one to different messages.
    """
    message = arrival.message
    handle = handle_of(message)
    if not message.message_id or not handle:
        return None
    parts = [
        message.message_id, handle.value.lower(), message.subject,
        str(message.date or ""), message.text, *(file.sha256 for file in message.attachments),
    ]  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def comment_of(letter: Letter, *, is_ours: bool = False) -> CommentDraft:
    """The message as a comment of its author; files are put into the storage."""
    message = letter.message
    return CommentDraft(
        author_id=letter.author.pk, body=message.text,
        html=html.sanitize(message.html) if message.html else "",
        reply_text=message.reply_text, channel=letter.item.account.channel,
        message_id=(message.message_id or "")[:255] or None, digest=letter.digest,
        files=tuple(kept_file(file) for file in message.attachments), metadata=metadata_of(letter),
        is_withheld=letter.is_withheld, reopens=letter.reopens,
        may_be_answered=message.may_be_answered, is_ours=is_ours,
    )  # fmt: skip


def metadata_of(letter: Letter) -> dict[str, Any]:
    """What people should know about a message besides its text."""
    message = letter.message
    metadata: dict[str, Any] = {"audit": {"inbound_item": letter.item.pk}}
    if letter.flags:
        metadata["flags"] = list(dict.fromkeys(letter.flags))
    if sender := letter.proof.as_json():
        metadata["sender"] = sender
    if message.author is None and message.said_to is None:
        metadata["recipients"] = {"to": _emails(message.to), "cc": _emails(message.cc)}
    else:
        metadata["network"] = {"is_private": message.is_private, "url": message.url}
    if letter.match.answered_id:
        metadata["answers"] = letter.match.answered_id
    if letter.forwarder:
        metadata["forwarded_by"] = letter.forwarder.display_name
    if message.call:
        metadata["call"] = asdict(message.call)
    if message.calendar:
        event = message.calendar
        metadata["calendar"] = {
            "method": event.method, "uid": event.uid, "summary": event.summary,
            "starts": event.starts, "ends": event.ends, "location": event.location,
        }  # fmt: skip
    if message.is_signed:
        metadata["signed"] = True
    if message.is_encrypted:
        metadata["encrypted"] = True
    return metadata


def _emails(addresses: tuple[Address, ...]) -> list[str]:
    emails = dict.fromkeys(canonical(address.email) for address in addresses)
    return [email for email in emails if len(email) < 255][:RECIPIENTS_KEPT]


def kept_file(file: IncomingAttachment) -> NewFile:
    """A file put into the storage, under a key that says nothing of it."""
    return NewFile(
        key=blobs.keep(file.content), filename=clean_filename(file.filename),
        content_type=_content_type(file), size=file.size, sha256=file.sha256,
        content_id=file.content_id or "", is_inline=file.is_inline,
    )  # fmt: skip


def _content_type(file: IncomingAttachment) -> str:
    """What the bytes are; the sender's word counts only where the bytes do not say."""
    sniffed = sniff_content_type(file.content[:512], file.filename)
    claimed = file.content_type.lower()
    is_harmless = claimed.startswith(("text/calendar", "message/", "text/plain", "audio/"))
    return claimed if sniffed == "application/octet-stream" and is_harmless else sniffed
