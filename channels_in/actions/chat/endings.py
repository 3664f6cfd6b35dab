"""What a visitor does besides writing: end it, rate it, ask for the transcript."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import customer_actor
from channels_in.actions.chat import changes
from channels_in.actions.chat.departures import address_of
from channels_in.actions.chat.states import finish_chat
from channels_in.chat.conversation import chat_of
from channels_in.chat.transcripts import link_token, text_of
from channels_in.models import EndedBy, Visitor
from core import clock, outbox
from tickets.actions import DeliveryDraft, queue_deliveries, rate_ticket
from tickets.models import Channel, Delivery, DeliveryKind

TRANSCRIPTS_A_DAY = 3


@transaction.atomic
def end_own_chat(*, visitor: Visitor, key: str) -> None:
    """The visitor says goodbye. Twice is the same as once. Raises ChatNotFound."""
    chat = changes.lock(chat_of(visitor, key).pk)
    if chat.is_living:
        finish_chat(chat, by=EndedBy.VISITOR)


def rate_own_chat(*, visitor: Visitor, key: str, is_good: bool, comment: str = "") -> None:
    """How it went, as the requester of the ticket. Raises ChatNotFound, TicketClosed."""
    chat = chat_of(visitor, key)
    actor = customer_actor(chat.ticket.requester, channel=Channel.CHAT)
    rate_ticket(actor=actor, ticket_id=chat.ticket_id, is_good=is_good, comment=comment)


@transaction.atomic
def mail_transcript(*, visitor: Visitor, key: str) -> str:
    """Send the conversation to the visitor's address; the address, or empty when it may not be.

    An address that nobody has vouched for gets a link and none of the visitor's words: it may be
    somebody else's (attack 9). Raises ChatNotFound.
    """
    chat = chat_of(visitor, key)
    address = address_of(chat)
    day = clock.now() - timedelta(days=1)
    sent = Delivery.objects.filter(
        kind=DeliveryKind.NOTIFICATION, address=address, ticket__channel=Channel.CHAT,
        created_at__gt=day,
    )  # fmt: skip
    if not address or chat.first_accepted_at is None or sent.count() >= TRANSCRIPTS_A_DAY:
        return ""
    url = f"{settings.SITE_URL}{reverse('chat:transcript', args=[link_token(chat)])}"
    body = _("Here is your chat with us. The link works for seven days:\n\n%(url)s") % {"url": url}
    if visitor.is_email_verified and address == visitor.email:
        body = f"{text_of(chat)}\n\n{body}"
    queue_deliveries(
        drafts=[
            DeliveryDraft(
                ticket=chat.ticket, kind=DeliveryKind.NOTIFICATION, channel=Channel.EMAIL,
                recipient=chat.ticket.requester, address=address, body=body,
                subject=_("Your chat with %(name)s") % {"name": chat.account.name},
            )
        ]
    )  # fmt: skip
    fact = {"ticket": chat.ticket_id, "kind": "delivery", "deliveries": True}
    outbox.post("delivery.changed", {"changes": [fact]})
    return address
