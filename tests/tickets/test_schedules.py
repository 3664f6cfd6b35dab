"""Business hours: what may be saved, and how spans are put in order."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.errors import NotPermitted
from tests.factories import as_actor
from tickets.actions import (
    Holiday,
    ScheduleDraft,
    ScheduleGone,
    remove_schedule,
    save_schedule,
)
from tickets.actions.schedules import joined
from tickets.errors import InvalidChange
from tickets.models import Schedule

pytestmark = pytest.mark.django_db


def draft(**values):
    return ScheduleDraft(
        **{"name": "Office", "time_zone": "Europe/Berlin", "intervals": [(540, 1020)], **values}
    )


def test_hours_are_saved_with_their_holidays_in_order(admin):
    later, sooner = (
        Holiday("Late", date(2026, 12, 31), date(2027, 1, 1)),
        Holiday("Early", date(2026, 5, 1), date(2026, 5, 1)),
    )
    saved = save_schedule(actor=as_actor(admin), draft=draft(holidays=[later, sooner]))
    assert saved.intervals == [[540, 1020]]
    assert [holiday["name"] for holiday in saved.holidays] == ["Early", "Late"]
    changed = save_schedule(actor=as_actor(admin), draft=draft(name="Shop"), schedule_id=saved.pk)
    assert (changed.pk, changed.name, changed.holidays) == (saved.pk, "Shop", [])


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": "  "}),
        ("time_zone", {"time_zone": "Europe/Atlantis"}),
        ("intervals", {"intervals": []}),
        ("intervals", {"intervals": [(540, 540)]}),
        ("intervals", {"intervals": [(540, 1020), (1000, 1100)]}),
        ("intervals", {"intervals": [(10_000, 10_100)]}),
        ("holidays", {"holidays": [Holiday("x", date(2026, 5, 2), date(2026, 5, 1))]}),
    ],
)
def test_what_cannot_be_saved_names_its_field(admin, field, values):
    with pytest.raises(InvalidChange) as caught:
        save_schedule(actor=as_actor(admin), draft=draft(**values))
    assert caught.value.field == field
    assert not Schedule.objects.exists()


def test_a_name_is_given_once(admin):
    save_schedule(actor=as_actor(admin), draft=draft())
    with pytest.raises(InvalidChange):
        save_schedule(actor=as_actor(admin), draft=draft())


def test_spans_that_touch_become_one_but_midnight_parts_two_days():
    assert joined([(600, 700), (540, 600)]) == [(540, 700)]
    assert joined([(1000, 1440), (1440, 1500)]) == [(1000, 1440), (1440, 1500)]


def test_nobody_but_administrators_changes_hours(lead, admin):
    saved = save_schedule(actor=as_actor(admin), draft=draft())
    with pytest.raises(NotPermitted):
        save_schedule(actor=as_actor(lead), draft=draft(name="Mine"))
    with pytest.raises(NotPermitted):
        remove_schedule(actor=as_actor(lead), schedule_id=saved.pk)
    assert Schedule.objects.get().name == "Office"


def test_removed_hours_are_gone(admin):
    saved = save_schedule(actor=as_actor(admin), draft=draft())
    remove_schedule(actor=as_actor(admin), schedule_id=saved.pk)
    with pytest.raises(ScheduleGone):
        remove_schedule(actor=as_actor(admin), schedule_id=saved.pk)
