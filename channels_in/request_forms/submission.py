"""What somebody sent by a request form, as one stored message and back. Pure.

It is kept as MIME: a JSON part with the words, then the files. So the suspended queue shows it as
it came, and virus scanners know the format.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Any, cast

from channels_in.messages import IncomingAttachment

_POLICY = policy.default.clone(linesep="\r\n", utf8=True)


class Unreadable(Exception):
    """The bytes are no request."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A request as it was written. `fields` are values by the id of their ticket field."""

    name: str
    email: str
    subject: str
    body: str
    language: str = ""
    form_id: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    files: tuple[IncomingAttachment, ...] = ()

    @property
    def words(self) -> dict[str, Any]:
        names = ("name", "email", "subject", "body", "language", "form_id", "fields")
        return {name: getattr(self, name) for name in names}

    @property
    def digest(self) -> str:
        """What tells this request from another one."""
        files = [(file.filename, file.sha256) for file in self.files]
        told = json.dumps([self.words, files], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def pack(sent: Submission) -> bytes:
    """The bytes that are stored."""
    message = EmailMessage(policy=_POLICY)
    words = json.dumps(sent.words, ensure_ascii=False, indent=1).encode()
    message.add_attachment(
        words, maintype="application", subtype="json", filename="request.json", cte="8bit"
    )
    for file in sent.files:
        main, _slash, sub = file.content_type.partition("/")
        if not (
            main.isalnum() and sub.replace("-", "").replace(".", "").replace("+", "").isalnum()
        ):
            main, sub = "application", "octet-stream"
        if main in ("multipart", "message"):
            main, sub = "application", "octet-stream"
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.filename)
    return message.as_bytes()


def unpack(raw: bytes) -> Submission:
    """The request again. Raises Unreadable."""
    parts = list(message_from_bytes(raw, policy=_POLICY).walk())[1:]
    try:
        words = json.loads(_content(parts[0]))
        return Submission(**words, files=tuple(_file(part) for part in parts[1:]))
    except (IndexError, TypeError, ValueError) as error:
        raise Unreadable from error


def _file(part: Message) -> IncomingAttachment:
    return IncomingAttachment(
        filename=part.get_filename() or "file", content_type=part.get_content_type(),
        content=_content(part),
    )  # fmt: skip


def _content(part: Message) -> bytes:
    return cast(bytes, part.get_payload(decode=True) or b"")
