"""Small pictures of files, made once."""

from __future__ import annotations

from core import clock
from core.previews.making import CannotPicture, Picture, page, thumbnail
from core.storage import blobs
from tickets.models import Attachment, Rendition

SIDE = 1_280  # pixels of a picture's longer side
WIDTH = 1_100  # of a page
PAGES = 20  # of a document that are shown


def rendition_of(*, attachment: Attachment, number: int = 0) -> Rendition:
    """The picture of an image, or of a page of a PDF; made now unless it was made before.

    The caller has checked who asks. An empty `key` says that there can be none. Raises
    core.previews.making.Busy.
    """
    made = Rendition.objects.filter(attachment=attachment, number=number).first()
    if made:
        return made
    try:
        picture = _picture(attachment, number)
        key = blobs.keep(picture.content)
    except (CannotPicture, FileNotFoundError):
        picture, key = Picture(b"", 0, 0, 0), ""
    row, is_new = Rendition.objects.get_or_create(
        attachment=attachment, number=number,
        defaults={
            "key": key, "width": picture.width, "height": picture.height, "pages": picture.pages,
            "created_at": clock.now(),
        },
    )  # fmt: skip
    if key and not is_new:
        blobs.discard(key)  # somebody else made it meanwhile
    return row


def _picture(attachment: Attachment, number: int) -> Picture:
    is_pdf = attachment.content_type == "application/pdf"
    if number >= PAGES or not (attachment.is_image or is_pdf):
        raise CannotPicture("no picture")
    content = blobs.read(attachment.key)
    if is_pdf:
        return page(content, number, width=WIDTH)
    return thumbnail(content, side=SIDE)
