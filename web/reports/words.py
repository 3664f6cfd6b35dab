"""Durations, changes and spans as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.spans import Span

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def duration(seconds: float | None) -> str:
    """`42 s`, `21 min`, `4 h 54 m`, `3 d 4 h`; a dash for none. Rounded."""
    if seconds is None:
        return "—"
    if seconds < _MINUTE - 0.5:
        return _("%(n)d s") % {"n": round(seconds)}
    minutes = round(seconds / _MINUTE)
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    if minutes < 48 * 60:
        return _two(_("%(n)d h"), minutes // 60, _("%(n)d m"), minutes % 60)
    hours = round(seconds / _HOUR)
    return _two(_("%(n)d d"), hours // 24, _("%(n)d h"), hours % 24)


def _two(large: str, n: int, small: str, rest: int) -> str:
    return f"{large % {'n': n}} {small % {'n': rest}}" if rest else large % {"n": n}


def edge(seconds: int) -> str:
    """A round duration: `15 min`, `4 h`, `7 d`."""
    if seconds % _DAY == 0:
        return _("%(n)d d") % {"n": seconds // _DAY}
    if seconds % _HOUR == 0:
        return _("%(n)d h") % {"n": seconds // _HOUR}
    return _("%(n)d min") % {"n": seconds // _MINUTE}


def bucket(lower: int, upper: int | None) -> str:
    """`under 15 min`, `1–4 h`, `8 h – 1 d`, `14 d and more`."""
    if upper is None:
        return _("%(edge)s and more") % {"edge": edge(lower)}
    if lower == 0:
        return _("under %(edge)s") % {"edge": edge(upper)}
    first, last = edge(lower), edge(upper)
    number, unit = first.split(" ", 1)
    return f"{number}–{last}" if last.endswith(f" {unit}") else f"{first} – {last}"


@dataclass(frozen=True, slots=True)
class Delta:
    """A change against the span before: its words, and whether it is good, bad or neither."""

    text: str
    tone: str


def delta(now: float | None, before: float | None, *, lower_is_better: bool | None) -> Delta | None:
    """The change in whole per cent, with a true minus sign; None without anything to compare."""
    if now is None or not before:
        return None
    percent = round((now - before) / before * 100)
    if percent == 0:
        return Delta(_("±0 %"), "")
    text = f"{'+' if percent > 0 else '−'}{abs(percent):,} %"  # noqa: RUF001  a minus, not a hyphen
    if lower_is_better is None:
        return Delta(text, "")
    return Delta(text, "good" if (percent < 0) == lower_is_better else "bad")


def days(first: date, last: date) -> str:
    """`3 Nov 2026`, `1–30 Nov 2026`, `30 Nov – 6 Dec 2026`, `28 Dec 2025 – 3 Jan 2026`."""
    end = date_format(last, "j M Y")
    if first == last:
        return end
    if first.year != last.year:
        return f"{date_format(first, 'j M Y')} – {end}"
    if first.month != last.month:
        return f"{date_format(first, 'j M')} – {end}"
    return f"{first.day}–{end}"


def span_days(span: Span) -> str:
    return days(span.first, span.last)


def length(span: Span) -> str:
    """`13 weeks`, `90 days`: how the span before is named."""
    if span.days % 7 == 0 and span.days >= 28:
        return ngettext("%(n)d week", "%(n)d weeks", span.days // 7) % {"n": span.days // 7}
    return ngettext("%(n)d day", "%(n)d days", span.days) % {"n": span.days}
