"""When everything happened: lay the stories out over the month before now.

Pure: `now` is handed in, and all chance comes from one seeded Random. Times are minutes before
`now`; opening hours are those of a shop on Central European winter time (UTC+1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from random import Random

from demo import promises
from demo.people import AGENT_BY_KEY
from demo.stories.model import Message, Story

REFERENCE_NOW = datetime(2026, 11, 18, 13, 30, tzinfo=UTC)
SPAN_DAYS = 31
CLOSES_AFTER_DAYS = 4

SHOP = timezone(timedelta(hours=1))
_DAY = 1440.0
_WEEKDAYS = (1.0, 0.84, 0.78, 0.76, 0.7, 0.3, 0.24)
_HOURS = (
    *(0.06, 0.04, 0.03, 0.03, 0.04, 0.08, 0.18, 0.36, 0.62, 0.86, 1.0, 1.0),
    *(0.94, 0.96, 1.0, 0.98, 0.9, 0.66, 0.52, 0.46, 0.44, 0.36, 0.22, 0.12),
)
# Agents work from the first to the second hour; nobody does on Sundays.
_OPENING = ((8, 19), (8, 19), (8, 19), (8, 19), (8, 18), (9, 15), None)
# Earliest and latest start in days before now, by status.
_WINDOWS = {
    "new": (0.004, 0.35),
    "open": (0.05, 18.0),
    "pending": (0.2, 16.0),
    "hold": (0.8, 20.0),
    "solved": (0.15, 30.0),
    "closed": (4.5, float(SPAN_DAYS)),
}
_CHOOSY = 1000  # attempts to find a place where customers wait no longer than they should
# The live scene: minutes since the last message of the tickets people look at first.
_FRESH: dict[str, float] = {
    "app-logs-out": 1,
    "chat-long-voucher": 0.6,
    "double-charge-october": 4,
    "delivered-nothing-here": 12,
    "review-stars": 19,
    "wholesale-2027": 38,
    "product-request": 52,
    "shoes-wrong-size-de": 60,
    "ar-address": 66,
    "tax-free-export": 95,
    "voicemail-ruth": 121,
    "gdpr-export": 185,
    "refund-third-time": 300,
}
# Minutes after 17:40 on the evening when the checkout was down.
_OUTAGE: dict[str, float] = {
    "outage-monitoring": 2,
    "outage-x-1": 4,
    "outage-chat-1": 5,
    "outage-problem": 6,
    "outage-fb": 7,
    "outage-fr": 10,
    "outage-phone": 15,
    "outage-mail-urgent": 18,
    "outage-app": 33,
    "outage-double-try": 40,
    "outage-angry": 41,
    "outage-de": 45,
    "outage-receipt": 50,
}
# Stories that speak of an earlier one: later key to earlier key.
_SPEAKS_OF: dict[str, str] = {
    "carol-missing-shelf": "third-floor",
    "driver-praise": "gift-card-balance",
    "double-charge-october": "payment-retries",
    "review-stars": "kettle-click",
    "outage-angry": "chargeback-warning",
    "outage-app": "app-crash-android",
}


@dataclass(frozen=True)
class PlannedTicket:
    """A story with its times.

    `solved_minutes_ago` is None while it is unsolved, and for one that a merge closed.
    """

    story: Story
    created_minutes_ago: float
    message_minutes_ago: tuple[float, ...]
    solved_minutes_ago: float | None = None


def plan(
    stories: Iterable[Story], *, seed: int = 20262, now: datetime = REFERENCE_NOW
) -> list[PlannedTicket]:
    """Give every message a time, oldest ticket first in the list returned.

    1. The outage and the fresh tickets have fixed places.
    2. A later story is placed before the earlier one it follows, speaks of or was merged into,
       so that the earlier one can be put far enough back.
    3. Everything else is drawn by hour and weekday until its messages fit and customers wait no
       longer than they should (demo/promises.py).
    """
    planner = _Planner(tuple(stories), Random(seed), now.astimezone(SHOP))
    for story in planner.stories:
        planner.place(story.key)
    placed = [planner.placed[story.key] for story in planner.stories]
    return sorted(placed, key=lambda ticket: (-ticket.created_minutes_ago, ticket.story.key))


class _Planner:
    """Holds what is placed already; ages are minutes before now.

    Answers were slower a month ago than today, so that the reports show a team that improves.
    """

    def __init__(self, stories: tuple[Story, ...], rng: Random, now: datetime) -> None:
        self.stories = stories
        self.by_key = {story.key: story for story in stories}
        self.rng = rng
        self.now = now
        self.placed: dict[str, PlannedTicket] = {}
        self.later = {earlier: later for later, earlier in _SPEAKS_OF.items()}
        self.later |= {story.follow_up_of: story.key for story in stories if story.follow_up_of}
        self.outage_age = self._outage_age()

    def place(self, key: str) -> None:
        if key in self.placed:
            return
        story = self.by_key[key]
        ages = self._fixed(story) or self._drawn(story)
        self.placed[key] = PlannedTicket(story, ages[0], tuple(ages), _solved_age(story, ages))

    def _fixed(self, story: Story) -> list[float] | None:
        """The ages of a story that has its place by rule, not by chance."""
        if story.key in _OUTAGE:
            return self._walk(story, self.outage_age - _OUTAGE[story.key], live_minutes=150)
        if story.key in _FRESH:
            total = sum(message.after for message in story.messages)
            return self._walk(story, _FRESH[story.key] + total, live_minutes=total + 1)
        if story.merged_into:
            self.place(story.merged_into)
            winner = self.placed[story.merged_into]
            return self._walk(story, winner.created_minutes_ago - 4, live_minutes=600)
        return None

    def _drawn(self, story: Story) -> list[float]:
        earliest, latest = self._window(story)
        floor, limit = self._floors(story)
        misses, best, least = 0, None, 0.0
        for attempt in range(4000):
            if best and attempt > _CHOOSY:
                break
            stretch = max(0, misses - 80) * 0.05
            low = max(earliest, floor / _DAY)
            high = min((max(latest, low + 2) if floor else latest) + stretch, SPAN_DAYS)
            age = self._start(story, min(low, high - 0.5), high)
            ages = self._walk(story, age)
            if ages[-1] < 1 or (_solved_age(story, ages) or ages[-1]) < limit:
                misses += 1
                continue
            strain = promises.strain(story, ages, self.now, is_open)
            if not strain:
                return ages
            if best is None or strain < least:
                best, least = ages, strain
        if best:
            return best
        raise ValueError(f"No place in {SPAN_DAYS} days for the story {story.key}.")

    def _window(self, story: Story) -> tuple[float, float]:
        if story.assignee == "alice" and story.is_unsolved:
            return 0.03, 3.0
        if story.status == "open" and len(story.messages) == 1:
            return 0.01, 3.5
        if story.follow_up_of and story.status == "solved":
            return 1.5, 9.0
        return _WINDOWS[story.status]

    def _floors(self, story: Story) -> tuple[float, float]:
        """The least age of the start, and of the end, in minutes."""
        closes = CLOSES_AFTER_DAYS * _DAY + 30
        limit = closes if story.status == "closed" else 1.0
        later = self.later.get(story.key)
        if later is None:
            return 0.0, limit
        self.place(later)
        begun = self.placed[later].created_minutes_ago
        if self.by_key[later].follow_up_of == story.key:
            return begun + closes, begun + closes
        return begun + 90, limit

    def _start(self, story: Story, low: float, high: float) -> float:
        """An age in minutes, likelier in busy hours; chats only begin when somebody is there."""
        while True:
            days = self.rng.uniform(low, high)
            if story.status == "closed":
                days = self.rng.triangular(low, high, low + (high - low) * 0.9)
            elif story.status == "open":
                days = self.rng.triangular(low, high, low)
            elif story.status == "solved" and days < 7 and self.rng.random() < 0.5:
                continue  # the open tickets of the last week fill it up already
            at = self.now - timedelta(days=days)
            if story.channel == "chat" and not is_open(at):
                continue
            if self.rng.random() < _WEEKDAYS[at.weekday()] * _HOURS[at.hour]:
                return days * _DAY
            if high - low < 0.5 and self.rng.random() < 0.02:
                return days * _DAY

    def _walk(self, story: Story, age: float, live_minutes: float = 0) -> list[float]:
        """The ages of all messages; within `live_minutes` gaps are kept whatever the hour is."""
        at = self.now - timedelta(minutes=age)
        kept_until = at + timedelta(minutes=live_minutes)
        pace = 0.8 + 0.6 * min(1.0, age / (SPAN_DAYS * _DAY))
        answer_pace = pace * (1.7 if story.channel in ("email", "web", "api") else 1.0)
        ages = [round(age, 2)]
        for message in story.messages[1:]:
            slow = answer_pace if message.author in AGENT_BY_KEY else pace
            gap = message.after if at < kept_until else message.after * slow
            at += timedelta(minutes=gap)
            if at > kept_until:
                at = self._in_hours(story, message, at)
            age_now = (self.now - at).total_seconds() / 60
            ages.append(round(min(age_now, ages[-1] - 0.1), 2))
        return ages

    def _in_hours(self, story: Story, message: Message, at: datetime) -> datetime:
        if message.author in AGENT_BY_KEY:
            if is_open(at):
                return at
            return _next_opening(at) + timedelta(minutes=self.rng.uniform(4, 95))
        if at.hour < 6 and story.channel != "chat":
            return at.replace(hour=7, minute=0) + timedelta(minutes=self.rng.uniform(0, 150))
        return at

    def _outage_age(self) -> float:
        """Minutes since 17:40 on the last Tuesday, Wednesday or Thursday three days ago or more."""
        for days in range(3, 10):
            day = self.now - timedelta(days=days)
            if day.weekday() in (1, 2, 3):
                begun = day.replace(hour=17, minute=40, second=0, microsecond=0)
                return (self.now - begun).total_seconds() / 60
        raise AssertionError("Seven days hold a Tuesday.")


def is_open(at: datetime) -> bool:
    hours = _OPENING[at.weekday()]
    return hours is not None and hours[0] <= at.hour < hours[1]


def _next_opening(at: datetime) -> datetime:
    for days in range(8):
        day = at + timedelta(days=days)
        hours = _OPENING[day.weekday()]
        if hours is None:
            continue
        opening = day.replace(hour=hours[0], minute=0, second=0, microsecond=0)
        if opening > at:
            return opening
    raise AssertionError("The shop opens within a week.")


def _solved_age(story: Story, ages: list[float]) -> float | None:
    """A ticket is solved with the last public answer; a thank-you does not reopen it."""
    if story.is_unsolved or story.merged_into:
        return None
    answers = [
        age
        for message, age in zip(story.messages, ages, strict=True)
        if message.author in AGENT_BY_KEY and message.kind == "public"
    ]
    return answers[-1] if answers else ages[-1]
