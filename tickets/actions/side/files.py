"""Files of side messages: uploads that move over, and what a mail brought along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.conf import settings

from accounts.actor import Actor
from core import clock
from tickets.drafts import NewFile
from tickets.errors import InvalidChange
from tickets.models import Attachment, SideAttachment, SideMessage

# Base64 and the parts' own headers (channels_in.email.sending.files counts in the same way).
_GROWTH = 1.4


def take_uploads(
    message: SideMessage, upload_ids: Sequence[int], actor: Actor, *, inline: Mapping[int, str]
) -> None:
    """Files that wait for this person's submit become the message's, and nobody else's.

    `inline`: content ids of those that the message shows in its text.

    Raises InvalidChange when one is no longer there, or all of them are too much for a mail.
    """
    if not upload_ids:
        return
    rows = Attachment.objects.filter(
        pk__in=upload_ids, comment=None, uploaded_by_id=actor.user_id
    ).select_for_update()
    uploads = list(rows.order_by("id"))
    if len(uploads) != len(set(upload_ids)):
        raise InvalidChange(
            "attachments", "An attachment is no longer there. Remove it, attach it again, send."
        )
    room = settings.MAIL_ATTACHMENTS_MAX_BYTES
    if sum(file.size for file in uploads) * _GROWTH > room:
        limit = int(room / _GROWTH / 1_000_000)
        raise InvalidChange("attachments", f"A mail carries {limit} MB of files at most.")
    SideAttachment.objects.bulk_create(
        [
            SideAttachment(
                message=message, key=file.key, filename=file.filename,
                content_type=file.content_type, size=file.size, sha256=file.sha256,
                content_id=inline.get(file.pk, ""), is_inline=file.pk in inline,
                created_at=clock.now(),
            )
            for file in uploads
        ]
    )  # fmt: skip
    Attachment.objects.filter(pk__in=[file.pk for file in uploads]).delete()


def give_back(message: SideMessage, actor: Actor) -> list[tuple[SideAttachment, Attachment]]:
    """The files of a message that was taken back wait again, as uploads of the actor."""
    files = list(message.attachments.order_by("id"))
    uploads = Attachment.objects.bulk_create(
        [
            Attachment(
                uploaded_by_id=actor.user_id, key=file.key, filename=file.filename,
                content_type=file.content_type, size=file.size, sha256=file.sha256,
                is_inline=file.is_inline, created_at=clock.now(),
            )
            for file in files
        ]
    )  # fmt: skip
    SideAttachment.objects.filter(pk__in=[file.pk for file in files]).delete()
    return list(zip(files, uploads, strict=True))


def keep_files(message: SideMessage, files: Sequence[NewFile]) -> None:
    """Files whose bytes are in the storage already."""
    SideAttachment.objects.bulk_create(
        [
            SideAttachment(
                message=message, key=file.key, filename=file.filename[:255],
                content_type=file.content_type[:127], size=file.size, sha256=file.sha256,
                content_id=file.content_id[:255], is_inline=file.is_inline,
                created_at=message.created_at,
            )
            for file in files
        ]
    )  # fmt: skip
