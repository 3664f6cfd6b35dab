"""Messages on their way out: queued in a submit, claimed by a worker, ended with what became of
them.

queue_deliveries runs inside a submit. A worker claims rows in a short transaction, notes for each
when it begins to hand it over, sends with no lock held, then notes the end. What a dead worker had
begun becomes `unknown` after LEASE; what it had only claimed is queued again.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.actions import mark_deliverable
from accounts.actor import Actor
from accounts.addresses import canonical
from accounts.models import User
from core import clock, ids, outbox
from core.bulk import update_columns
from tickets import policies
from tickets.errors import InvalidChange, TicketError
from tickets.models import Audit, Comment, Delivery, DeliveryState, SideMessage, Ticket

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 8  # the last about two hours after the first
TOPIC = "delivery.changed"


@dataclass(frozen=True, slots=True)
class DeliveryDraft:
    """One message to one person; it is not sent before the message's own `send_at`."""

    ticket: Ticket
    kind: str
    channel: str
    recipient: User
    address: str
    comment: Comment | None = None
    side_message: SideMessage | None = None
    subject: str = ""  # of a rule's notice, and its text
    body: str = ""
    audit: Audit | None = None  # the submit it belongs to
    cause: dict[str, Any] = field(default_factory=dict)  # the rule that asks for it
    due_at: datetime | None = None  # not before; None: at once


def queue_deliveries(*, drafts: Sequence[DeliveryDraft]) -> list[Delivery]:
    """Write deliveries down; the caller's transaction decides whether they exist.

    Those of a comment that was held back once are cancelled rows: they are used again.
    """
    now = clock.now()
    revived = _revive(drafts, now)
    return revived + Delivery.objects.bulk_create(
        [
            Delivery(
                ticket=draft.ticket, comment=draft.comment, kind=draft.kind,
                side_message=draft.side_message, audit=draft.audit, cause=draft.cause,
                channel=draft.channel, recipient=draft.recipient, address=draft.address,
                subject=draft.subject[:998], body=draft.body,
                created_at=now, next_attempt_at=_due(draft, now),
            )
            for draft in drafts
            if not any(_is_for(row, draft) for row in revived)
        ]
    )  # fmt: skip


def _due(draft: DeliveryDraft, now: datetime) -> datetime:
    message = draft.comment or draft.side_message
    return draft.due_at or (message and message.send_at) or now


def _revive(drafts: Sequence[DeliveryDraft], now: datetime) -> list[Delivery]:
    again = {d.comment.pk for d in drafts if d.comment and d.comment.metadata.get("was_held")}
    if not again:
        return []
    rows = Delivery.objects.filter(comment__in=again, state=DeliveryState.CANCELLED)
    revived = []
    for row in rows.select_for_update().order_by("id"):
        draft = next((draft for draft in drafts if _is_for(row, draft)), None)
        if draft:
            row.state, row.attempts, row.error = DeliveryState.QUEUED, 0, ""
            row.address, row.next_attempt_at = draft.address, _due(draft, now)
            row.audit, row.cause = draft.audit, draft.cause
            revived.append(row)
    columns = ["state", "attempts", "error", "address", "next_attempt_at", "audit", "cause"]
    update_columns(revived, columns)
    return revived


def _is_for(row: Delivery, draft: DeliveryDraft) -> bool:
    return (
        draft.comment is not None
        and (row.comment_id, row.recipient_id) == (draft.comment.pk, draft.recipient.pk)
        and (row.channel, row.kind) == (draft.channel, draft.kind)
    )


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
        .select_related(
            "ticket__requester",
            "ticket__assignee",
            "comment__author",
            "recipient",
            "side_message__author",
            "side_message__conversation",
        )[:limit]
    )
    for row in rows:
        row.state = DeliveryState.SENDING
        row.sent_at = None
        row.attempts += 1
        row.next_attempt_at = now + LEASE
        row.message_id = row.message_id or message_id_of(row)
    update_columns(rows, ["state", "sent_at", "attempts", "next_attempt_at", "message_id"])
    return rows


def begin_delivery(*, delivery: Delivery) -> bool:
    """Note that a claimed delivery is handed over from now on. False: it is not ours any more.

    Committed before the next server is spoken to: only from here on can the message have left.
    """
    now = clock.now()
    claimed = Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.SENDING, sent_at=None,
        next_attempt_at=delivery.next_attempt_at,
    )  # fmt: skip
    is_ours = bool(claimed.update(sent_at=now, next_attempt_at=now + LEASE))
    if is_ours:
        delivery.sent_at, delivery.next_attempt_at = now, now + LEASE
    return is_ours


