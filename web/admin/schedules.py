"""Business hours: weekly spans in a time zone, and holidays."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from macros.selectors.sla import recount_progress
from tickets.actions import ScheduleDraft, ScheduleGone, remove_schedule, save_schedule
from tickets.actions.schedules import DAY
from tickets.errors import InvalidChange
from tickets.models import Schedule
from tickets.public_holidays import places, words_of_place
from web.access import SignedInRequest
from web.admin import hours
from web.admin.access import settings_page
from web.admin.forms import ScheduleForm

OFFICE = [(day * DAY + 9 * 60, day * DAY + 17 * 60) for day in range(1, 6)]  # a beginning


@require_safe
@settings_page
def index(request: SignedInRequest) -> HttpResponse:
    """All business hours, each with a picture of its week."""
    rows = [
        {
            "schedule": schedule,
            "week": hours.week(schedule.intervals),
            "hours": hours.hours_a_week(schedule.intervals),
            "place": words_of_place(schedule.country, schedule.subdivision),
        }
        for schedule in Schedule.objects.order_by("name", "pk")
    ]
    context = {"rows": rows, "recount": recount_progress(), "is_expected": "saved" in request.GET}
    return render(request, "admin/schedules/index.html", context)


@require_http_methods(["GET", "POST"])
@settings_page
def new(request: SignedInRequest) -> HttpResponse:
    """New business hours, with usual ones to begin with."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@settings_page
def edit(request: SignedInRequest, schedule_id: int) -> HttpResponse:
    """Change business hours."""
    schedule = Schedule.objects.filter(pk=schedule_id).first()
    if schedule is None:
        raise ScheduleGone
    return _form(request, schedule)


@require_POST
@settings_page
def remove(request: SignedInRequest, schedule_id: int) -> HttpResponse:
    """Remove business hours."""
    remove_schedule(actor=request.actor, schedule_id=schedule_id)
    messages.success(request, _("The business hours were removed."))
    return redirect("admin:schedules")


def _form(request: SignedInRequest, schedule: Schedule | None) -> HttpResponse:
    form = ScheduleForm(
        request.POST or None,
        initial={
            "name": schedule.name if schedule else "",
            "time_zone": schedule.time_zone if schedule else settings.TIME_ZONE,
            "place": words_of_place(schedule.country, schedule.subdivision) if schedule else "",
        },
    )
    errors: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form, schedule)
            return redirect(f"{reverse('admin:schedules')}?saved=1")
        except InvalidChange as error:
            if error.field in form.fields:
                form.refuse(error)
            else:
                errors[error.field] = str(error)
    context = {"form": form, "schedule": schedule, "errors": errors, **_rows(request, schedule),
               "places": places(), "coming": hours.coming_holidays(schedule)}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "admin/schedules/form.html", context, status=status)


def _rows(request: SignedInRequest, schedule: Schedule | None) -> dict[str, object]:
    """Days and holidays: as typed, else as stored, else usual ones."""
    lists = {"zones": sorted(available_timezones()), "blocks": hours.BLOCKS}
    if request.method == "POST":
        days, holidays = hours.typed_rows(request.POST), hours.typed_holidays(request.POST)
    else:
        stored = schedule.intervals if schedule else OFFICE
        days, holidays = hours.day_rows(stored, spare=0), hours.holiday_rows(schedule)
    return {**lists, "days": days, "holidays": holidays}


def _save(request: SignedInRequest, form: ScheduleForm, schedule: Schedule | None) -> None:
    """Raises InvalidChange."""
    draft = ScheduleDraft(
        name=form.cleaned_data["name"], time_zone=form.cleaned_data["time_zone"],
        intervals=hours.intervals_from(request.POST),
        holidays=hours.holidays_from(request.POST), place=form.cleaned_data["place"].strip(),
    )  # fmt: skip
    save_schedule(actor=request.actor, draft=draft, schedule_id=schedule.pk if schedule else None)
    messages.success(request, _("Saved."))
