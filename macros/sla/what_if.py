"""What a policy that is being edited would do to open tickets, before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
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
LIMIT = 20_000  # tickets looked at, so that the answer comes while somebody waits

# The active targets of a ticket: (metric, seconds, in business hours).
Promises = set[tuple[str, int, bool]]


@dataclass(frozen=True, slots=True)
class Effect:
    """Open tickets whose targets change, and how many of those would be over their target.

    `newly_in_breach` are not over any target now. With `is_whole` False there are more tickets than
    were looked at.
    """

    changed: int
    in_breach: int
    newly_in_breach: int
    is_whole: bool = True


def effect_of(policy: SlaPolicy) -> Effect:
    """Judge the open tickets it concerns: those under it now and those that meet its conditions."""
    draft = compiled(policy)
    policies = with_draft(draft, policy)
    changed = over = newly = 0
    ids = list(_concerned(policy, draft).values_list("pk", flat=True)[: LIMIT + 1])
    for first in range(0, min(len(ids), LIMIT), BATCH):
        tickets = list(
            Ticket.objects.filter(pk__in=ids[first : first + BATCH])
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
    return Effect(changed, over, newly, is_whole=len(ids) <= LIMIT)


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
