"""Files of macros: uploads become theirs, and copies of them become uploads of whoever applies."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.actor import Actor
from core import clock
from core.storage import blobs
from macros.errors import InvalidRule
from macros.models import Macro, MacroFile
from tickets.actions.uploads import keep_copy
from tickets.drafts import NewFile
from tickets.models import Attachment


def take_uploads(*, actor: Actor, upload_ids: Sequence[int]) -> list[int]:
    """Make waiting uploads of the actor's files of a macro, in order; `adopt_files` says which.

    Raises InvalidRule when one is gone or somebody else's.
    """
    if not upload_ids:
        return []
    waiting = Attachment.objects.select_for_update().filter(
        pk__in=upload_ids, comment=None, uploaded_by_id=actor.user_id or 0
    )
    uploads = {upload.pk: upload for upload in waiting}
    if len(uploads) != len(set(upload_ids)):
        raise InvalidRule("A file is gone. Attach it again.")
    made = []
    for pk in dict.fromkeys(upload_ids):
        upload = uploads[pk]
        file = MacroFile.objects.create(
            key=upload.key, filename=upload.filename, content_type=upload.content_type,
            size=upload.size, sha256=upload.sha256, created_at=clock.now(),
        )  # fmt: skip
        upload.delete()  # the row alone: the bytes are the macro's now
        made.append(file.pk)
    return made


def adopt_files(macro: Macro, file_ids: Sequence[int]) -> None:
    if file_ids:
        MacroFile.objects.filter(pk__in=file_ids, macro=None).update(macro=macro)


def discard_files(macro: Macro) -> None:
    """Remove the bytes with the macro; the rows go with it."""
    for key in macro.files.values_list("key", flat=True):
        blobs.discard(key)


def copy_files(*, actor: Actor, files: Sequence[MacroFile]) -> list[Attachment]:
    """Copies as uploads of the actor's, as if they had attached the files. Raises NotPermitted.

    A file whose bytes are gone is left out.
    """
    made = []
    for file in files:
        source = NewFile(
            key=file.key, filename=file.filename, content_type=file.content_type, size=file.size,
            sha256=file.sha256,
        )  # fmt: skip
        try:
            made.append(keep_copy(actor=actor, source=source))
        except FileNotFoundError:
            continue
    return made
