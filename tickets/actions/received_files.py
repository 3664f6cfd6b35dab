"""Files of a comment that came after it: networks hand them out one by one."""

from __future__ import annotations

from django.db import transaction

from core import clock, outbox
from core.storage import blobs
from tickets.actions.deliveries import TOPIC
from tickets.drafts import NewFile
from tickets.models import Attachment, Comment
from tickets.search.documents import add_file_names


@transaction.atomic
def attach_received_file(*, comment_id: int, file: NewFile) -> Attachment | None:
    """Give a customer's comment a file that was fetched for it, and tell open pages.

    None, and the bytes are let go, when the comment is gone or was emptied meanwhile.
    """
    rows = Comment.objects.select_for_update(of=("self",)).select_related("ticket")
    comment = rows.filter(pk=comment_id).first()
    if comment is None or comment.redacted_at or comment.ticket.scrubbed_at:
        blobs.discard(file.key)
        return None
    attachment = Attachment.objects.create(
        comment=comment, key=file.key, filename=file.filename, content_type=file.content_type,
        size=file.size, sha256=file.sha256, created_at=clock.now(),
    )  # fmt: skip
    add_file_names(comment, [file.filename])
    tell_of_files(ticket_id=comment.ticket_id)
    return attachment


def tell_of_files(*, ticket_id: int) -> None:
    """Have open pages of a ticket look at its conversation again."""
    outbox.post(
        TOPIC, {"changes": [{"ticket": ticket_id, "kind": "delivery", "deliveries": False}]}
    )
