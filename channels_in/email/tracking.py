"""What a provider says became of a message: bounced, refused, arrived after all, called spam."""

from __future__ import annotations

import logging

from anymail.signals import AnymailTrackingEvent, EventType

from accounts.actions import mark_undeliverable
from accounts.addresses import canonical
from channels_in.email.compose import METADATA
from channels_in.email.sending.rendering import one_line
from channels_in.email.sending.routes import account_for
from channels_in.models import OutgoingServer
from core import ids
from tickets.actions import mark_bounced
from tickets.actions.outages import note_complaint, note_delivered
from tickets.models import Channel, Delivery, DeliveryState

logger = logging.getLogger(__name__)

_FAILED = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}
_LEFT = (DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.SENDING)


def note_event(server: OutgoingServer, event: AnymailTrackingEvent) -> None:
    """Write down what matters of a report; the same report once more changes nothing.

    Reports of messages that are not this address's, or of an earlier attempt, are passed over.
    """
    delivery = _delivery(server, event)
    if delivery is None or delivery.state not in _LEFT:
        return
    if event.event_type in _FAILED:
        mark_bounced(message_id=delivery.message_id or "", error=_reason(event))
        if event.event_type == EventType.BOUNCED:
            mark_undeliverable(emails=[canonical(delivery.address)])
        logger.info("delivery.bounced", extra={"delivery": delivery.pk})
    elif event.event_type == EventType.COMPLAINED:
        note_complaint(delivery=delivery, error="The receiver marked this message as spam.")
        logger.info("delivery.called_spam", extra={"delivery": delivery.pk})
    elif event.event_type == EventType.DELIVERED and delivery.state == DeliveryState.UNKNOWN:
        note_delivered(delivery=delivery)


def _delivery(server: OutgoingServer, event: AnymailTrackingEvent) -> Delivery | None:
    """The delivery a report is about, by our own signed note on it or by the provider's id."""
    rows = Delivery.objects.filter(channel=Channel.EMAIL).select_related("ticket", "recipient")
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    numbers = ids.read(METADATA, str(metadata.get(METADATA, "")))
    if numbers:
        delivery = rows.filter(pk=numbers[0]).first()
        if delivery and delivery.provider_id and event.message_id:
            delivery = delivery if delivery.provider_id == event.message_id else None
    elif event.message_id:
        delivery = rows.filter(provider_id=event.message_id).first()
    else:
        delivery = None
    if delivery is None or account_for(delivery.ticket).pk != server.account_id:
        return None
    return delivery


def _reason(event: AnymailTrackingEvent) -> str:
    words = event.mta_response or event.description or event.reject_reason or event.event_type
    return one_line(str(words))[:500]
