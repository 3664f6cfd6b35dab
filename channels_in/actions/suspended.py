"""What people decide about suspended messages."""

from __future__ import annotations

from django.db import transaction

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in import letterbox
from channels_in.adapters import Arrival, UnreadableMessage, adapter_for
from channels_in.models import Fate, InboundItem
from channels_in.receive import raw_bytes
from core import clock
from tickets.errors import TicketError


class ItemGone(TicketError):
    """The item is no longer in the suspended queue: somebody else dealt with it."""

    def __init__(self) -> None:
        super().__init__("This message is no longer suspended; somebody else has dealt with it.")


@transaction.atomic
def recover_item(*, actor: Actor, item_id: int) -> InboundItem:
    """Let a suspended message through, past the screening that held it.

    Raises NotPermitted, ItemGone, TicketError when the message has no sender to answer to.
    """
    item = _lock_suspended(actor, item_id)
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
    return item


@transaction.atomic
def delete_item(*, actor: Actor, item_id: int) -> None:
    """Take a message out of the suspended queue. Raises NotPermitted, ItemGone."""
    item = _lock_suspended(actor, item_id)
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
