"""What a policy that is being edited would do to open tickets, before it is saved."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from core import clock
from macros.models import ClockStatus, SlaClock, SlaPolicy, SlaState
from macros.sla.clocks import Books
from macros.sla.judging import judged
from macros.sla.policies import CLOCKWORK, Policy, compiled
from tickets.conditions import as_q
from tickets.models import Ticket

BATCH = 500
PATIENCE = 3.0  # seconds: somebody waits for the answer; a batch that has begun is finished

# The active targets of a ticket: (metric, seconds, in business hours).
Promises = set[tuple[str, int, bool]]


@dataclass(frozen=True, slots=True)
class Effect:
    """Open tickets whose targets change, and how many of those would be over their target.

    `newly_in_breach` are not over any target now. Of `concerned` tickets as many were looked at as
    patience allowed; where that is not all of them, the figures are of `looked_at` tickets spread
    evenly over all ages, carried over to the rest.
    """

    changed: int
    in_breach: int
    newly_in_breach: int
    looked_at: int
    concerned: int

    @property
    def is_whole(self) -> bool:
        return self.looked_at == self.concerned


def effect_of(policy: SlaPolicy) -> Effect:
    """Judge the open tickets it concerns: those under it now and those that meet its conditions."""
    draft = compiled(policy)
    policies = with_draft(draft, policy)
    ids = list(_concerned(policy, draft).values_list("pk", flat=True))
    until = time.monotonic() + PATIENCE
    counts, looked_at = [0, 0, 0], 0
    for batch in _spread(ids):
        counts = [a + b for a, b in zip(counts, _counted(batch, policies), strict=True)]
        looked_at += len(batch)
        if time.monotonic() >= until:
            break
    changed, over, newly = (round(n * len(ids) / max(looked_at, 1)) for n in counts)
    return Effect(changed, over, newly, looked_at, len(ids))


def _spread(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Batches of which each has old and new tickets in equal parts."""
    number = math.ceil(len(ids) / BATCH)
    return (ids[first::number] for first in range(number))


def _counted(ids: Sequence[int], policies: Sequence[Policy]) -> tuple[int, int, int]:
    """Of these tickets: changed, of those over a target, of those not over any now."""
    changed = over = newly = 0
    tickets = list(
        Ticket.objects.filter(pk__in=ids)
        .select_related("requester", "organization").order_by("pk")
    )  # fmt: skip
    before, were_over = _promises_of(tickets)
    for books in judged(tickets, policies):
        pk = books.ticket.pk
        if _promises_in(books) != before.get(pk, set()):
            changed += 1
            is_over = _is_over(books)
            over += is_over
            newly += is_over and pk not in were_over
    return changed, over, newly


def with_draft(draft: Policy | None, row: SlaPolicy) -> list[Policy]:
    """All active policies in order, the draft in the place of the one it changes."""
    rows = list(SlaPolicy.objects.filter(is_active=True).exclude(pk=row.pk))
    if row.is_active and draft:
        rows.append(row)
    rows.sort(key=lambda each: (each.position, each.pk or 0))
    return [made for each in rows if (made := compiled(each))]


def _concerned(row: SlaPolicy, draft: Policy | None) -> QuerySet[Ticket]:
    under = Q(pk__in=SlaState.objects.filter(policy_id=row.pk or 0).values("ticket_id"))
    meets = as_q(draft.conditions, CLOCKWORK) if draft else Q(pk__in=[])
    return Ticket.objects.existing().unsolved().filter(under | meets).order_by("pk")


def _promises_of(tickets: Sequence[Ticket]) -> tuple[dict[int, Promises], set[int]]:
    promises: dict[int, Promises] = {}
    over: set[int] = set()
    now = clock.now()
    rows = SlaClock.objects.filter(ticket__in=tickets).exclude(status=ClockStatus.FULFILLED)
    for row in rows:
        promises.setdefault(row.ticket_id, set()).add(_promise(row))
        if row.breach_at and row.breach_at <= now:
            over.add(row.ticket_id)
    return promises, over


def _promises_in(books: Books) -> Promises:
    active = (each for each in books.clocks.values() if each.status != ClockStatus.FULFILLED)
    return {_promise(each) for each in active}


def _promise(row: SlaClock) -> tuple[str, int, bool]:
    return row.metric, row.target_seconds, row.is_business


def _is_over(books: Books) -> bool:
    at = books.next_breach_at
    return at is not None and at <= clock.now()
