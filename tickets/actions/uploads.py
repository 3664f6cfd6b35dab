from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.files.base import File

from accounts.actor import Actor
from core import clamav, clock
from core.storage import blobs
from tickets.drafts import NewFile
from tickets.errors import InvalidChange, NotPermitted
from tickets.files import clean_filename, sniff_content_type
from tickets.models import Attachment


def keep_upload(*, actor: Actor, file: File, filename: str) -> Attachment:
    """Store a file somebody attached while writing; it waits for their submit.

    Raises NotPermitted for nobody, InvalidChange for one that is too large, carries a virus, or
    cannot be scanned although there is a scanner.
    """
    if actor.user_id is None:
        raise NotPermitted
    size = file.size or 0
    if size > settings.ATTACHMENT_MAX_BYTES:
        limit = settings.ATTACHMENT_MAX_BYTES // 1024 // 1024
        raise InvalidChange("attachments", f"{filename} is larger than {limit} MB.")
    _require_clean(file, filename)
    digest = hashlib.sha256()
    head = b""
    for chunk in file.chunks():
        head = head or chunk[:512]
        digest.update(chunk)
    return Attachment.objects.create(
        uploaded_by_id=actor.user_id, key=blobs.keep(file), filename=clean_filename(filename),
        content_type=sniff_content_type(head, filename), size=size, sha256=digest.hexdigest(),
        created_at=clock.now(),
    )  # fmt: skip


def _require_clean(file: File, filename: str) -> None:
    try:
        virus = clamav.scan(file.chunks())
    except clamav.ScannerAway as error:
        raise InvalidChange(
            "attachments", f"{filename} could not be checked for viruses. Try again in a moment."
        ) from error
    if virus:
        raise InvalidChange("attachments", f"{filename} carries a virus ({virus}).")


def discard_upload(*, actor: Actor, upload_id: int) -> None:
    """Take back a file that no comment has taken yet; other people's are left alone."""
    upload = Attachment.objects.filter(
        pk=upload_id, comment=None, uploaded_by_id=actor.user_id
    ).first()
    if upload:
        upload.delete()
        blobs.discard(upload.key)


def keep_copy(*, actor: Actor, source: NewFile) -> Attachment:
    """A copy of a stored file as an upload of the actor's. Raises NotPermitted, FileNotFoundError.

    It was scanned when it was stored.
    """
    if actor.user_id is None:
        raise NotPermitted
    with blobs.open_blob(source.key) as bytes_of_it:
        key = blobs.keep(File(bytes_of_it))
    return Attachment.objects.create(
        uploaded_by_id=actor.user_id, key=key, filename=source.filename,
        content_type=source.content_type, size=source.size, sha256=source.sha256,
        created_at=clock.now(),
    )  # fmt: skip
