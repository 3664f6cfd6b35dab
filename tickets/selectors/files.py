"""Which files an actor may have."""

from __future__ import annotations

from accounts.actor import Actor
from tickets import policies
from tickets.models import Attachment, Comment, Ticket


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


def files_of_ticket(ticket: Ticket, actor: Actor, *, limit: int) -> list[Attachment]:
    """The files of the comments that the actor may read, oldest first: one query."""
    comments = Comment.objects.filter(ticket=ticket)
    if not policies.may_see_internal(actor):
        comments = comments.released()
    files = Attachment.objects.filter(comment__in=comments.values("pk"))
    return list(files.order_by("id")[:limit])
