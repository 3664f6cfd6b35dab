"""Reads of this app that need the actor: the suspended queue; and the local outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.adapters import Arrival, UnreadableMessage, adapter_for
from channels_in.models import Fate, InboundItem, LocalMail, SenderRule
from channels_in.proof import UNPROVEN, SenderProof
from channels_in.receive import raw_bytes
from core import clock
from core.pages import Keyset, Page, keyset_page
from tickets.errors import TicketError

PAGE_SIZE = 50
SEARCH_LENGTH = 200
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


def suspended_page(
    actor: Actor, cursor: str = "", *, reason: str = "", sender: str = "", size: int = PAGE_SIZE
) -> Page[InboundItem]:
    """One page of the queue without the raw bytes, latest first; `sender` is a part of an address.

    Raises NotPermitted, core.pages.BadCursor.
    """
    _require(actor)
    items = InboundItem.objects.filter(fate=Fate.SUSPENDED).defer("raw").select_related("account")
    if reason:
        items = items.filter(reason=reason)
    if sender:
        items = items.filter(sender__icontains=sender[:SEARCH_LENGTH])
    return keyset_page(items, Keyset("received_at"), cursor=cursor, size=size)


def suspended_reasons(actor: Actor) -> list[tuple[str, int]]:
    """Why messages are suspended and how many each, most first. Raises NotPermitted."""
    _require(actor)
    items = InboundItem.objects.filter(fate=Fate.SUSPENDED).values_list("reason")
    return list(items.annotate(number=Count("id")).order_by("-number", "reason"))


def days_left(item: InboundItem) -> int:
    """Days until a suspended message is deleted by itself; 0: within a day."""
    expires_at = item.received_at + timedelta(days=settings.SUSPENDED_DAYS)
    return max((expires_at - clock.now()).days, 0)


def suspended_item(actor: Actor, item_id: int) -> InboundItem:
    """One message of the queue. Raises NotPermitted, ItemNotFound."""
    _require(actor)
    items = InboundItem.objects.filter(fate=Fate.SUSPENDED).select_related("account")
    item = items.filter(pk=item_id).first()
    if item is None:
        raise ItemNotFound
    return item


@dataclass(frozen=True, slots=True)
class Opened:
    """What can be read of a message: empty when nothing can."""

    text: str = ""
    sender: str = ""
    proof: SenderProof = UNPROVEN


def open_item(item: InboundItem) -> Opened:
    """A message's own text, its sender with the name they give, and how well that is proven."""
    adapter = adapter_for(item.account.channel)
    try:
        message = adapter.parse(raw_bytes(item), item)
    except UnreadableMessage:
        return Opened()
    proof = adapter.prove([Arrival(item, message)])[0]
    return Opened(message.text, str(message.sender or ""), proof)


def source_of(item: InboundItem) -> tuple[str, bool]:
    """The message as it came, as text, and whether its end was left out (past SOURCE_BYTES)."""
    raw = raw_bytes(item)
    return raw[:SOURCE_BYTES].decode("utf-8", "replace"), len(raw) > SOURCE_BYTES


def local_mails(cursor: str = "", *, size: int = PAGE_SIZE) -> Page[LocalMail]:
    """One page of the mail that went to the local outbox, latest first. Raises BadCursor."""
    mails = LocalMail.objects.defer("raw")
    return keyset_page(mails, Keyset("created_at"), cursor=cursor, size=size)


def sender_rules_page(
    actor: Actor, *, search: str = "", decision: str = "", cursor: str = "", size: int = PAGE_SIZE
) -> Page[SenderRule]:
    """One page of the block and allow lists, latest first; `search` looks in pattern and note.

    Raises NotPermitted, BadCursor.
    """
    if not actor.can(Permission.MANAGE_CHANNELS):
        raise NotPermitted
    rules = SenderRule.objects.select_related("created_by")
    if decision in SenderRule.Decision.values:
        rules = rules.filter(decision=decision)
    if text := search.strip()[:200]:
        rules = rules.filter(Q(pattern__icontains=text) | Q(note__icontains=text))
    return keyset_page(rules, Keyset("created_at"), cursor=cursor, size=size)


def _require(actor: Actor) -> None:
    if not actor.can(Permission.HANDLE_SUSPENDED):
        raise NotPermitted
