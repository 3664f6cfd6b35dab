"""Public holidays of countries close business hours in every year; own days come on top."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import SETUP
from tickets import public_holidays, schedules
from tickets.actions import Holiday, ScheduleDraft, save_schedule
from tickets.errors import InvalidChange
from tickets.models import Schedule

DAILY = [(day * 1440 + 480, day * 1440 + 1020) for day in range(7)]


def hours(country: str = "DE", subdivision: str = "", **more) -> Schedule:
    return Schedule(
        name="Office", time_zone="Europe/Berlin", intervals=DAILY, country=country,
        subdivision=subdivision, **more,
    )  # fmt: skip


def is_open_on(schedule: Schedule, day: date) -> bool:
    return schedules.is_open(schedule, datetime(day.year, day.month, day.day, 10, tzinfo=UTC))


@pytest.mark.parametrize("year", [2024, 2026, 2031])
def test_a_public_holiday_is_a_day_off_in_every_year(year):
    assert not is_open_on(hours(), date(year, 10, 3))
    assert is_open_on(hours(), date(year, 10, 5))
    assert is_open_on(hours(country=""), date(year, 10, 3))


def test_parts_of_a_country_have_their_own():
    epiphany = date(2026, 1, 6)
    assert not is_open_on(hours(subdivision="BY"), epiphany)
    assert is_open_on(hours(subdivision="BE"), epiphany)
    assert is_open_on(hours(), epiphany)


def test_the_days_are_those_of_the_local_calendar():
    before = datetime(2026, 10, 2, 22, 30, tzinfo=UTC)  # 00:30 on the 3rd in Berlin
    schedule = hours()
    schedule.intervals = [(0, 7 * 1440)]
    assert schedules.next_opening(schedule, before) == datetime(2026, 10, 3, 22, tzinfo=UTC)


def test_own_days_come_on_top():
    trip = [{"name": "Trip", "start_date": "2026-10-05", "end_date": "2026-10-05"}]
    start = datetime(2026, 10, 2, tzinfo=UTC)
    counted = schedules.open_seconds(hours(holidays=trip), start, start + timedelta(days=5))
    assert counted == 3 * 9 * 3600  # Friday, Sunday, Tuesday


def test_a_country_that_is_not_known_any_more_closes_nothing():
    assert is_open_on(hours(country="XX"), date(2026, 10, 3))
    assert public_holidays.public_holidays("DE", "ZZ", 2026) == {}
    assert public_holidays.words_of_place("XX", "1") == "XX: 1"


def test_places_are_read_as_people_write_them():
    assert public_holidays.places()["Germany"] == ("DE", "")
    assert public_holidays.places()["Germany: Bayern"] == ("DE", "BY")
    assert public_holidays.words_of_place("GB", "SCT") == "United Kingdom: Scotland"


def draft(**more) -> ScheduleDraft:
    return ScheduleDraft(name="Office", time_zone="UTC", intervals=DAILY, **more)


def test_a_place_is_saved_and_kept(db):
    holiday = Holiday("Trip", date(2026, 5, 5), date(2026, 5, 6))
    saved = save_schedule(actor=SETUP, draft=draft(place="Germany: Bayern", holidays=[holiday]))
    assert (saved.country, saved.subdivision, len(saved.holidays)) == ("DE", "BY", 1)
    saved = save_schedule(actor=SETUP, draft=draft(), schedule_id=saved.pk)
    assert (saved.country, saved.subdivision) == ("", "")


def test_a_place_that_is_none_is_refused(db):
    with pytest.raises(InvalidChange, match="of the list"):
        save_schedule(actor=SETUP, draft=draft(place="Atlantis"))
    assert not Schedule.objects.exists()


def test_a_part_of_a_country_that_the_library_forgot_is_kept_and_closes_nothing(db):
    saved = save_schedule(actor=SETUP, draft=draft(place="Germany: Bayern"))
    Schedule.objects.update(subdivision="XX")
    saved.refresh_from_db()
    assert is_open_on(saved, date(2026, 10, 3))
    saved = save_schedule(actor=SETUP, draft=draft(place="DE: XX"), schedule_id=saved.pk)
    assert (saved.country, saved.subdivision) == ("DE", "XX")
