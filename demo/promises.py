"""How long customers wait in the demo: a team that keeps its promises, but for a few tickets.

The promises themselves are in demo/sla.py. Pure; hours are shop hours, in which nobody's waiting
counts at night or on Sundays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from demo.people import AGENT_BY_KEY
from demo.stories.model import Story

# Most hours from the customer's word to now, before the promise is at risk, by whether the matter
# is urgent and whether nobody has answered yet.
_PATIENCE = {(False, True): 11.0, (False, False): 20.0, (True, True): 2.0, (True, False): 5.0}
_DAYS, _DAYS_URGENT = 21.0, 4.5  # from the beginning to now
# Those that make work: at least and at most so many hours; next answers are promised within 40.
_AT_RISK, _BROKEN = (31.0, 38.0), (42.0, 56.0)
_SPECIAL = {
    "fr-canape": _BROKEN,
    "pt-atraso": _BROKEN,
    "es-whatsapp": _AT_RISK,
    "tracking-stuck": _AT_RISK,
    "v131-assembly": _AT_RISK,
    "ko-lost": _AT_RISK,
}


def strain(
    story: Story, ages: Sequence[float], now: datetime, is_open: Callable[[datetime], bool]
) -> float:
    """By how many hours a story told at these ages (minutes before `now`) waits for too long (or
    not long enough); 0 when it is as it should be.
    """
    if not story.is_unsolved:
        return 0
    is_urgent = story.priority == "urgent"
    too_old = max(0.0, ages[0] / 60 - 24 * (_DAYS_URGENT if is_urgent else _DAYS))
    since, is_first = waiting_since(story, ages)
    if since is None:
        return too_old
    hours = open_hours(now - timedelta(minutes=since), now, is_open)
    least, most = _SPECIAL.get(story.key, (0.0, _PATIENCE[is_urgent, is_first]))
    return too_old + max(0.0, hours - most, least - hours)


def waiting_since(story: Story, ages: Sequence[float]) -> tuple[float | None, bool]:
    """The age of the oldest word that nobody has answered, and whether nobody ever has."""
    since, is_first = None, True
    for message, age in zip(story.messages, ages, strict=True):
        is_agents = message.author in AGENT_BY_KEY
        if is_agents and message.kind == "public":
            since, is_first = None, False
        elif since is None and (not is_agents or is_first):
            since = age
    return since, is_first


def open_hours(start: datetime, end: datetime, is_open: Callable[[datetime], bool]) -> float:
    """Between two instants, to a quarter of an hour."""
    step = timedelta(minutes=15)
    return sum(is_open(start + n * step) for n in range(int((end - start) / step))) / 4