def message_id_of(delivery: Delivery) -> str:
    """`ticket-delivery-mac@domain`: signed, so that a reply to it is proof (attack 4).

    That of a side message names its conversation, for another purpose: it proves nothing elsewhere.
    """
    domain = settings.SUPPORT_ADDRESS.rpartition("@")[2]
    if delivery.side_message:
        return f"s{ids.sign('side', delivery.side_message.conversation_id, delivery.pk)}@{domain}"
    return f"{ids.sign('message', delivery.ticket_id, delivery.pk)}@{domain}"


def mark_sent(*, deliveries: Sequence[Delivery]) -> None:
    """Note that the next server took these messages."""
    end_deliveries(deliveries, state=DeliveryState.SENT, error="", sent_at=clock.now())


def mark_failed(*, delivery: Delivery, error: str, is_permanent: bool) -> None:
    """Note a refusal: try again later with back-off and jitter, or give up and show it."""
    if is_permanent or delivery.attempts >= MAX_ATTEMPTS:
        end_deliveries([delivery], state=DeliveryState.FAILED, error=error[:500])
        return
    wait = min(30 * 2**delivery.attempts, 3600) * random.uniform(0.8, 1.2)  # noqa: S311  jitter
    end_deliveries(
        [delivery], state=DeliveryState.QUEUED, error=error[:500],
        next_attempt_at=clock.now() + timedelta(seconds=wait),
    )  # fmt: skip


def mark_unknown(*, delivery: Delivery, error: str) -> None:
    """Note that nobody can say whether the message left. It is not repeated by itself."""
    end_deliveries([delivery], state=DeliveryState.UNKNOWN, error=error[:500])


def mark_bounced(*, message_id: str, error: str) -> Delivery | None:
    """Note that a message of ours came back. Returns its delivery, or None when it is not ours."""
    delivery = Delivery.objects.filter(message_id=message_id).first()
    if delivery:
        end_deliveries([delivery], state=DeliveryState.BOUNCED, error=error[:500])
    return delivery


@transaction.atomic
def note_lost_deliveries() -> int:
    """Settle what a dead worker left in `sending`. Returns how many there were.

    What it had begun to hand over becomes `unknown`; the rest of its batch cannot have left and is
    due again, with no attempt counted.
    """
    lost = list(
        Delivery.objects.filter(
            state=DeliveryState.SENDING, next_attempt_at__lte=clock.now()
        ).select_for_update(skip_locked=True)
    )
    error = "The sending process was interrupted. The message may or may not have left."
    end_deliveries([row for row in lost if row.sent_at], state=DeliveryState.UNKNOWN, error=error)
    for row in lost:
        if row.sent_at is None:
            end_deliveries(
                [row], state=DeliveryState.QUEUED, attempts=max(row.attempts - 1, 0),
                next_attempt_at=clock.now(),
            )  # fmt: skip
    return len(lost)


@transaction.atomic
def retry_delivery(*, actor: Actor, delivery_id: int) -> Delivery:
    """Send a failed, bounced or unknown delivery again, by an agent's decision."""
    delivery = _locked(actor, delivery_id)
    again = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.BOUNCED)
    if delivery.state not in again:
        raise InvalidChange("state", "Only a message that did not arrive can be sent again.")
    mark_deliverable(emails=[canonical(delivery.address)])  # until a report says otherwise
    end_deliveries(
        [delivery], state=DeliveryState.QUEUED, error="", attempts=0,
        next_attempt_at=clock.now(),
    )  # fmt: skip
    return delivery


@transaction.atomic
def mark_arrived(*, actor: Actor, delivery_id: int) -> Delivery:
    """Note that an unknown delivery did arrive, as an agent has found out (by asking, say).

    Raises TicketNotFound, NotPermitted, InvalidChange for one whose end is known.
    """
    delivery = _locked(actor, delivery_id)
    if delivery.state != DeliveryState.UNKNOWN:
        raise InvalidChange("state", "What became of this message is known already.")
    words = f"Marked as arrived by {actor.name}."
    end_deliveries([delivery], state=DeliveryState.SENT, error=words[:500], sent_at=clock.now())
    return delivery


def _locked(actor: Actor, delivery_id: int) -> Delivery:
    """The delivery, locked after its ticket as everywhere, for somebody who may edit the ticket."""
    ticket_id = Delivery.objects.filter(pk=delivery_id).values_list("ticket_id", flat=True).first()
    if ticket_id is None:
        raise TicketError("This delivery does not exist.")
    policies.lock_visible_ticket(actor, ticket_id)
    policies.require_can_edit(actor)
    return Delivery.objects.select_for_update().get(pk=delivery_id)


@transaction.atomic
def end_deliveries(deliveries: Sequence[Delivery], **values: object) -> None:
    if not deliveries:
        return
    if values["state"] == DeliveryState.QUEUED:
        values["sent_at"] = None
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
