"""The moment a reply is to leave, as people choose it: by a word or by date and time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfoNotFoundError

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import clock
from tickets.conditions.business import schedule_of
from tickets.errors import InvalidChange
from tickets.models import Ticket
from tickets.schedules import open_spans

LOOK_AHEAD = timedelta(days=21)
MORNING = time(9)
MONDAY = 0


def moment_from(form: QueryDict, *, schedule_id: int | None = None) -> datetime:
    """What `send_later` says: "hour", "opening", "tomorrow", "monday", or "at" (`send_later_at`).

    Words count from now, in the reader's time zone: a page may have stood open over night. Raises
    InvalidChange.
    """
    now = clock.now()
    today = timezone.localtime(now).date()
    match form.get("send_later"):
        case "hour":
            return now + timedelta(hours=1)
        case "opening":
            return next_opening_of(schedule_id) or now + timedelta(hours=1)
        case "tomorrow":
            return _local(datetime.combine(today + timedelta(days=1), MORNING))
        case "monday":
            ahead = (MONDAY - today.weekday() - 1) % 7 + 1
            return _local(datetime.combine(today + timedelta(days=ahead), MORNING))
    try:
        return _local(datetime.fromisoformat(form.get("send_later_at", "")))
    except (ValueError, OverflowError) as error:
        raise InvalidChange("send_at", _("Choose a date and a time.")) from error


def next_opening_of(schedule_id: int | None) -> datetime | None:
    """When business hours begin next; None for a house that has none, or is always open."""
    schedule = schedule_of(schedule_id)
    now = clock.now()
    if schedule is None:
        return None
    try:
        spans = open_spans(schedule, now, now + LOOK_AHEAD)
        return next((start for start, _end in spans if start > now), None)
    except ZoneInfoNotFoundError:
        return None


def opening_words(ticket: Ticket) -> str:
    """The next opening of a ticket's business hours in words; empty when there is none."""
    at = next_opening_of(ticket.schedule_id)
    return moment_words(at) if at else ""


def _local(moment: datetime) -> datetime:
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def moment_words(at: datetime) -> str:
    """`today, 14:05`, `tomorrow, 09:00`, `Tue 24 Nov, 09:00` in the reader's time zone."""
    local, today = timezone.localtime(at), timezone.localtime(clock.now()).date()
    names = {today: _("today"), today + timedelta(days=1): _("tomorrow")}
    form = "D j M" if local.year == today.year else "D j M Y"
    return f"{names.get(local.date()) or date_format(local, form)}, {local:%H:%M}"
