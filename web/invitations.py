"""Calendar invitations in mail, in words and in the reader's time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tickets.models import Comment

# RFC 5545 §3.3.4 and §3.3.5: a day, or a moment in UTC or without a zone.
_VALUE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Invitation:
    """`kind` says what the mail wants: an invitation, a cancellation, an answer."""

    kind: str
    title: str
    when: str
    place: str


def invitation_of(comment: Comment) -> Invitation | None:
    """The event that a mail is about, or None."""
    event = comment.metadata.get("calendar")
    if not isinstance(event, dict):
        return None
    return Invitation(
        kind=_kind(str(event.get("method", ""))),
        title=str(event.get("summary", "")) or _("Event without a title"),
        when=_when(str(event.get("starts", "")), str(event.get("ends", ""))),
        place=str(event.get("location", "")),
    )


def _kind(method: str) -> str:
    """RFC 5546 §1.4."""
    kinds = {
        "REQUEST": _("Invitation"),
        "CANCEL": _("The event was cancelled"),
        "REPLY": _("Answer to an invitation"),
        "COUNTER": _("Another time is proposed"),
    }
    return kinds.get(method, _("Event"))


def _when(starts: str, ends: str) -> str:
    """A stretch of time in words. Empty when the mail does not say; as written when unreadable."""
    begin, end = _read(starts), _read(ends)
    if begin is None:
        return starts
    if not isinstance(begin, datetime):
        last = end - timedelta(days=1) if end and not isinstance(end, datetime) else begin
        return _day(begin) if last <= begin else f"{_day(begin)} – {_day(last)}"
    words = f"{_day(begin)}, {_time(begin)}"
    if isinstance(end, datetime) and end > begin:
        words += f" – {_time(end) if end.date() == begin.date() else _day(end) + ', ' + _time(end)}"
    if not starts.endswith("Z"):
        words += f" {_('(time zone of the event)')}"
    return words


def _read(value: str) -> date | datetime | None:
    """Moments in UTC become the reader's; those of the event's own zone stay as they are."""
    found = _VALUE.match(value)
    if not found:
        return None
    year, month, day, hour, minute, _second, is_utc = found.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        moment = datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=UTC)
        return timezone.localtime(moment) if is_utc else moment
    except (ValueError, OverflowError):
        return None


def _day(value: date) -> str:
    return date_format(value, "D j M Y")


def _time(value: datetime) -> str:
    return date_format(value, "H:i")
