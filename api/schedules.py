"""Business hours in Zendesk's shape; staff may read them, those who manage channels write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from accounts.roles import Permission
from api.bodies import Values, read_body
from api.doors import base_of, staff_of
from api.inputs.schedules import HolidayInput, ScheduleInput, WorkweekInput
from api.pagination import paginated
from api.shapes.schedules import holiday_shapes, id_of, interval_shapes, schedule_shapes
from tickets.actions import Holiday, ScheduleDraft, remove_schedule, save_schedule
from tickets.actions.schedules import DAY
from tickets.models import Schedule
from tickets.public_holidays import words_of_place

_OFFICE = [(day * DAY + 9 * 60, day * DAY + 17 * 60) for day in range(1, 6)]  # as Zendesk begins


def index(request: Request) -> Response:
    staff_of(request)
    return paginated(
        request, Schedule.objects.all(), name="schedules", sorts={"id": "id", "name": "name"},
        default="id", render=lambda rows: schedule_shapes(rows, base_of(request)),
    )  # fmt: skip


def show(request: Request, schedule_id: int) -> Response:
    staff_of(request)
    return _one(request, get_object_or_404(Schedule, pk=schedule_id))


def create(request: Request) -> Response:
    """Monday to Friday, 9 to 17, unless `intervals` say otherwise."""
    actor, values = _writer(request), read_body(request, "schedule", ScheduleInput)
    draft = ScheduleDraft(
        name=values.get("name", ""), time_zone=values.get("time_zone", ""),
        intervals=_pairs(values) or _OFFICE,
    )  # fmt: skip
    return _one(request, save_schedule(actor=actor, draft=draft), status=201)


@transaction.atomic
def update(request: Request, schedule_id: int) -> Response:
    """What is not named stays as it is."""
    actor, present = _writer(request), _locked(schedule_id)
    values = read_body(request, "schedule", ScheduleInput)
    named: dict[str, Any] = {name: values[name] for name in ("name", "time_zone") if name in values}
    if "intervals" in values:
        named["intervals"] = _pairs(values)
    return _one(request, _saved(actor, present, **named))


def delete(request: Request, schedule_id: int) -> Response:
    actor = _writer(request)
    get_object_or_404(Schedule, pk=schedule_id)
    remove_schedule(actor=actor, schedule_id=schedule_id)
    return Response(status=204)


@transaction.atomic
def workweek(request: Request, schedule_id: int) -> Response:
    """All hours of the week at once."""
    actor, present = _writer(request), _locked(schedule_id)
    values = read_body(request, "workweek", WorkweekInput)
    saved = _saved(actor, present, intervals=_pairs(values))
    return Response({"workweek": {"intervals": interval_shapes(saved)}})


def holidays(request: Request, schedule_id: int) -> Response:
    staff_of(request)
    shapes = holiday_shapes(get_object_or_404(Schedule, pk=schedule_id))
    return Response(
        {"holidays": shapes, "count": len(shapes), "next_page": None, "previous_page": None}
    )


def holiday(request: Request, schedule_id: int, holiday_id: int) -> Response:
    staff_of(request)
    return _holiday(get_object_or_404(Schedule, pk=schedule_id), holiday_id)


@transaction.atomic
def create_holiday(request: Request, schedule_id: int) -> Response:
    actor, present = _writer(request), _locked(schedule_id)
    added = _read_holiday(read_body(request, "holiday", HolidayInput), {})
    saved = _saved(actor, present, holidays=[*_own_days(present), added])
    return _holiday(saved, _id(added), status=201)


@transaction.atomic
def update_holiday(request: Request, schedule_id: int, holiday_id: int) -> Response:
    """Other days are another id."""
    actor, present = _writer(request), _locked(schedule_id)
    place = _place(present, holiday_id)
    values = read_body(request, "holiday", HolidayInput)
    days = _own_days(present)
    days[place] = changed = _read_holiday(values, present.holidays[place])
    return _holiday(_saved(actor, present, holidays=days), _id(changed))


@transaction.atomic
def delete_holiday(request: Request, schedule_id: int, holiday_id: int) -> Response:
    actor, present = _writer(request), _locked(schedule_id)
    days = _own_days(present)
    del days[_place(present, holiday_id)]
    _saved(actor, present, holidays=days)
    return Response(status=204)


def _writer(request: Request) -> Actor:
    return staff_of(request, Permission.MANAGE_CHANNELS)


def _locked(schedule_id: int) -> Schedule:
    return get_object_or_404(Schedule.objects.select_for_update(), pk=schedule_id)


def _saved(actor: Actor, present: Schedule, **changes: Any) -> Schedule:
    kept: dict[str, Any] = {
        "name": present.name, "time_zone": present.time_zone, "holidays": _own_days(present),
        "intervals": [(start, end) for start, end in present.intervals],
        "place": words_of_place(present.country, present.subdivision),
    }  # fmt: skip
    draft = ScheduleDraft(**{**kept, **changes})
    return save_schedule(actor=actor, draft=draft, schedule_id=present.pk)


def _pairs(values: Values) -> list[tuple[int, int]]:
    return [(each["start_time"], each["end_time"]) for each in values.get("intervals", ())]


def _own_days(schedule: Schedule) -> list[Holiday]:
    return [
        Holiday(
            each["name"], *(date.fromisoformat(each[key]) for key in ("start_date", "end_date"))
        )
        for each in schedule.holidays
    ]


def _read_holiday(values: Values, present: dict[str, str]) -> Holiday:
    """Raises ValidationError for one without days."""
    days = [
        values.get(key) or (date.fromisoformat(present[key]) if present else None)
        for key in ("start_date", "end_date")
    ]
    first, last = days
    if first is None or last is None:
        raise ValidationError({"start_date": ["A holiday needs start_date and end_date."]})
    return Holiday(values.get("name", present.get("name", "")), first, last)


def _id(holiday: Holiday) -> int:
    return id_of({"start_date": holiday.start.isoformat(), "end_date": holiday.end.isoformat()})


def _place(schedule: Schedule, holiday_id: int) -> int:
    """Raises Http404."""
    ids = [id_of(each) for each in schedule.holidays]
    if holiday_id not in ids:
        raise Http404
    return ids.index(holiday_id)


def _one(request: Request, schedule: Schedule, status: int = 200) -> Response:
    shape = schedule_shapes([schedule], base_of(request))[0]
    return Response({"schedule": shape}, status=status)


def _holiday(schedule: Schedule, holiday_id: int, status: int = 200) -> Response:
    shape = holiday_shapes(schedule)[_place(schedule, holiday_id)]
    return Response({"holiday": shape}, status=status)
