"""Handing out the next ticket of a view: each to one agent at a time, for as long as they hold it.

Two agents who ask at once never get the same: a ticket somebody is just being given is passed over
(SKIP LOCKED), and the database allows one holder a ticket.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from macros.models import ServedOutcome, ServedTicket
from macros.routing.serving import AreBusy, Passed, candidates
from tickets import policies
from tickets.models import View
from tickets.selectors.views import visible_view

HELD_FOR = timedelta(minutes=3)  # after the last sign of life; a page gives one every minute


@dataclass(frozen=True, slots=True)
class Served:
    """The ticket handed out; without one, what there was but not for this agent."""

    number: int | None
    passed: Passed


def nobody_is_busy(_ids: object) -> tuple[int, ...]:
    return ()


@transaction.atomic
def serve_next(
    *, actor: Actor, view_id: int, session: str, are_busy: AreBusy = nobody_is_busy
) -> Served:
    """Hand out the next ticket of a view; what the agent held until now is free again.

    `session`: see ServedTicket. `are_busy` says which of some tickets somebody looks at.

    Raises NotPermitted, TicketNotFound (for the view).
    """
    policies.require(actor, Permission.COMMENT_INTERNALLY)
    view, passed = visible_view(actor, view_id), Passed()
    _expire()
    _held_by(actor).update(outcome=ServedOutcome.LEFT)
    tries = candidates(view, actor, session=session, are_busy=are_busy, passed=passed)
    for number in tries:
        if _hold(actor, number, view, session):
            return Served(number, passed)
    return Served(None, passed)


@transaction.atomic
def keep_serving(*, actor: Actor, number: int, view_id: int, session: str) -> bool:
    """Renew the hold on a ticket, or take it again after a pause; False when somebody else has it.

    Raises TicketNotFound.
    """
    policies.visible_ticket(actor, number)
    view = visible_view(actor, view_id)
    until = clock.now() + HELD_FOR
    if _held_by(actor).filter(ticket_id=number).update(held_until=until):
        return True
    had = ServedTicket.objects.filter(user_id=actor.user_id or 0, ticket_id=number, session=session)
    if not had.exists():
        return False  # only what was handed out can be held
    _expire()
    _held_by(actor).update(outcome=ServedOutcome.LEFT)
    return _hold(actor, number, view, session)


@transaction.atomic
def end_serving(*, actor: Actor, number: int, outcome: ServedOutcome, reason: str = "") -> None:
    """Let go of a ticket: submitted, skipped (with a reason) or left."""
    words = " ".join(reason.split())[:200]
    _held_by(actor).filter(ticket_id=number).update(outcome=outcome, reason=words)


def _held_by(actor: Actor) -> QuerySet[ServedTicket]:
    return ServedTicket.objects.filter(user_id=actor.user_id or 0, outcome=ServedOutcome.HELD)


def _expire() -> None:
    over = ServedTicket.objects.filter(outcome=ServedOutcome.HELD, held_until__lte=clock.now())
    over.update(outcome=ServedOutcome.EXPIRED)


def _hold(actor: Actor, number: int, view: View, session: str) -> bool:
    rows = policies.visible_tickets(actor).filter(pk=number)
    if not rows.select_for_update(of=("self",), no_key=True, skip_locked=True).exists():
        return False
    now = clock.now()
    ServedTicket.objects.bulk_create(
        [
            ServedTicket(
                ticket_id=number, user_id=actor.user_id or 0, view=view, session=session,
                served_at=now, held_until=now + HELD_FOR,
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return _held_by(actor).filter(ticket_id=number).exists()
