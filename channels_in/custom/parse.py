"""A message of a channel that somebody built themselves (docs/custom-channel.md). Pure."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import UTC, datetime

from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingAttachment, IncomingMessage, RemoteFile
from channels_in.models import InboundItem
from channels_in.payloads import Payload, payload_of, subject_of

ID_LENGTH = 200
FILES = 10
_REQUIRED = (("id", "id"), ("conversation", "conversation"), ("author.id", "id of its author"))


def parse(raw: bytes, item: InboundItem | None = None) -> IncomingMessage:
    """Raises UnreadableMessage for what the door should not have taken."""
    said = payload_of(raw)
    if problem := problem_of(said):
        raise UnreadableMessage(problem)
    author, text = said.of("author"), said.text("text").strip()
    is_automatic = said.values.get("is_automatic") is True
    attachments, remote = _files(said)
    return IncomingMessage(
        subject=said.text("subject")[:200] or subject_of(text) or _first_name(attachments, remote),
        text=text, reply_text=text, date=_moment(said.text("sent_at")),
        attachments=attachments, remote_files=remote,
        message_id=said.text("id"),
        in_reply_to=(said.text("reply_to")[:ID_LENGTH],) if said.text("reply_to") else (),
        is_auto_reply=is_automatic, auto_reply_reason="automatic" if is_automatic else "",
        may_be_answered=not is_automatic,
        author=Handle(
            kind="custom", value=author.text("id"), name=author.text("name")[:200],
            url=_web_address(author.text("url")), language=author.text("language")[:35],
        ),
        conversation=said.text("conversation"),
        is_private=said.values.get("is_private") is not False,
        url=_web_address(said.text("url")),
    )  # fmt: skip


def problem_of(said: Payload) -> str:
    """What is wrong with a message, in a sentence for whoever built the sender; empty when fine."""
    for path, words in _REQUIRED:
        *outer, name = path.split(".")
        holder = said.of(outer[0]) if outer else said
        value = holder.text(name)
        if not value:
            return f"“{path}” is missing: the {words} as a text."
        if len(value) > ID_LENGTH:
            return f"“{path}” is longer than {ID_LENGTH} characters."
    files = list(said.each("attachments"))
    if not said.text("text").strip() and not files:
        return "“text” is missing: a message has a text or attachments."
    if len(files) > FILES:
        return f"“attachments” has more than {FILES} files."
    if any(not row.text("url") and not row.text("content") for row in files):
        return "Each of “attachments” needs a “url” or its “content” in base64."
    if any(row.text("url") and not _web_address(row.text("url")) for row in files):
        return "A “url” of “attachments” does not begin with https:// or http://."
    if any("content" in row and _decoded(row) is None for row in files):
        return "A “content” of “attachments” is no base64."
    return ""


def _files(
    said: Payload,
) -> tuple[tuple[IncomingAttachment, ...], tuple[RemoteFile, ...]]:
    kept, remote = [], []
    for row in said.each("attachments"):
        name, kind = row.text("filename")[:255], row.text("content_type")[:127]
        content = _decoded(row)
        if content is not None:
            kept.append(IncomingAttachment(name or "file", kind, content))
        else:
            remote.append(RemoteFile(row.text("url"), name or "file", kind))
    return tuple(kept), tuple(remote)


def _decoded(row: Payload) -> bytes | None:
    if "content" not in row:
        return None
    value = row.values["content"]
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else None
    except (binascii.Error, ValueError):
        return None


def _first_name(*groups: tuple[IncomingAttachment | RemoteFile, ...]) -> str:
    names: Iterator[str] = (file.filename for group in groups for file in group)
    return next(names, "")


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _web_address(text: str) -> str:
    return text[:2000] if text.startswith(("https://", "http://")) else ""
