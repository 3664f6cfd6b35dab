"""How our e-mail addresses are doing: reads for the settings pages, at a constant cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import ngettext

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.actions import AccountGone
from channels_in.models import ChannelAccount, Fate, InboundItem, Mailbox, OutgoingServer
from channels_in.reasons import Reason
from core import clock
from tickets.models import Channel, Delivery, DeliveryState

LATEST = 20
RECENT_DELIVERIES = 2_000  # looked through for the latest one of each address
SLOW_IN = timedelta(minutes=2)
SLOW_OUT = timedelta(minutes=10)

OK, WAITING, TROUBLE, OFF = "ok", "waiting", "trouble", "off"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in a sentence; since when, and when it is tried again (None: it is not)."""

    where: str  # "in", "out" or "items"
    sentence: str
    since: datetime | None = None
    retry_at: datetime | None = None


@dataclass(slots=True)
class Health:
    """One address with what is known of its mail."""

    account: ChannelAccount
    mailboxes: Sequence[Mailbox]
    outgoing: OutgoingServer | None
    last_received: datetime | None = None
    last_sent: datetime | None = None
    waiting_in: int = 0
    waiting_since: datetime | None = None
    failed_in: int = 0
    queue_out: int = 0
    queued_since: datetime | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def way_in(self) -> str:
        """`mailbox`, `webhook` or `listener`: how mail gets here."""
        if any(mailbox.is_active for mailbox in self.mailboxes):
            return "mailbox"
        return "webhook" if self.outgoing and self.outgoing.sealed_webhook_secret else "listener"

    @property
    def way_out(self) -> str:
        """A kind of OutgoingServer; `default` when the address has none of its own."""
        return self.outgoing.kind if self.outgoing else OutgoingServer.Kind.DEFAULT

    @property
    def state(self) -> str:
        """`off`, `trouble`, `waiting` (for the first mail, or work is behind) or `ok`."""
        if not self.account.is_active:
            return OFF
        if self.problems:
            return TROUBLE
        now = clock.now()
        is_slow = (self.waiting_since is not None and now - self.waiting_since > SLOW_IN) or (
            self.queued_since is not None and now - self.queued_since > SLOW_OUT
        )
        return WAITING if is_slow or self.last_received is None else OK


def account_for(actor: Actor, account_id: int) -> ChannelAccount:
    """An e-mail address of ours. Raises NotPermitted, AccountGone."""
    account = _accounts(actor).filter(pk=account_id).first()
    if account is None:
        raise AccountGone
    return account


def health_of_accounts(actor: Actor) -> list[Health]:
    """Every e-mail address, the default one first. Seven queries. Raises NotPermitted."""
    return _health(_accounts(actor).order_by("-is_default", "-is_active", "address", "id"))


def health_of(actor: Actor, account_id: int) -> Health:
    """One address. Raises NotPermitted, AccountGone."""
    found = _health(_accounts(actor).filter(pk=account_id))
    if not found:
        raise AccountGone
    return found[0]


def latest_items(actor: Actor, account_id: int) -> list[InboundItem]:
    """The latest messages of an address without their bytes. Raises NotPermitted."""
    _require(actor)
    items = InboundItem.objects.filter(account_id=account_id).defer("raw")
    return list(items.select_related("ticket", "account").order_by("-received_at", "-id")[:LATEST])


def latest_deliveries(actor: Actor, account: ChannelAccount) -> list[Delivery]:
    """The latest mail that left, or was to leave, from an address. Raises NotPermitted."""
    _require(actor)
    recent = _recent().filter(_from(account)).select_related("recipient", "ticket")
    return list(recent.order_by("-id")[:LATEST])


def arrival_of_test(actor: Actor, account_id: int, token: str) -> datetime | None:
    """When the message of a live test came in; None while it has not. Raises NotPermitted."""
    _require(actor)
    items = InboundItem.objects.filter(account_id=account_id, reason=Reason.TEST, detail=token)
    return items.order_by("id").values_list("received_at", flat=True).first()


