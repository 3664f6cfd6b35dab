"""sla_tick: 100,000 open tickets under a policy, 50 of them due."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from benchmarks.house import House
from benchmarks.result import Result, timed

TICKETS = 100_000
DUE = 50
TARGET = timedelta(days=300)
TICKS = 5


def sla_tick(house: House) -> Iterator[Result]:
    """Ticks in the future, so that the house's own worker has no part in them."""
    from core import clock
    from macros.actions import tick_sla

    now = clock.now()
    _fill(now)
    conditions = f"{TICKETS:,} open tickets under a policy"
    with clock.frozen(now + TARGET - timedelta(hours=1)):
        idle = list(_ticks())
    yield timed("sla_tick_idle", idle, conditions)
    with clock.frozen(now + TARGET + timedelta(minutes=1)):
        began = time.monotonic()
        noted = tick_sla()
        spent = time.monotonic() - began
    if noted != DUE:
        raise RuntimeError(f"{noted} tickets were touched, not {DUE}")
    yield timed("sla_tick", [spent], f"{conditions}, {DUE} in breach")


def _ticks() -> Iterator[float]:
    from macros.actions import tick_sla

    for _ in range(TICKS):
        began = time.monotonic()
        if tick_sla():
            raise RuntimeError("nothing was due")
        yield time.monotonic() - began


def _fill(now: datetime) -> None:
    """One ticket made as all are, and its likeness many times: all but DUE are due a day later."""
    from django.db import connection

    from accounts.actions import find_or_create_customers
    from accounts.actor import system_actor
    from macros.actions import SlaPolicyDraft, create_sla_policy, recount_some
    from tickets.actions import create_ticket
    from tickets.drafts import CommentDraft, TicketDraft
    from tickets.models import Ticket

    setup = system_actor("Benchmark", channel="email")
    minutes = int(TARGET.total_seconds() // 60)
    target = {"priority": "", "metric": "first_reply_time", "target": minutes,
              "business_hours": False}  # fmt: skip
    create_sla_policy(
        actor=setup,
        draft=SlaPolicyDraft(
            title="Benchmark", conditions={"all": []}, targets=[target], warnings=()
        ),
    )
    while recount_some():
        pass
    email = "waiting@customers.example"
    customer = find_or_create_customers(names_by_email={email: "Waiting"})[email]
    comment = CommentDraft(author_id=customer.pk, body="Hello?", channel="email")
    first = create_ticket(
        actor=setup,
        draft=TicketDraft(
            subject="Hello", requester_id=customer.pk, channel="email", comment=comment
        ),
    )
    with connection.cursor() as cursor:
        ids = f"generate_series({first.pk + 1}, {first.pk + TICKETS - 1}) AS new(id)"
        _copy(cursor, Ticket._meta.db_table, "id", first.pk, ids, {"id": "new.id"})
        _copy(cursor, "macros_slastate", "ticket_id", first.pk, ids, {"ticket_id": "new.id"})
        own = {"ticket_id": "new.id", "id": None}
        _copy(cursor, "macros_slaclock", "ticket_id", first.pk, ids, own)
        cursor.execute(
            "UPDATE macros_slaclock SET due_at = due_at + interval '1 day', "
            "breach_at = breach_at + interval '1 day' WHERE ticket_id >= %s",
            [first.pk + DUE],
        )
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('tickets_ticket', 'id'), max(id)) "
            "FROM tickets_ticket"
        )
        cursor.execute("VACUUM (ANALYZE)")


def _copy(
    cursor: object, table: str, key: str, first: int, ids: str, other: dict[str, str | None]
) -> None:
    """The row of the first ticket for each new one; a column that is None is left to the table."""
    from django.db import connection

    with connection.cursor() as reader:
        columns = [
            row.name for row in connection.introspection.get_table_description(reader, table)
        ]
    names = [name for name in columns if other.get(name, "") is not None]
    values = [other.get(name) or f'old."{name}"' for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    cursor.execute(  # type: ignore[attr-defined]
        f"INSERT INTO {table} ({listed}) SELECT {', '.join(values)} "  # noqa: S608  our own names
        f"FROM {table} AS old, {ids} WHERE old.{key} = {first}"
    )
