"""automations_tick: 100,000 open tickets, 20 automations, 50 tickets due."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from benchmarks.house import House
from benchmarks.result import Result, timed

TICKETS = 100_000
AUTOMATIONS = 20
DUE = 50
HOURS = 1_000
TICKS = 5
EARLIER = timedelta(hours=10)  # by which the due ones are older than the others


def automations_tick(house: House) -> Iterator[Result]:
    """Ticks in the future, so that the house's own worker has no part in them."""
    from core import clock
    from macros.actions import sweep_automations
    from macros.actions.automation_runs import tick_automations
    from macros.models import AutomationDue

    now = clock.now()
    first = _fill(now)
    _make_automations()
    began = time.monotonic()
    while sweep_automations() or not _is_swept():
        pass
    spent = time.monotonic() - began
    waiting = AutomationDue.objects.filter(due_at__isnull=False, ticket__gte=first).count()
    yield Result(
        "automations_sweep", waiting, f"moments of {AUTOMATIONS} automations, in the background",
        per_second=waiting / spent,
    )  # fmt: skip
    _analyze()
    moment = now - EARLIER + timedelta(hours=HOURS)
    conditions = f"{TICKETS:,} open tickets, {AUTOMATIONS} automations"
    yield timed("automations_tick_idle", list(_ticks(moment - timedelta(minutes=1))), conditions)
    with clock.frozen(moment):
        began = time.monotonic()
        handled = tick_automations()
        spent = time.monotonic() - began
    if handled != DUE:
        raise RuntimeError(f"{handled} tickets were touched, not {DUE}")
    yield timed("automations_tick", [spent], f"{conditions}, {DUE} due and run")


def _ticks(instant: datetime) -> Iterator[float]:
    from core import clock
    from macros.actions.automation_runs import tick_automations

    for _ in range(TICKS):
        with clock.frozen(instant):
            began = time.monotonic()
            tick_automations()
            yield time.monotonic() - began


def _fill(now: datetime) -> int:
    """One ticket made as all are, and its likeness many times. Returns the first one's id."""
    from django.db import connection

    from accounts.actions import find_or_create_customers
    from accounts.actor import system_actor
    from tickets.actions import create_ticket
    from tickets.drafts import CommentDraft, TicketDraft
    from tickets.models import Ticket

    email = "waiting@customers.example"
    person = find_or_create_customers(names_by_email={email: "Waiting Customer"})[email]
    comment = CommentDraft(author_id=person.pk, body="Is anybody there?", channel="email")
    draft = TicketDraft(
        subject="Waiting", requester_id=person.pk, channel="email", comment=comment, is_silent=True
    )
    ticket = create_ticket(actor=system_actor("Benchmark", channel="email"), draft=draft)
    skipped = ("id", "tags", "status_updated_at")
    names = [f.column for f in Ticket._meta.concrete_fields if f.column not in skipped]
    columns = ", ".join(names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO tickets_ticket ({columns}, tags, status_updated_at) "  # noqa: S608
            f"SELECT {columns}, ARRAY['kind' || n %% {AUTOMATIONS}], "
            f"CASE WHEN n <= %s THEN %s ELSE %s END "
            f"FROM tickets_ticket, generate_series(1, %s) AS n WHERE id = %s",
            [DUE, now - EARLIER, now, TICKETS, ticket.pk],
        )
    return ticket.pk + 1


def _make_automations() -> None:
    from accounts.actor import system_actor
    from macros.actions import AutomationDraft, create_automation

    for number in range(AUTOMATIONS):
        draft = AutomationDraft(
            title=f"Escalate kind {number}",
            conditions={"all": [
                {"field": "NEW", "operator": "greater_than", "value": HOURS},
                {"field": "current_tags", "operator": "includes", "value": [f"kind{number}"]},
                {"field": "priority", "operator": "is_not", "value": "high"},
            ]},
            effects=[{"field": "priority", "value": "high"}],
        )  # fmt: skip
        create_automation(actor=system_actor("Benchmark"), draft=draft)


def _is_swept() -> bool:
    from macros.models import Automation

    active = Automation.objects.filter(is_active=True)
    return not active.filter(sweep__finished_at=None).exists()


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
