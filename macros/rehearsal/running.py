"""A rehearsal batch by batch. Reading and judging happen in a transaction that cannot write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet, prefetch_related_objects

from accounts.actor import Actor, actor_for
from macros.models import Rehearsal, RuleKind
from macros.rehearsal.automations import AutomationRehearsal
from macros.rehearsal.past import Update, walk
from macros.rehearsal.policies import PolicyRehearsal
from macros.rehearsal.reading import read_batch
from macros.rehearsal.tally import Tally
from macros.rehearsal.triggers import TriggerRehearsal
from tickets.models import Audit, Ticket
from tickets.policies import visible_tickets

UPDATES = 500  # in a batch, about
TICKETS = 250  # in a batch, at most
_ASKS_PEOPLE = ("cc", "follower")  # effects that add to today's lists


class Player(Protocol):
    """A draft of one kind, ready to be shown the past."""

    @property
    def asks_files(self) -> bool: ...
    def take(self, ticket: Ticket, updates: Iterator[Update]) -> int: ...
    def flush(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Played:
    """What one batch came to. `through` is its oldest ticket; None when there was none left."""

    through: int | None
    done: int
    tally: Tally


@contextmanager
def read_only() -> Iterator[None]:
    """A transaction in which PostgreSQL refuses every write; a savepoint within another one."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield


def play_batch(row: Rehearsal) -> Played:
    """Show the draft the next tickets. The number of queries does not depend on their past.

    Raises InvalidCondition, InvalidEffect when the draft names what has been deleted meanwhile.
    """
    with read_only():
        tally = Tally.from_json(row.result)
        ids = _next_tickets(row)
        if not ids:
            return Played(None, 0, tally)
        player = _player(row, tally)
        batch = read_batch(ids, since=row.first_audit_id, asks_files=player.asks_files)
        effects = row.definition.get("effects") or ()
        if any(item["field"] in _ASKS_PEOPLE for item in effects):
            prefetch_related_objects(list(batch.tickets.values()), "participants")
        done = sum(player.take(ticket, updates) for ticket, updates in walk(batch))
        player.flush()
        return Played(min(ids), done, tally)


def updates_asked(actor: Actor, *, updates: int, since: datetime | None) -> tuple[int, int, int]:
    """The first and last of the latest audits an actor may see, and how many: two queries.

    At most `updates`, and none before `since`. (0, 0, 0) when there are none.
    """
    rows = Audit.objects.filter(ticket__in=visible_tickets(actor)).order_by("-id")
    if since is not None:
        rows = rows.filter(created_at__gte=since)
    ids = list(rows.values_list("pk", flat=True)[:updates])
    return (ids[-1], ids[0], len(ids)) if ids else (0, 0, 0)


def moment_of(audit_id: int) -> datetime | None:
    """When an audit was; None when there is none."""
    return Audit.objects.filter(pk=audit_id).values_list("created_at", flat=True).first()


def tickets_asked(actor: Actor, *, since: datetime) -> int:
    """How many tickets an automation could have run on since then."""
    return _lasting(actor, since).count()


def _player(row: Rehearsal, tally: Tally) -> Player:
    if row.kind == RuleKind.TRIGGER:
        return TriggerRehearsal(row.definition, row.rule_id, row.first_audit_id, tally)
    if row.kind == RuleKind.AUTOMATION:
        return AutomationRehearsal(row.definition, row.rule_id, row.since, tally)
    return PolicyRehearsal(row.definition, row.rule_id, row.first_audit_id, row.since, tally)


def _next_tickets(row: Rehearsal) -> list[int]:
    """The newest tickets that are left, with about UPDATES updates to replay between them."""
    actor = actor_for(row.requested_by)
    left = Q() if row.through is None else Q(ticket__lt=row.through)
    if row.kind == RuleKind.AUTOMATION:
        tickets = _lasting(actor, row.since)
        if row.through is not None:
            tickets = tickets.filter(pk__lt=row.through)
        return list(tickets.order_by("-pk").values_list("pk", flat=True)[:TICKETS])
    audits = Audit.objects.filter(
        left, pk__range=(row.first_audit_id, row.last_audit_id), ticket__in=visible_tickets(actor)
    )
    counted = audits.order_by("-ticket_id").values_list("ticket_id").annotate(n=Count("*"))
    ids: list[int] = []
    many = 0
    for ticket_id, count in counted[:TICKETS]:
        if ids and many + count > UPDATES:
            break
        ids.append(ticket_id)
        many += count
    return ids


def _lasting(actor: Actor, since: datetime) -> QuerySet[Ticket]:
    """Tickets that were not closed before an instant."""
    return visible_tickets(actor).filter(Q(closed_at=None) | Q(closed_at__gte=since))
