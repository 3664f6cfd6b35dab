"""Time spent: of a ticket, and by person and day for reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate

from tickets.models import Ticket, TimeEntry

LIMIT = 100


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """A ticket's total in seconds, and its latest entries."""

    seconds: int
    entries: list[TimeEntry]


@dataclass(frozen=True, slots=True)
class PersonDay:
    """What one person has spent on tickets on one day, in the present time zone."""

    user_id: int
    day: date
    seconds: int
    tickets: int


def seconds_of(ticket: Ticket) -> int:
    return ticket.time_entries.aggregate(sum=Sum("seconds"))["sum"] or 0


def time_of(ticket: Ticket) -> TimeSpent:
    """Two queries."""
    entries = ticket.time_entries.select_related("user").order_by("-started_at", "-id")
    return TimeSpent(seconds_of(ticket), list(entries[:LIMIT]))


def seconds_by_person_and_day(start: datetime, end: datetime) -> list[PersonDay]:
    """Sums between two instants (the second excluded), by day and person: one query."""
    rows = (
        TimeEntry.objects.filter(started_at__gte=start, started_at__lt=end)
        .annotate(day=TruncDate("started_at"))
        .values("user_id", "day")
        .annotate(seconds=Sum("seconds"), tickets=Count("ticket", distinct=True))
        .order_by("day", "user_id")
    )
    return [PersonDay(**row) for row in rows]
