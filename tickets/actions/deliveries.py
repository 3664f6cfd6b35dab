"""Messages on their way out: queued in a submit, claimed by a worker, ended with what became of
them.

queue_deliveries runs inside a submit. A worker claims rows in a short transaction, sends with no
lock held, then notes the end. What a dead worker left in `sending` becomes `unknown` after LEASE.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from accounts.actor import Actor
from accounts.models import User
from core import clock, ids, outbox
from core.bulk import update_columns
from tickets import policies
from tickets.errors import InvalidChange, TicketError
from tickets.models import Comment, Delivery, DeliveryState, Ticket

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 8  # the last about two hours after the first
TOPIC = "delivery.changed"


@dataclass(frozen=True, slots=True)
class DeliveryDraft:
    """One message to one person; nothing is sent before `delay` is over."""

    ticket: Ticket
    kind: str
    channel: str
    recipient: User
    address: str
    comment: Comment | None = None
    delay: timedelta = timedelta(0)


def queue_deliveries(*, drafts: Sequence[DeliveryDraft]) -> list[Delivery]:
    """Write deliveries down; the caller's transaction decides whether they exist."""
    now = clock.now()
    return Delivery.objects.bulk_create(
        [
            Delivery(
                ticket=draft.ticket, comment=draft.comment, kind=draft.kind,
                channel=draft.channel, recipient=draft.recipient, address=draft.address,
                created_at=now, next_attempt_at=now + draft.delay,
            )
            for draft in drafts
        ]
    )  # fmt: skip


@transaction.atomic
def claim_deliveries(*, channel: str, limit: int) -> list[Delivery]:
    """Take due deliveries of a channel, oldest first, for this worker alone.

    Each gets its Message-ID (deterministic: a second attempt has the same) before anything is sent.
    """
    now = clock.now()
    rows = list(
        Delivery.objects.filter(
            channel=channel, state=DeliveryState.QUEUED, next_attempt_at__lte=now
        )
        .order_by("next_attempt_at", "id")
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("ticket__requester", "ticket__assignee", "comment__author", "recipient")[
            :limit
        ]
    )
    for row in rows:
        row.state = DeliveryState.SENDING
        row.attempts += 1
        row.next_attempt_at = now + LEASE
        row.message_id = row.message_id or message_id_of(row)
    update_columns(rows, ["state", "attempts", "next_attempt_at", "message_id"])
    return rows


def message_id_of(delivery: Delivery) -> str:
    """`ticket-delivery-mac@domain`: signed, so that a reply to it is proof (attack 4)."""
    domain = settings.SUPPORT_ADDRESS.rpartition("@")[2]
    return f"{ids.sign('message', delivery.ticket_id, delivery.pk)}@{domain}"


def mark_sent(*, deliveries: Sequence[Delivery]) -> None:
    """Note that the next server took these messages."""
    _end(deliveries, state=DeliveryState.SENT, error="", sent_at=clock.now())


def mark_failed(*, delivery: Delivery, error: str, is_permanent: bool) -> None:
    """Note a refusal: try again later with back-off and jitter, or give up and show it."""
    if is_permanent or delivery.attempts >= MAX_ATTEMPTS:
        _end([delivery], state=DeliveryState.FAILED, error=error[:500])
        return
    wait = min(30 * 2**delivery.attempts, 3600) * random.uniform(0.8, 1.2)  # noqa: S311  jitter
    _end(
        [delivery], state=DeliveryState.QUEUED, error=error[:500],
        next_attempt_at=clock.now() + timedelta(seconds=wait),
    )  # fmt: skip


def mark_unknown(*, delivery: Delivery, error: str) -> None:
    """Note that nobody can say whether the message left. It is not repeated by itself."""
    _end([delivery], state=DeliveryState.UNKNOWN, error=error[:500])


def mark_bounced(*, message_id: str, error: str) -> Delivery | None:
    """Note that a message of ours came back. Returns its delivery, or None when it is not ours."""
    delivery = Delivery.objects.filter(message_id=message_id).first()
    if delivery:
        _end([delivery], state=DeliveryState.BOUNCED, error=error[:500])
    return delivery


@transaction.atomic
def note_lost_deliveries() -> int:
    """Turn what a dead worker left in `sending` into `unknown`. Returns how many there were."""
    lost = list(
        Delivery.objects.filter(
            state=DeliveryState.SENDING, next_attempt_at__lte=clock.now()
        ).select_for_update(skip_locked=True)
    )
    error = "The sending process was interrupted. The message may or may not have left."
    _end(lost, state=DeliveryState.UNKNOWN, error=error)
    return len(lost)


@transaction.atomic
def retry_delivery(*, actor: Actor, delivery_id: int) -> Delivery:
    """Send a failed, bounced or unknown delivery again, by an agent's decision."""
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise TicketError("This delivery does not exist.")
    policies.lock_visible_ticket(actor, delivery.ticket_id)
    policies.require_can_edit(actor)
    again = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.BOUNCED)
    if delivery.state not in again:
        raise InvalidChange("state", "Only a message that did not arrive can be sent again.")
    _end(
        [delivery], state=DeliveryState.QUEUED, error="", attempts=0,
        next_attempt_at=clock.now(),
    )  # fmt: skip
    return delivery


@transaction.atomic
def _end(deliveries: Sequence[Delivery], **values: object) -> None:
    if not deliveries:
        return
    ticket_ids = {delivery.ticket_id for delivery in deliveries}
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries]).update(**values)
    for delivery in deliveries:
        for name, value in values.items():
            setattr(delivery, name, value)
    is_queued = values["state"] == DeliveryState.QUEUED
    outbox.post(
        TOPIC,
        {
            "changes": [
                {"ticket": pk, "kind": "delivery", "deliveries": is_queued}
                for pk in sorted(ticket_ids)
            ]
        },
    )
