"""The chain of first looks at a mail, in the order of docs/mail.md, "Screening".

Most are one small function, arrival → verdict. Those that compare a sender with what came before
look at a batch at once, so that the number of queries does not grow with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from accounts.actions import mark_deliverable
from channels_in.adapters import Arrival
from channels_in.email.filters.bounces import note_bounce
from channels_in.email.filters.contents import suspend_empty, suspend_without_sender
from channels_in.email.filters.floods import hold_floods
from channels_in.email.filters.forgeries import suspend_forgery
from channels_in.email.filters.history import sender_key
from channels_in.email.filters.loops import suspend_auto_reply, suspend_own_mail
from channels_in.email.filters.rules import is_welcome, suspend_blocked
from channels_in.email.filters.size import suspend_too_large
from channels_in.email.filters.spam import suspend_spam
from channels_in.email.filters.strangers import hold_strangers
from channels_in.email.filters.suspended_people import hold_suspended_people
from channels_in.email.filters.tests import take_test_message
from channels_in.email.filters.viruses import suspend_infected
from channels_in.screening import PASS, Verdict

FOR_ALL: tuple[Callable[[Arrival], Verdict], ...] = (
    take_test_message,
    suspend_too_large,
    suspend_own_mail,
    note_bounce,
    suspend_without_sender,
    suspend_blocked,
    suspend_infected,
)
# A sender rule that allows somebody lets their mail past these.
FOR_STRANGERS: tuple[Callable[[Arrival], Verdict], ...] = (
    suspend_forgery,
    suspend_spam,
    suspend_auto_reply,
    suspend_empty,
)
FOR_BATCHES: tuple[Callable[[Sequence[Arrival]], list[Verdict]], ...] = (
    hold_suspended_people,
    hold_strangers,
    hold_floods,
)


def screen(arrivals: Sequence[Arrival]) -> list[Verdict]:
    """The first verdict on each mail that is not a pass."""
    verdicts = [_screen_one(arrival) for arrival in arrivals]
    for look in FOR_BATCHES:
        places = [place for place, verdict in enumerate(verdicts) if verdict.passes]
        looked = look([arrivals[place] for place in places])
        for place, verdict in zip(places, looked, strict=True):
            verdicts[place] = verdict
    _note_life(arrivals, verdicts)
    return verdicts


def _screen_one(arrival: Arrival) -> Verdict:
    filters = FOR_ALL if is_welcome(arrival) else (*FOR_ALL, *FOR_STRANGERS)
    for look in filters:
        verdict = look(arrival)
        if not verdict.passes:
            return verdict
    return PASS


def _note_life(arrivals: Sequence[Arrival], verdicts: Sequence[Verdict]) -> None:
    """Who writes can be written to again, whatever a delivery report said before."""
    pairs = zip(arrivals, verdicts, strict=True)
    if emails := {sender_key(arrival) for arrival, verdict in pairs if verdict.passes}:
        mark_deliverable(emails=emails)
