"""list, ticket and search on a million tickets: the desk of 20,000, copied 49 times over years.

One ticket in twenty is unsolved, the others are closed. They are copied within the database, with
other ids and times; the words keep their frequency, so a search finds fifty times as much.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

from benchmarks import desk, pages
from benchmarks.house import House
from benchmarks.result import Result

TICKETS = 1_000_000
STEP = 10_000_000  # between the ids of two copies
STILL_OPEN = 6  # copies whose tickets keep their status; older ones are closed


def million(house: House) -> Iterator[Result]:
    """Pages as the clients of `pages` ask for them, and what the palette and counts cost."""
    visitor = pages.agent_of(house)
    fill()
    from tickets.models import Ticket, View

    rng = random.Random(3)
    numbers = [
        copy * STEP + pk
        for copy in range(copies())
        for pk in Ticket.objects.order_by("pk").values_list("pk", flat=True)[:200]
    ]
    rng.shuffle(numbers)
    subjects = list(Ticket.objects.order_by("pk").values_list("subject", flat=True)[:5_000])
    view = f"/views/{View.objects.get(key='all-unsolved').pk}/"
    searches = {
        "million_search": lambda rng: "+".join(rng.sample(rng.choice(subjects).split(), 2)),
        "million_search_open": lambda rng: (
            f"status<solved+{rng.choice(rng.choice(subjects).split())}"
        ),
    }
    what = f"{Ticket.objects.count():,} tickets"
    yield pages.measure(
        "million_list", visitor, lambda _: view, f"{what}; all unsolved, all counts"
    )
    yield pages.measure(
        "million_ticket", visitor, lambda rng: f"/tickets/{rng.choice(numbers)}/", f"{what}; random"
    )
    yield pages.measure("million_home", visitor, lambda _: "/home/", what)
    for name, query in searches.items():
        yield pages.measure(
            name,
            visitor,
            lambda rng, query=query: f"/search/?q={query(rng)}",
            f"{what}; {name[8:]}",
        )
    yield pages.measure(
        "million_palette", visitor,
        lambda rng: f"/palette/?q={rng.choice(rng.choice(subjects).split())}", f"{what}; one word",
    )  # fmt: skip


def copies() -> int:
    return TICKETS // desk.TICKETS


def fill() -> None:
    """Copy what desk.fill made until there are TICKETS tickets."""
    from django.db import connection

    from reports.models import TicketFact
    from tickets.models import Audit, AuditEvent, Comment, SearchDocument, Ticket

    if Ticket.objects.count() >= TICKETS:
        return
    models = (Ticket, Comment, Audit, AuditEvent, SearchDocument, TicketFact)
    with connection.cursor() as cursor:
        # The house goes on working: what it writes meanwhile is not copied. From the last model
        # to the first, so that whatever is copied finds what it points to.
        last = {model: _last_of(cursor, model) for model in reversed(models)}
        cursor.execute("SET synchronous_commit = off; SET maintenance_work_mem = '1GB'")
        for model in models:
            dropped = _drop_indexes(cursor, model._meta.db_table)
            for copy in range(1, copies()):
                cursor.execute(_copy_of(model, copy), [last[model]])
                sys.stderr.write(f"\r{model.__name__}: {copy + 1} of {copies()} ")
            for statement in dropped:
                cursor.execute(statement)
        cursor.execute("VACUUM (ANALYZE)")
    sys.stderr.write("\n")


def _last_of(cursor, model) -> int:  # noqa: ANN001
    cursor.execute(f'SELECT max("{model._meta.pk.column}") FROM "{model._meta.db_table}"')  # noqa: S608
    return cursor.fetchone()[0]


def _drop_indexes(cursor, table: str) -> list[str]:  # noqa: ANN001
    """Drop what only slows copying down; returns the statements that bring it back."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s"
        " AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
        [table],
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def _copy_of(model, copy: int) -> str:  # noqa: ANN001
    """INSERT … SELECT of the originals, with ids and times moved by the copy's number."""
    from tickets.models import Ticket

    columns, values = [], []
    for field in model._meta.concrete_fields:
        column = f'"{field.column}"'
        value = column
        target = field.related_model._meta.db_table if field.is_relation else ""
        if (field.primary_key and not field.is_relation) or target in _COPIED:
            value = f"{column} + {copy * STEP}"
        elif field.get_internal_type() == "DateTimeField":
            value = f"{column} - interval '{copy * 9} days'"
        elif field.unique or field.column in ("digest", "message_id"):
            value = "NULL"
        columns.append(column)
        values.append(value)
    chosen = dict(zip(columns, values, strict=True))
    if model is Ticket and copy > STILL_OPEN:
        at = f"\"updated_at\" - interval '{copy * 9} days'"
        chosen |= {'"status"': "'closed'", '"solved_at"': at, '"closed_at"': at}
    key = f'"{model._meta.pk.column}"'
    return (  # names of our own models, nothing that anybody typed
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(chosen)})'  # noqa: S608
        f' SELECT {", ".join(chosen.values())} FROM "{model._meta.db_table}" WHERE {key} <= %s'
    )


_COPIED = {"tickets_ticket", "tickets_comment", "tickets_audit"}
