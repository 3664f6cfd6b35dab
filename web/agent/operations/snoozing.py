"""Putting a ticket to sleep, and waking it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from core import clock
from tickets import policies
from tickets.actions import update_ticket
from tickets.conditions.business import schedule_of
from tickets.drafts import TicketChanges
from tickets.errors import InvalidChange, TicketClosed
from tickets.models import UNTIL_REPLY, Ticket
from tickets.schedules import next_opening
from web.access import SignedInRequest, workspace
from web.agent.moments import moment_words
from web.agent.operations.answers import dialog, done, not_undone, undone

MORNING = time(9)
LATER = timedelta(hours=3)
MONDAY = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A moment that people choose by its name; `at` is None for "until the customer replies"."""

    value: str
    label: str
    at: datetime | None


@require_http_methods(["GET", "POST"])
@workspace(Permission.EDIT_TICKETS)
def snooze(request: SignedInRequest, number: int) -> HttpResponse:
    """The choices; or, posted, the ticket sleeps."""
    ticket = policies.visible_ticket(request.actor, number)
    error = ""
    if request.method == "POST":
        try:
            until = moment_from(request.POST, ticket)
            _set(request, number, until)
            was = ticket.snoozed_until.isoformat() if ticket.snoozed_until else ""
            undo = reverse("wake_ticket", args=[number]) + (f"?was={was}" if was else "")
            return done(request, number, words_of(until), undo=undo.replace("+", "%2B"))
        except (InvalidChange, TicketClosed) as refused:
            error = str(refused)
    context = {"ticket": ticket, "choices": choices_for(ticket), "error": error,
               "chosen": request.POST.get("until", "tomorrow")}  # fmt: skip
    return dialog(
        request, "agent/tickets/operations/snooze.html", context, status=422 if error else 200
    )


@require_POST
@workspace(Permission.EDIT_TICKETS)
def wake(request: SignedInRequest, number: int) -> HttpResponse:
    """Wake a ticket; with `was` it sleeps again as it did before (the way back of a snooze)."""
    was = request.GET.get("was", "")
    try:
        _set(request, number, datetime.fromisoformat(was) if was else None)
    except (InvalidChange, TicketClosed, ValueError) as refused:
        return not_undone(str(refused))
    words = _("The snooze is as it was.") if was else _("Awake again.")
    return undone(words) if not request.htmx or was else done(request, number, words)


def _set(request: SignedInRequest, number: int, until: datetime | None) -> None:
    changes = TicketChanges(snoozed_until=until)
    update_ticket(actor=request.actor, ticket_id=number, changes=changes)


def words_of(until: datetime) -> str:
    if until == UNTIL_REPLY:
        return _("Snoozed until the customer replies")
    return _("Snoozed until %(when)s") % {"when": moment_words(until)}


def choices_for(ticket: Ticket) -> list[Choice]:
    """Moments in the reader's time zone; business hours are those that count for the ticket."""
    now = clock.now()
    today = _day_of(now)
    to_monday = (MONDAY - today.weekday() - 1) % 7 + 1
    later = now + LATER
    choices = [
        *([Choice("later", _("Later today"), later)] if _day_of(later) == today else []),
        Choice("tomorrow", _("Tomorrow morning"), _morning(today + timedelta(days=1))),
        Choice("monday", _("Monday morning"), _morning(today + timedelta(days=to_monday))),
        Choice("week", _("In a week"), _morning(today + timedelta(days=7))),
    ]
    schedule = schedule_of(ticket.schedule_id)
    opening = next_opening(schedule, now) if schedule else None
    if opening is not None and opening > now:
        choices.insert(0, Choice("business", _("Next business hour"), opening))
    return [*choices, Choice("reply", _("Until the customer replies"), None)]


def moment_from(form: QueryDict, ticket: Ticket) -> datetime:
    """What `until` says: the name of a choice, or "at" with `until_at`. Raises InvalidChange."""
    chosen = form.get("until", "")
    for choice in choices_for(ticket):
        if choice.value == chosen:
            return choice.at or UNTIL_REPLY
    try:
        at = datetime.fromisoformat(form.get("until_at", ""))
        return timezone.make_aware(at) if timezone.is_naive(at) else at
    except (ValueError, OverflowError) as error:
        raise InvalidChange("snoozed_until", _("Choose a date and a time.")) from error


def _day_of(at: datetime) -> date:
    return timezone.localtime(at).date()


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))
