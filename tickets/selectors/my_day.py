"""What an agent's day is made of: their unsolved tickets, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce

from accounts.actor import Actor
from core import clock
from tickets import policies
from tickets.models import Status, Ticket
from tickets.models.ticket import TicketQuerySet

SHOWN = 12
SOON = timedelta(hours=2)  # a promise that breaks within them is at risk
RISKS_SHOWN = 6

_WAITS_FOR_US = Q(status__in=(Status.NEW, Status.OPEN), requester_updated_at__isnull=False) & (
    Q(assignee_updated_at=None) | Q(requester_updated_at__gt=F("assignee_updated_at"))
)


@dataclass(frozen=True, slots=True)
class MyDay:
    """Exact numbers of all one's unsolved tickets; `tickets` are the first of those to work on."""

    tickets: list[Ticket]
    unsolved: int
    late: int
    due: int  # today, and not late
    waiting: int  # the customer spoke last
    to_do: int


@dataclass(frozen=True, slots=True)
class Risks:
    """Promises that break soon, the next first, then those that broke last; how many of both."""

    tickets: list[Ticket]
    soon: int
    late: int


def my_day(actor: Actor, *, day_ends_at: datetime) -> MyDay:
    """Two queries that read the index of the actor's unsolved tickets."""
    now = clock.now()
    mine = policies.visible_tickets(actor).filter(assignee=actor.user_id).unsolved()
    late = Q(sla_next_breach_at__lte=now) | Q(due_at__lte=now)
    due = Q(sla_next_breach_at__lte=day_ends_at) | Q(due_at__lte=day_ends_at)
    rank = Case(
        When(late, then=Value(0)), When(due, then=Value(1)), When(_WAITS_FOR_US, then=Value(2)),
        When(status__in=(Status.NEW, Status.OPEN), then=Value(3)),
        default=Value(9), output_field=IntegerField(),
    )  # fmt: skip
    numbers = mine.order_by().aggregate(
        unsolved=Count("pk"), late=Count("pk", filter=late),
        due=Count("pk", filter=due & ~late), waiting=Count("pk", filter=_WAITS_FOR_US),
        to_do=Count("pk", filter=late | due | Q(status__in=(Status.NEW, Status.OPEN))),
    )  # fmt: skip
    presses_at = Coalesce("sla_next_breach_at", "due_at", "requester_updated_at", "updated_at")
    rows = mine.annotate(rank=rank, presses_at=presses_at).filter(rank__lt=9)
    first = rows.for_lists().order_by(F("rank"), F("presses_at"), F("pk"))
    return MyDay(list(first[:SHOWN]), **numbers)


def risks(actor: Actor) -> Risks:
    """Three queries on the index of the next breaches."""
    now = clock.now()
    promised: TicketQuerySet = policies.visible_tickets(actor).filter(
        sla_next_breach_at__lte=now + SOON
    )
    numbers = promised.order_by().aggregate(
        soon=Count("pk", filter=Q(sla_next_breach_at__gt=now)),
        late=Count("pk", filter=Q(sla_next_breach_at__lte=now)),
    )
    soon = promised.filter(sla_next_breach_at__gt=now).for_lists()
    late = promised.filter(sla_next_breach_at__lte=now).for_lists()
    rows = [
        *soon.order_by("sla_next_breach_at", "pk")[:RISKS_SHOWN],
        *late.order_by("-sla_next_breach_at", "-pk")[:RISKS_SHOWN],
    ]
    return Risks(rows[:RISKS_SHOWN], **numbers)
