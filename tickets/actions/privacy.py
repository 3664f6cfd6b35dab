"""Making a public message internal. There is no way back: what customers may read is decided when
it is written.
"""

from __future__ import annotations

from django.db import transaction

from accounts.actor import Actor
from core import clock
from tickets import policies
from tickets.actions import bare, columns, pauses
from tickets.actions.finish import finish
from tickets.actions.redaction import latest_preview
from tickets.errors import AlreadyLeft, CommentNotFound, InvalidChange, NotPermitted
from tickets.models import Comment, Delivery, DeliveryState
from tickets.search.documents import rebuild_document

HIDDEN = "hidden"


@transaction.atomic
def hide_comment(*, actor: Actor, comment_id: int) -> Comment:
    """Make a public comment internal: customers no longer read it on their pages, nor find it.

    Mail that was sent stays sent; what still waits to be sent is cancelled.

    Raises CommentNotFound, TicketNotFound, NotPermitted, InvalidChange (internal already, or one
    that can still be taken back), AlreadyLeft (a worker sends it at this moment).
    """
    ticket_id = Comment.objects.filter(pk=comment_id).values_list("ticket_id", flat=True).first()
    if ticket_id is None:
        raise CommentNotFound(comment_id)
    ticket = policies.lock_visible_ticket(actor, ticket_id)
    if not policies.may_hide(actor):
        raise NotPermitted
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    now = clock.now()
    if not comment.is_public:
        raise InvalidChange("comment", "This message is internal already.")
    if comment.send_at and comment.send_at > now:
        raise InvalidChange("comment", "It has not left yet: take it back instead.")
    _cancel(comment)
    change, before = bare.begin(actor, ticket, now)
    comment.is_public = False
    comment.save(update_fields=["is_public"])
    pauses.note_privacy(change, comment, HIDDEN)
    ticket.is_public = ticket.comments.released().exists()
    ticket.preview = latest_preview(ticket)
    ticket.updated_at = now
    columns.save(ticket, before, now)
    finish([change])
    rebuild_document(ticket)
    return comment


def _cancel(comment: Comment) -> None:
    rows = pauses.locked_deliveries(comment)
    if any(row.state == DeliveryState.SENDING for row in rows):
        raise AlreadyLeft
    waiting = [row.pk for row in rows if row.state == DeliveryState.QUEUED]
    Delivery.objects.filter(pk__in=waiting).update(state=DeliveryState.CANCELLED, error="")
