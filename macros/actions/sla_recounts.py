"""Judging all open tickets anew, in the background, after policies or business hours changed."""

from __future__ import annotations

from django.db import transaction

from accounts.actor import Actor
from core import clock
from core.nudge import nudge
from macros.actions.automation_moments import plan_moments
from macros.actions.sla_clocks import forget_books, save_books
from macros.models import SlaPolicy, SlaRecount, SlaState
from macros.sla.judging import judged
from macros.sla.policies import CLOCKWORK, active_policies
from tickets.conditions.business import forget_schedules
from tickets.models import Ticket

BATCH = 100
RECOUNT_TASK = "macros.tasks.recount_sla"


@transaction.atomic
def request_recount(*, reason: str, actor: Actor = CLOCKWORK) -> SlaRecount:
    """Begin anew with all open tickets; what a recount before this one has left is in it."""
    now = clock.now()
    SlaRecount.objects.filter(finished_at=None).update(finished_at=now)
    row = SlaRecount.objects.create(
        reason=reason[:200], requested_by_id=actor.user_id, created_at=now,
        total=Ticket.objects.existing().unsolved().count(),
    )  # fmt: skip
    transaction.on_commit(lambda: nudge(RECOUNT_TASK))
    return row


def recount_for_schedules() -> None:
    """Business hours are different: clocks that count in them are, too."""
    forget_schedules()
    if SlaPolicy.objects.filter(is_active=True).exists():
        request_recount(reason="Business hours changed")


@transaction.atomic
def recount_some() -> int:
    """One batch of an unfinished recount; returns how many tickets. A crash costs this batch."""
    unfinished = SlaRecount.objects.filter(finished_at=None).order_by("id")
    row = unfinished.select_for_update(skip_locked=True).first()
    if row is None:
        return 0
    forget_schedules()
    tickets = list(
        Ticket.objects.existing().unsolved().filter(pk__gt=row.last_ticket_id).order_by("pk")
        .select_related("requester", "organization")
        .select_for_update(of=("self",), no_key=True)[:BATCH]
    )  # fmt: skip
    if tickets:
        _recount(tickets)
        row.done, row.last_ticket_id = row.done + len(tickets), tickets[-1].pk
        row.total = max(row.total, row.done)
    else:
        row.total, row.finished_at = row.done, clock.now()
        if not active_policies():
            SlaState.objects.all().delete()
    row.save(update_fields=["done", "total", "last_ticket_id", "finished_at"])
    return len(tickets)


def _recount(tickets: list[Ticket]) -> None:
    books = judged(tickets, active_policies())
    save_books([each for each in books if each.policy_id is not None])
    forget_books([each.ticket for each in books if each.policy_id is None])
    plan_moments(tickets)  # automations may wait for a breach
