"""Reads of this app that need the actor: the suspended queue; and the local outbox."""

from __future__ import annotations

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.adapters import UnreadableMessage, adapter_for
from channels_in.models import Fate, InboundItem, LocalMail
from channels_in.receive import raw_bytes
from core.pages import Keyset, Page, keyset_page
from tickets.errors import TicketError

PAGE_SIZE = 50
SOURCE_BYTES = 200_000  # of a raw message that a page shows


class ItemNotFound(TicketError):
    """The message is not in the suspended queue."""

    def __init__(self) -> None:
        super().__init__("This message is not in the suspended queue; it may have been dealt with.")


def suspended_count(actor: Actor) -> int:
    """How many messages wait in the suspended queue; 0 for those who may not handle them."""
    if not actor.can(Permission.HANDLE_SUSPENDED):
        return 0
    return InboundItem.objects.filter(fate=Fate.SUSPENDED).count()


def suspended_page(actor: Actor, cursor: str = "", *, size: int = PAGE_SIZE) -> Page[InboundItem]:
    """One page of the queue without the raw bytes, latest first.

    Raises NotPermitted, core.pages.BadCursor.
    """
    _require(actor)
    items = InboundItem.objects.filter(fate=Fate.SUSPENDED).defer("raw").select_related("account")
    return keyset_page(items, Keyset("received_at"), cursor=cursor, size=size)


def suspended_item(actor: Actor, item_id: int) -> InboundItem:
    """One message of the queue. Raises NotPermitted, ItemNotFound."""
    _require(actor)
    items = InboundItem.objects.filter(fate=Fate.SUSPENDED).select_related("account")
    item = items.filter(pk=item_id).first()
    if item is None:
        raise ItemNotFound
    return item


def readable_text(item: InboundItem) -> str:
    """The message's own text; empty when it cannot be read."""
    try:
        return adapter_for(item.account.channel).parse(raw_bytes(item), item).text
    except UnreadableMessage:
        return ""


def source_of(item: InboundItem) -> tuple[str, bool]:
    """The message as it came, as text, and whether its end was left out (past SOURCE_BYTES)."""
    raw = raw_bytes(item)
    return raw[:SOURCE_BYTES].decode("utf-8", "replace"), len(raw) > SOURCE_BYTES


def local_mails(cursor: str = "", *, size: int = PAGE_SIZE) -> Page[LocalMail]:
    """One page of the mail that went to the local outbox, latest first. Raises BadCursor."""
    mails = LocalMail.objects.defer("raw")
    return keyset_page(mails, Keyset("created_at"), cursor=cursor, size=size)


def _require(actor: Actor) -> None:
    if not actor.can(Permission.HANDLE_SUSPENDED):
        raise NotPermitted
