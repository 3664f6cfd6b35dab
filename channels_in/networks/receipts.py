"""What became of our messages at the other side: delivered, read, or refused after all."""

from __future__ import annotations

from collections.abc import Sequence

from channels_in.networks.network import Receipt
from tickets.actions import mark_failed
from tickets.actions.outages import note_receipt
from tickets.models import Delivery, DeliveryState


def note_receipts(channel: str, receipts: Sequence[Receipt]) -> None:
    """Note each on its delivery; those of messages that are not ours are left out.

    They come twice and in any order: what is known already changes nothing.
    """
    wanted = {receipt.provider_id for receipt in receipts if receipt.provider_id}
    if not wanted:
        return
    rows = Delivery.objects.filter(channel=channel, provider_id__in=wanted)
    by_id = {row.provider_id: row for row in rows}
    for receipt in receipts:
        delivery = by_id.get(receipt.provider_id)
        if delivery is None:
            continue
        if receipt.state == "failed" and not (delivery.delivered_at or _has_failed(delivery)):
            mark_failed(delivery=delivery, error=receipt.words, is_permanent=True)
        elif receipt.state == "read" and not delivery.read_at:
            note_receipt(delivery=delivery, is_read=True)
        elif receipt.state == "delivered" and not delivery.delivered_at:
            note_receipt(delivery=delivery, is_read=False)


def _has_failed(delivery: Delivery) -> bool:
    return delivery.state == DeliveryState.FAILED
