"""Answers that nobody has met on the page: by mail when the visitor has gone, never both ways.

A chat's delivery is queued for the moment after which a visitor counts as gone. Their page's
receipt ends it before that (receipts.py); what is still queued then comes here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from channels_in.chat import presence
from channels_in.models import Chat
from core import clock
from core.nudge import nudge
from tickets.actions import DeliveryDraft, mark_failed, queue_deliveries
from tickets.actions.deliveries import end_deliveries
from tickets.actions.outages import postpone_deliveries
from tickets.models import Channel, Delivery, DeliveryState

HIDDEN = timedelta(minutes=10)  # a page that is open, but not looked at, is left after that
LATER = timedelta(hours=6)  # between two looks whether there is an address by now
GIVEN_UP = timedelta(days=30)
NO_ADDRESS = "The visitor has left without an e-mail address. They read it when they come back."
SEND_TASK = "channels_in.tasks.send_deliveries"
BY_MAIL = "The visitor had left: it went by e-mail."


def send(deliveries: Sequence[Delivery]) -> None:
    """Take claimed deliveries to mail, put them off, or give them up."""
    tickets = {delivery.ticket_id for delivery in deliveries}
    chats = Chat.objects.filter(ticket__in=tickets).select_related("visitor", "account__widget")
    by_ticket = {chat.ticket_id: chat for chat in chats}
    for delivery in deliveries:
        chat = by_ticket.get(delivery.ticket_id)
        if chat is None:
            mark_failed(delivery=delivery, error="The chat does not exist.", is_permanent=True)
        else:
            _leave(delivery, chat)


@transaction.atomic
def _leave(claimed: Delivery, chat: Chat) -> None:
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=claimed.pk)
    if delivery.state != DeliveryState.SENDING:
        return  # the page has met it after all
    age = clock.now() - delivery.created_at
    away = timedelta(seconds=chat.account.widget.away_seconds)
    if chat.is_living and age < HIDDEN and presence.is_here(chat.visitor.key):
        postpone_deliveries(deliveries=[delivery], until=clock.now() + away, error="")
    elif address := address_of(chat):
        _by_mail(delivery, address)
    elif age < GIVEN_UP:
        until = clock.now() + LATER
        postpone_deliveries(deliveries=[delivery], until=until, error=NO_ADDRESS)
    else:
        mark_failed(delivery=delivery, error=NO_ADDRESS, is_permanent=True)


def _by_mail(delivery: Delivery, address: str) -> None:
    """The chat's delivery ends where the mail's begins: there is no moment with both."""
    queue_deliveries(
        drafts=[
            DeliveryDraft(
                ticket=delivery.ticket, kind=delivery.kind, channel=Channel.EMAIL,
                recipient=delivery.recipient, address=address, comment=delivery.comment,
                audit=delivery.audit, cause=delivery.cause,
            )
        ]
    )  # fmt: skip
    end_deliveries([delivery], state=DeliveryState.CANCELLED, error=BY_MAIL)
    transaction.on_commit(lambda: nudge(SEND_TASK))


def address_of(chat: Chat) -> str:
    """Where the answers of a chat go when its visitor has left; empty when that is not known."""
    return chat.visitor.email or chat.ticket.requester.email or ""
