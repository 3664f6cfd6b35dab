"""Deliveries whose way out is closed, and what a mail provider tells of them later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from core import clock
from tickets.actions.deliveries import end_deliveries
from tickets.models import Delivery, DeliveryState


@transaction.atomic
def postpone_deliveries(*, deliveries: Sequence[Delivery], until: datetime, error: str) -> None:
    """Put claimed deliveries back that were not tried at all: no attempt is counted."""
    for delivery in deliveries:
        end_deliveries(
            [delivery], state=DeliveryState.QUEUED, attempts=max(delivery.attempts - 1, 0),
            error=error[:500], next_attempt_at=until,
        )  # fmt: skip


def mark_accepted(
    *, delivery: Delivery, provider_id: str, url: str = "", more_ids: Sequence[str] = ()
) -> None:
    """Note that a provider took a message, under which id it will speak of it, and where it is.

    `more_ids`: of what left beside it, a file by itself.
    """
    end_deliveries(
        [delivery], state=DeliveryState.SENT, error="", sent_at=clock.now(),
        provider_id=provider_id[:255], url=url[:500],
        more_ids=[pk[:255] for pk in more_ids],
    )  # fmt: skip


def note_receipt(*, delivery: Delivery, is_read: bool) -> None:
    """Note that a message is at its receiver's, or read there; what was noted stays."""
    now = clock.now()
    values: dict[str, object] = {"delivered_at": delivery.delivered_at or now}
    if is_read:
        values["read_at"] = delivery.read_at or now
    if delivery.state == DeliveryState.UNKNOWN:
        values["error"] = ""
    state = DeliveryState.SENT if delivery.state == DeliveryState.UNKNOWN else delivery.state
    end_deliveries([delivery], state=state, **values)


def note_delivered(*, delivery: Delivery) -> None:
    """Note that a message whose end was not known has arrived, as its provider says."""
    end_deliveries([delivery], state=DeliveryState.SENT, error="", sent_at=clock.now())


def note_complaint(*, delivery: Delivery, error: str) -> None:
    """Note on a delivery that its receiver called the message spam; it stays as it is."""
    end_deliveries([delivery], state=delivery.state, error=error[:500])
