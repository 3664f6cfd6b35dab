"""What becomes of suspended messages: people decide, or time does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.actor import Actor
from accounts.addresses import canonical
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in import letterbox
from channels_in.actions.senders import allow_sender, block_sender
from channels_in.adapters import Arrival, UnreadableMessage, adapter_for
from channels_in.models import Fate, InboundItem
from channels_in.reasons import Reason
from channels_in.receive import raw_bytes
from core import clock
from core.storage import blobs
from tickets.errors import TicketError

EXPIRY_BATCH = 200
_NOTE = "Decided in the suspended queue"


class ItemGone(TicketError):
    """The item is no longer in the suspended queue: somebody else dealt with it."""

    def __init__(self) -> None:
        super().__init__("This message is no longer suspended; somebody else has dealt with it.")


@transaction.atomic
def recover_item(
    *, actor: Actor, item_id: int, trusts_sender: bool = False, accepts_virus: bool = False
) -> InboundItem:
    """Let a suspended message through, past the screening that held it.

    With `trusts_sender` a rule lets the sender's mail through from now on. One with a virus needs
    the right to manage channels and `accepts_virus`. Raises NotPermitted, ItemGone, TicketError
    when the message has no sender to answer to, or a virus that was not accepted.
    """
    item = _lock_suspended(actor, item_id)
    if item.reason == Reason.VIRUS:
        _require_virus_accepted(actor, item, accepts_virus)
    adapter = adapter_for(item.account.channel)
    try:
        arrival = Arrival(item, adapter.parse(raw_bytes(item), item))
    except UnreadableMessage as error:
        raise TicketError(f"The message cannot be read: {error}") from error
    if arrival.message.sender is None:
        raise TicketError("The message does not say who sent it, so it cannot become a ticket.")
    letterbox.deliver_past_screening([arrival])
    item.processed_at = clock.now()
    item.save(update_fields=["fate", "reason", "detail", "comment", "ticket", "processed_at"])
    if trusts_sender:
        email = canonical(arrival.message.sender.email)
        allow_sender(actor=actor, pattern=email, note=_NOTE)
    return item


def _require_virus_accepted(actor: Actor, item: InboundItem, accepts_virus: bool) -> None:
    if not actor.can(Permission.MANAGE_CHANNELS):
        raise NotPermitted("Only those who manage channels can let a message with a virus through.")
    if not accepts_virus:
        raise TicketError(f"The message carries a virus ({item.detail}). Say that you accept that.")


@transaction.atomic
def block_item(*, actor: Actor, item_id: int) -> None:
    """Take a message out of the suspended queue, and suspend its sender's mail from now on.

    Raises NotPermitted, ItemGone, TicketError when the message has no sender.
    """
    item = _lock_suspended(actor, item_id)
    if not item.sender:
        raise TicketError("The message does not say who sent it, so nobody can be blocked.")
    block_sender(actor=actor, pattern=item.sender, note=_NOTE)
    _delete(item)


@transaction.atomic
def delete_item(*, actor: Actor, item_id: int) -> None:
    """Take a message out of the suspended queue. Raises NotPermitted, ItemGone."""
    _delete(_lock_suspended(actor, item_id))


@transaction.atomic
def expire_suspended() -> int:
    """Delete what has been suspended for SUSPENDED_DAYS, its bytes and words with it.

    One batch; returns how many there were. What stays of a message is when it came, from whom,
    and why it was suspended.
    """
    before = clock.now() - timedelta(days=settings.SUSPENDED_DAYS)
    items = list(
        InboundItem.objects.filter(fate=Fate.SUSPENDED, received_at__lt=before)
        .defer("raw")
        .order_by("received_at", "id")
        .select_for_update(skip_locked=True)[:EXPIRY_BATCH]
    )
    keys = [item.raw_key for item in items if item.raw_key]
    InboundItem.objects.filter(pk__in=[item.pk for item in items]).update(
        fate=Fate.DELETED, reason=Reason.EXPIRED, detail=F("reason"), raw=b"", raw_key="",
        preview="", processed_at=clock.now(),
    )  # fmt: skip
    transaction.on_commit(lambda: _discard(keys))
    return len(items)


def _discard(keys: Sequence[str]) -> None:
    for key in keys:
        blobs.discard(key)


def _delete(item: InboundItem) -> None:
    item.fate = Fate.DELETED
    item.processed_at = clock.now()
    item.save(update_fields=["fate", "processed_at"])


def _lock_suspended(actor: Actor, item_id: int) -> InboundItem:
    if not actor.can(Permission.HANDLE_SUSPENDED):
        raise NotPermitted
    item = (
        InboundItem.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=item_id, fate=Fate.SUSPENDED)
        .first()
    )
    if item is None:
        raise ItemGone
    return item