def _accounts(actor: Actor) -> QuerySet[ChannelAccount]:
    _require(actor)
    latest = InboundItem.objects.filter(account=OuterRef("pk")).order_by("-received_at")
    return (
        ChannelAccount.objects.filter(channel=Channel.EMAIL)
        .select_related("group", "schedule", "outgoing", "outgoing__grant")
        .prefetch_related("mailboxes__grant")
        .annotate(last_received=Subquery(latest.values("received_at")[:1]))
    )


def _health(accounts: Iterable[ChannelAccount]) -> list[Health]:
    rows = [
        Health(
            account=account,
            mailboxes=sorted(account.mailboxes.all(), key=lambda mailbox: mailbox.pk),
            outgoing=getattr(account, "outgoing", None),
            last_received=getattr(account, "last_received", None),
        )
        for account in accounts
    ]
    _note_waiting(rows)
    _note_sending(rows)
    for row in rows:
        row.problems = _problems(row)
    return rows


def _note_waiting(rows: list[Health]) -> None:
    due = InboundItem.objects.filter(fate__in=(Fate.PENDING, Fate.FAILED))
    counts = {
        entry["account_id"]: entry
        for entry in due.values("account_id")
        .order_by("account_id")
        .annotate(
            pending=Count("id", filter=Q(fate=Fate.PENDING)),
            failed=Count("id", filter=Q(fate=Fate.FAILED)),
            since=Min("received_at", filter=Q(fate=Fate.PENDING)),
        )
    }
    for row in rows:
        if entry := counts.get(row.account.pk):
            row.waiting_in, row.failed_in = entry["pending"], entry["failed"]
            row.waiting_since = entry["since"]


def _note_sending(rows: list[Health]) -> None:
    queued: Counter[str] = Counter()
    since: dict[str, datetime] = {}
    waiting = Delivery.objects.filter(
        channel=Channel.EMAIL, state__in=(DeliveryState.QUEUED, DeliveryState.SENDING)
    )
    for address, due_at in waiting.values_list("ticket__recipient", "next_attempt_at"):
        queued[address] += 1
        since[address] = min(since.get(address, due_at), due_at)
    sent: dict[str, datetime] = {}
    columns = ("ticket__recipient", "sent_at")
    for address, sent_at in _recent().filter(state=DeliveryState.SENT).values_list(*columns):
        if sent_at:
            sent[address] = max(sent.get(address, sent_at), sent_at)
    for row in rows:
        names = _names_of(row.account)
        row.queue_out = sum(queued[name] for name in names)
        row.queued_since = min((since[name] for name in names if name in since), default=None)
        known = [sent[name] for name in names if name in sent]
        if row.outgoing and row.outgoing.sent_at:
            known.append(row.outgoing.sent_at)
        row.last_sent = max(known, default=None)


def _problems(row: Health) -> list[Problem]:
    found = [
        Problem("in", mailbox.error, mailbox.failed_at, mailbox.next_check_at)
        for mailbox in row.mailboxes
        if mailbox.is_active and mailbox.error
    ]
    if row.outgoing and row.outgoing.error:
        found.append(
            Problem("out", row.outgoing.error, row.outgoing.failed_at, row.outgoing.retry_at)
        )
    if row.failed_in:
        sentence = ngettext(
            "%(n)d message could not be processed; it is kept and tried again.",
            "%(n)d messages could not be processed; they are kept and tried again.",
            row.failed_in,
        )
        found.append(Problem("items", sentence % {"n": row.failed_in}))
    return found


def _recent() -> QuerySet[Delivery]:
    """A window of the latest deliveries: bounded, however many there ever were."""
    newest = Delivery.objects.aggregate(newest=Max("id"))["newest"] or 0
    return Delivery.objects.filter(channel=Channel.EMAIL, pk__gt=newest - RECENT_DELIVERIES)


def _from(account: ChannelAccount) -> Q:
    return Q(ticket__recipient__in=_names_of(account))


def _names_of(account: ChannelAccount) -> list[str]:
    """What stands in `ticket.recipient` for this address; nothing stands for the default one."""
    is_fallback = account.is_default or account.address == settings.SUPPORT_ADDRESS
    return [account.address, ""] if is_fallback else [account.address]


def _require(actor: Actor) -> None:
    if not actor.can(Permission.MANAGE_CHANNELS):
        raise NotPermitted
