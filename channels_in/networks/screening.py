"""The first look at a network's message: nothing to read, a suspended person, a flood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import Count

from accounts.selectors import suspended_handles
from channels_in.adapters import Arrival
from channels_in.models import Fate, InboundItem
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict

TEN_MINUTES = timedelta(minutes=10)


def screen(arrivals: Sequence[Arrival]) -> list[Verdict]:
    """A verdict for each, in two queries: nothing is dropped, what is held has its reason."""
    suspended = suspended_handles(
        {(a.message.author.kind, a.message.author.value) for a in arrivals if a.message.author}
    )
    counts = _lately(arrivals)
    verdicts = []
    for arrival in arrivals:
        verdicts.append(_judge(arrival, suspended, counts))
        counts[_key(arrival)] += 1
    return verdicts


def _judge(
    arrival: Arrival, suspended: set[tuple[str, str]], counts: Counter[tuple[int, str]]
) -> Verdict:
    message = arrival.message
    if message.author is None:
        return Verdict(Fate.SUSPENDED, Reason.NO_SENDER)
    if (message.author.kind, message.author.value) in suspended:
        return Verdict(Fate.SUSPENDED, Reason.SENDER_SUSPENDED)
    if not (message.text.strip() or message.attachments or message.remote_files):
        return Verdict(Fate.SUSPENDED, Reason.EMPTY)
    most = settings.MESSAGE_FLOOD_TEN_MINUTES
    if 0 < most <= counts[_key(arrival)]:
        return Verdict(Fate.SUSPENDED, Reason.FLOOD, f"More than {most} messages in 10 minutes")
    return PASS


def _key(arrival: Arrival) -> tuple[int, str]:
    return arrival.item.account_id, arrival.item.sender


def _lately(arrivals: Sequence[Arrival]) -> Counter[tuple[int, str]]:
    """How much each sender wrote to each account in the ten minutes before; one query."""
    senders = {arrival.item.sender for arrival in arrivals if arrival.item.sender}
    if not senders:
        return Counter()
    earliest = min(arrival.item.received_at for arrival in arrivals) - TEN_MINUTES
    rows = (
        InboundItem.objects.filter(sender__in=senders, received_at__gt=earliest)
        .exclude(pk__in=[arrival.item.pk for arrival in arrivals])
        .values_list("account_id", "sender")
        .annotate(n=Count("*"))
        .order_by()
    )
    return Counter({(account_id, sender): n for account_id, sender, n in rows})
