"""Which files an actor may have."""

from __future__ import annotations

from accounts.actor import Actor
from tickets import policies
from tickets.models import Attachment, Comment


def visible_attachment(actor: Actor, attachment_id: int) -> Attachment | None:
    """The file of a comment the actor may read, or their own upload that still waits for one."""
    attachment = Attachment.objects.select_related("comment").filter(pk=attachment_id).first()
    if attachment is None:
        return None
    comment = attachment.comment
    if comment is None:
        return attachment if attachment.uploaded_by_id == actor.user_id else None
    is_released = Comment.objects.released().filter(pk=comment.pk)
    if not (policies.may_see_internal(actor) or is_released.exists()):
        return None
    is_visible = policies.visible_tickets(actor).filter(pk=comment.ticket_id).exists()
    return attachment if is_visible else None
