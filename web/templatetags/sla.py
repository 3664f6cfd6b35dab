"""Timers of service levels in words; `<relative-times>` keeps them true in the browser."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import clock
from macros.selectors.sla import Timer
from macros.selectors.sla_trials import Outcome, Promise
from web.templatetags.ui import exact

register = template.Library()

SOON = 3600  # seconds; what is due within them stands out
SECONDS_UNTIL = 120  # what is shorter is said to the second
RING = 37.7  # the ring's length, 2πr
_DAY = 86_400
_PROMISE_LOOKS = {
    Outcome.WAITING: "paused", Outcome.RUNNING: "ok", Outcome.PAUSED: "paused",
    Outcome.LATE: "bad", Outcome.MET: "good", Outcome.MISSED: "bad",
}  # fmt: skip


@register.simple_tag
def next_breach(at: datetime | None) -> SafeString:
    """`22 min`, `3 h`, `2 d` until the next breach, `−18 min` after it."""
    if at is None:
        return format_html('<span class="hint">{}</span>', "—")
    left = int((at - clock.now()).total_seconds())
    look = "bad" if left <= 0 else "warn" if left <= SOON else "ok"
    words = f"−{span_words(-left)}" if left <= 0 else span_words(left)
    return format_html(
        '<time class="sla {}" datetime="{}" title="{}" data-until>{}</time>',
        look, at.isoformat(timespec="seconds"),
        _("SLA: due %(when)s") % {"when": exact(timezone.localtime(at))}, words,
    )  # fmt: skip


@register.simple_tag
def timer_words(timer: Timer) -> str:
    """`18 min late`, `3 h left`, `3 h left, paused`."""
    if timer.is_late:
        return _("%(span)s late") % {"span": span_words(timer.late)}
    span = span_words(timer.left, days=not timer.is_business)
    return _("%(span)s left") % {"span": span}


@register.simple_tag
def timer_look(timer: Timer) -> str:
    """How pressing it is, as a class."""
    if timer.is_late:
        return "bad"
    if timer.is_paused:
        return "paused"
    return "warn" if timer.left <= soon(timer) else "ok"


@register.simple_tag
def soon(timer: Timer) -> int:
    """Seconds left at which it stands out: an hour, or a third of a promise of minutes."""
    return min(SOON, timer.target // 3) if timer.target < SOON // 2 else SOON


@register.simple_tag
def timer_title(timer: Timer) -> str:
    """The promise in full: which policy, how long, until when."""
    span = span_words(timer.target, days=not timer.is_business)
    promise = (_("%(span)s of business hours") if timer.is_business else "%(span)s") % {
        "span": span
    }
    words = f"{timer.policy}: {promise}"
    if timer.is_paused:
        return _("%(words)s. Paused while the ticket waits for somebody else.") % {"words": words}
    if timer.breach_at is None:
        return words
    return _("%(words)s, due %(when)s") % {
        "words": words, "when": exact(timezone.localtime(timer.breach_at)),
    }  # fmt: skip


@register.simple_tag
def promise_target(promise: Promise) -> str:
    """`4 h`, `4 h of business hours`."""
    return _of_hours(promise, promise.target)


@register.simple_tag
def promise_passed(promise: Promise) -> str:
    """How much of its time has passed, or had when it ended."""
    return _of_hours(promise, promise.passed)


@register.simple_tag
def promise_look(promise: Promise) -> str:
    """How it stands, as a class."""
    return _PROMISE_LOOKS[promise.outcome]


@register.simple_tag
def promise_words(promise: Promise) -> SafeString | str:
    """`due 3 March, 10:00`, `met`, `10 min too late`, `paused with 2 h left`."""
    span = span_words(abs(promise.left), days=not promise.is_business)
    match promise.outcome:
        case Outcome.WAITING:
            return _("has not begun on this ticket")
        case Outcome.MET:
            return _("met")
        case Outcome.MISSED:
            return _("missed by %(span)s") % {"span": span}
        case Outcome.PAUSED if promise.left > 0:
            return _("paused with %(span)s left") % {"span": span}
        case Outcome.PAUSED:
            return _("paused, %(span)s over") % {"span": span}
    if promise.at is None:
        return _("never due: its business hours do not come")
    words = _("in breach since") if promise.outcome == Outcome.LATE else _("due")
    at = timezone.localtime(promise.at)
    return format_html(
        '{} <time datetime="{}">{}</time>', words, at.isoformat(timespec="seconds"), exact(at)
    )


@register.simple_tag
def span_left(seconds: int) -> str:
    """`less than a minute left`, `about 12 min left`."""
    if seconds < 60:
        return _("less than a minute left")
    return _("about %(span)s left") % {"span": span_words(seconds)}


@register.simple_tag
def ring(part: float) -> str:
    """The stroke of a ring of which a part has passed."""
    return f"{part * RING:.1f} {RING}"


def _of_hours(promise: Promise, seconds: int) -> str:
    span = span_words(seconds, days=not promise.is_business)
    return (_("%(span)s of business hours") if promise.is_business else "%(span)s") % {"span": span}


def span_words(seconds: int, *, days: bool = True) -> str:
    """`45 s`, `1:30` under two minutes, `5 min`, `3 h`, `1 h 20 min` under three hours, `2 d`;
    business time has no days.
    """
    minutes = seconds // 60
    if seconds < SECONDS_UNTIL:
        return _("%(n)d s") % {"n": seconds} if not minutes else f"{minutes}:{seconds % 60:02}"
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    hours = minutes // 60
    if hours < 3 and minutes % 60:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes % 60}
    if days and seconds >= 2 * _DAY:
        return _("%(days)d d") % {"days": seconds // _DAY}
    return _("%(hours)d h") % {"hours": hours}
