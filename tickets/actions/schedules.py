from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock, outbox
from tickets import policies
from tickets.conditions.business import forget_schedules
from tickets.errors import InvalidChange, TicketError
from tickets.models import Schedule
from tickets.public_holidays import places, words_of_place

TOPIC = "schedule.changed"
DAY = 24 * 60
WEEK = 7 * DAY
HOLIDAYS_LIMIT = 200
INTERVALS_LIMIT = 70


class ScheduleGone(TicketError):
    """There is no such schedule."""

    def __init__(self) -> None:
        super().__init__("These business hours do not exist; somebody may have removed them.")


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days on which nobody works, both ends included."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class ScheduleDraft:
    """`intervals` are (start, end) in minutes since Sunday 00:00 local time.

    `place` is one of tickets.public_holidays.places(), whose public holidays are days off, too.
    """

    name: str
    time_zone: str
    intervals: Sequence[tuple[int, int]]
    holidays: Sequence[Holiday] = ()
    place: str = ""


@transaction.atomic
def save_schedule(
    *, actor: Actor, draft: ScheduleDraft, schedule_id: int | None = None
) -> Schedule:
    """Make business hours, or change those with this id. Intervals that touch become one.

    Raises NotPermitted, ScheduleGone, InvalidChange (name, time_zone, intervals, holidays, place).
    """
    policies.require(actor, Permission.MANAGE_CHANNELS)
    schedule = _lock(schedule_id) if schedule_id is not None else Schedule()
    name = " ".join(draft.name.split())[:100]
    if not name:
        raise InvalidChange("name", _("Give these hours a name."))
    if Schedule.objects.filter(name=name).exclude(pk=schedule.pk).exists():
        raise InvalidChange("name", _("There are hours of this name already."))
    if draft.time_zone not in available_timezones():
        raise InvalidChange("time_zone", _("Choose a time zone of the list."))
    now = clock.now()
    schedule.name, schedule.time_zone = name, draft.time_zone
    schedule.country, schedule.subdivision = _codes_of(draft.place, schedule)
    schedule.intervals = [list(pair) for pair in joined(draft.intervals)]
    schedule.holidays = [
        {
            "name": " ".join(holiday.name.split())[:100],
            "start_date": holiday.start.isoformat(),
            "end_date": holiday.end.isoformat(),
        }
        for holiday in _checked(draft.holidays)
    ]
    if schedule.pk is None:
        schedule.created_at = now
    schedule.updated_at = now
    schedule.save()
    forget_schedules()
    outbox.post(TOPIC, {"schedule": schedule.pk})
    return schedule


@transaction.atomic
def remove_schedule(*, actor: Actor, schedule_id: int) -> None:
    """Remove business hours; what used them has none. Raises NotPermitted, ScheduleGone."""
    policies.require(actor, Permission.MANAGE_CHANNELS)
    _lock(schedule_id).delete()
    forget_schedules()
    outbox.post(TOPIC, {"schedule": schedule_id})


def joined(intervals: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Intervals in order and apart. Raises InvalidChange for none, or for one that is no span."""
    if not intervals:
        raise InvalidChange("intervals", _("Enter the hours of at least one day."))
    if len(intervals) > INTERVALS_LIMIT:
        raise InvalidChange("intervals", _("These are too many spans for one week."))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if not 0 <= start < end <= WEEK:
            raise InvalidChange("intervals", _("Each span has to end after it begins."))
        if apart and start < apart[-1][1]:
            raise InvalidChange("intervals", _("Two spans of one day overlap."))
        if apart and start == apart[-1][1] and start % DAY:
            apart[-1] = (apart[-1][0], end)
        else:
            apart.append((start, end))
    return apart


def _codes_of(place: str, schedule: Schedule) -> tuple[str, str]:
    """Country and part; what is stored already is kept where it is not offered any more."""
    known = schedule.country, schedule.subdivision
    if not place:
        return "", ""
    if place == words_of_place(*known):
        return known
    if place not in places():
        raise InvalidChange("place", _("Choose a country, or a part of one, of the list."))
    return places()[place]


def _checked(holidays: Sequence[Holiday]) -> list[Holiday]:
    if len(holidays) > HOLIDAYS_LIMIT:
        raise InvalidChange("holidays", _("These are too many holidays."))
    for holiday in holidays:
        if holiday.end < holiday.start:
            raise InvalidChange(
                "holidays",
                _("“%(name)s” ends before it begins.") % {"name": holiday.name or holiday.start},
            )
    return sorted(holidays, key=lambda holiday: (holiday.start, holiday.end, holiday.name))


def _lock(schedule_id: int) -> Schedule:
    schedule = Schedule.objects.select_for_update().filter(pk=schedule_id).first()
    if schedule is None:
        raise ScheduleGone
    return schedule
