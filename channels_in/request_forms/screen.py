"""The first look at what came by a request form.

Nothing is dropped: what looks like spam waits in the suspended queue with its reason. The address
is only typed, so a rule that lets its owner through lets nobody through here (attacks 1, 9).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from django.conf import settings

from channels_in.adapters import Arrival
from channels_in.email.filters.contents import suspend_without_sender
from channels_in.email.filters.history import HOUR, recent_mail, sender_key
from channels_in.email.filters.rules import suspend_blocked
from channels_in.email.filters.suspended_people import hold_suspended_people
from channels_in.email.filters.viruses import suspend_infected
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.request_forms.signals import signals_of
from channels_in.screening import PASS, Verdict

MOST_LINKS = 4  # of other sites; people who ask for help rarely bring more
_LINK = re.compile(r"https?://|www\.|\[url\b|<a\s+href", re.IGNORECASE)


def screen(arrivals: Sequence[Arrival]) -> list[Verdict]:
    """The first verdict on each request that is not a pass."""
    verdicts = [_screen_one(arrival) for arrival in arrivals]
    for look in (hold_suspended_people, _hold_many):
        places = [place for place, verdict in enumerate(verdicts) if verdict.passes]
        looked = look([arrivals[place] for place in places])
        for place, verdict in zip(places, looked, strict=True):
            verdicts[place] = verdict
    return verdicts


def _screen_one(arrival: Arrival) -> Verdict:
    for look in LOOKS:
        verdict = look(arrival)
        if not verdict.passes:
            return verdict
    return PASS


def _suspend_trapped(arrival: Arrival) -> Verdict:
    is_trapped = signals_of(arrival.item.envelope).is_trapped
    return _suspended(Reason.FORM_TRAP) if is_trapped else PASS


def _suspend_hasty(arrival: Arrival) -> Verdict:
    seconds = signals_of(arrival.item.envelope).seconds
    if seconds >= settings.REQUEST_FORM_MIN_SECONDS:
        return PASS
    return _suspended(Reason.FORM_TOO_FAST, f"after {seconds} s")


def _suspend_unproved(arrival: Arrival) -> Verdict:
    signals = signals_of(arrival.item.envelope)
    if signals.shown_bits >= signals.wanted_bits:
        return PASS
    return _suspended(Reason.FORM_UNPROVED)


def _suspend_links(arrival: Arrival) -> Verdict:
    message = arrival.message
    links = len(_LINK.findall(message.text[:100_000]))
    if links > MOST_LINKS or _LINK.search(message.subject):
        return _suspended(Reason.FORM_LINKS, f"{links} links")
    return PASS


def _suspend_excess(arrival: Arrival) -> Verdict:
    excess = signals_of(arrival.item.envelope).excess
    return _suspended(Reason.FLOOD, excess) if excess else PASS


def _hold_many(arrivals: Sequence[Arrival]) -> list[Verdict]:
    """Too many in the name of one address within an hour, whoever sends them (attack 9)."""
    most = settings.REQUEST_FORM_ADDRESS_HOUR
    if most <= 0 or not arrivals:
        return [PASS] * len(arrivals)
    history = recent_mail(arrivals, limit=most + 1)
    counts: dict[str, int] = {}
    verdicts = []
    for arrival in arrivals:
        key, at = sender_key(arrival), arrival.item.received_at
        earlier = sum(mail.at > at - HOUR for mail in history[key]) + counts.get(key, 0)
        counts[key] = counts.get(key, 0) + 1
        is_much = earlier >= most
        words = f"More than {most} messages in an hour"
        verdicts.append(_suspended(Reason.FLOOD, words) if is_much else PASS)
    return verdicts


def _suspended(reason: Reason, detail: str = "") -> Verdict:
    return Verdict(Fate.SUSPENDED, reason, detail)


LOOKS: tuple[Callable[[Arrival], Verdict], ...] = (
    suspend_without_sender,
    suspend_blocked,
    suspend_infected,
    _suspend_trapped,
    _suspend_hasty,
    _suspend_excess,
    _suspend_links,
    _suspend_unproved,
)
