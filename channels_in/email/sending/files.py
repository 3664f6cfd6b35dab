"""The files of a reply: sent along while they are small, named with links when they are not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from core import clock, html, ids
from core.storage import blobs
from tickets.files import clean_filename
from tickets.models import Attachment, Comment, SideAttachment, SideMessage

LINKS_LAST = timedelta(days=30)
_PURPOSE = "file-link"
# Base64 makes 76 letters and a line end of 57 bytes; the rest is the part's own headers.
_GROWTH = 78 / 57
_PART_BYTES = 600
_CONTENT_ID = re.compile(r"[A-Za-z0-9@._+=$-]{1,200}")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes along. `content_id` is set where the reply's html shows it in place."""

    filename: str
    content: bytes
    content_type: str
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file that is too large for a mail, and where it can be had until the link expires."""

    filename: str
    size: int
    url: str


def files_of(
    comment: Comment | SideMessage, *, recipient_id: int, links_only: bool = False
) -> tuple[list[Enclosure], list[FileLink], datetime]:
    """What goes along, what is linked to, and when the links end.

    Files go along in their order while all of them, as they are encoded, stay within
    MAIL_ATTACHMENTS_MAX_BYTES; the ones that do not fit become links. Those of side messages go
    along always: their sum was looked at when they were attached.
    """
    ends_at = clock.now() + LINKS_LAST
    room = 0 if links_only else settings.MAIL_ATTACHMENTS_MAX_BYTES
    along, links = [], []
    files: Iterable[Attachment | SideAttachment] = comment.attachments.order_by("id")
    for file in files:
        cost = int(file.size * _GROWTH) + _PART_BYTES
        if cost > room and isinstance(file, Attachment):
            links.append(_link(file, recipient_id, ends_at))
            continue
        room -= cost
        along.append(
            Enclosure(
                clean_filename(file.filename), blobs.read(file.key),
                _type(file.content_type), file.content_id if file.is_inline else "",
            )
        )  # fmt: skip
    return along, links, ends_at


def with_pictures(message: Comment | SideMessage) -> str:
    """The message as html. What was sanitised for our pages gets its pictures back for mail."""
    if not message.html:
        return html.from_text(message.body)
    shown = message.html.replace(' data-cid="', ' src="cid:')
    return shown.replace(' data-remote-src="', ' src="')


def enclose(mail: EmailMultiAlternatives, file: Enclosure) -> None:
    """Attach a file; a picture that the text shows goes along under its content id (RFC 2392)."""
    is_picture = file.content_type.startswith("image/")
    if not (is_picture and _CONTENT_ID.fullmatch(file.content_id)):
        mail.attach(file.filename, file.content, file.content_type)
        return
    subtype = file.content_type.partition("/")[2]
    part: MIMEBase = MIMEImage(file.content, subtype)
    part.add_header("Content-ID", f"<{file.content_id}>")
    name: str | tuple[str, str, str] = file.filename
    if not file.filename.isascii():
        name = ("utf-8", "", file.filename)  # RFC 2231
    part.add_header("Content-Disposition", "inline", filename=name)
    mail.attach(part)


def read_link(token: str) -> tuple[int, int] | None:
    """(file id, person id) of a link that has not ended; None for anything else."""
    numbers = ids.read(_PURPOSE, token)
    if numbers is None or len(numbers) != 3:
        return None
    file_id, person_id, ends = numbers
    return (file_id, person_id) if clock.now() < datetime.fromtimestamp(ends, UTC) else None


def _link(file: Attachment, recipient_id: int, ends_at: datetime) -> FileLink:
    path = link_to(file, recipient_id, ends_at)
    return FileLink(clean_filename(file.filename), file.size, f"{settings.SITE_URL}{path}")


def link_to(file: Attachment, recipient_id: int, ends_at: datetime | None = None) -> str:
    """The path under which one person may have a file until the link ends."""
    ends = int((ends_at or clock.now() + LINKS_LAST).timestamp())
    token = ids.sign(_PURPOSE, file.pk, recipient_id, ends)
    return reverse("shared_file", args=[token, clean_filename(file.filename)])


def _type(content_type: str) -> str:
    """A type that cannot break out of its header (attack 46)."""
    kind, _, subtype = content_type.partition("/")
    parts = (kind, subtype)
    if all(part.replace("-", "").replace(".", "").replace("+", "").isalnum() for part in parts):
        return content_type
    return "application/octet-stream"
