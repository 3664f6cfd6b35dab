"""What has come to the visitor's page and before their eyes."""

from __future__ import annotations

from django.db import transaction

from channels_in.actions.chat import changes
from channels_in.models import Chat
from tickets.actions import mark_sent
from tickets.models import Channel, Comment, Delivery, DeliveryState


@transaction.atomic
def note_received(*, chat_id: int, got: int = 0, read: int = 0) -> None:
    """The page has shown the house's words up to `got`, and they were looked at up to `read`.

    Ends the deliveries: none of them goes by mail any more. Ids beyond the chat's are cut.
    """
    chat = Chat.objects.filter(pk=chat_id).only("visitor_got", "visitor_read", "ticket").first()
    if chat is None or (got <= chat.visitor_got and read <= chat.visitor_read):
        return
    newest = _newest(chat.ticket_id)
    got, read = min(max(got, read), newest), min(read, newest)
    waiting = Delivery.objects.filter(
        ticket_id=chat.ticket_id, channel=Channel.CHAT, comment__lte=got,
        state__in=(DeliveryState.QUEUED, DeliveryState.SENDING),
    )  # fmt: skip
    mark_sent(deliveries=list(waiting.select_for_update(of=("self",)).order_by("id")))
    chat = changes.lock(chat_id)
    is_news = read > chat.visitor_read
    chat.visitor_got, chat.visitor_read = max(chat.visitor_got, got), max(chat.visitor_read, read)
    changes.save(chat, "read" if is_news else "got", "visitor_got", "visitor_read")


def _newest(ticket_id: int) -> int:
    """The latest comment that customers may read."""
    comments = Comment.objects.released().filter(ticket_id=ticket_id)
    return comments.order_by("-id").values_list("id", flat=True).first() or 0
