from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.actor import Actor
from core import clock
from tickets import policies
from tickets.actions.finish import finish
from tickets.changes import TicketChange
from tickets.errors import NotPermitted, TicketClosed
from tickets.models import Audit, EventType, SatisfactionRating, Score, Status


def offer_rating(*, actor: Actor, ticket_id: int) -> None:
    """Ask the requester how it went. Does nothing when they were asked before."""
    _rate(actor, ticket_id, Score.OFFERED, "")


def offer_within(change: TicketChange, *, cause: dict[str, Any]) -> None:
    """Ask the requester how it went as part of a submit, because of a rule; once a ticket."""
    ticket, now = change.ticket, clock.now()
    if ticket.satisfaction != Score.UNOFFERED:
        return
    SatisfactionRating.objects.get_or_create(
        ticket=ticket, defaults={"score": Score.OFFERED, "created_at": now, "updated_at": now}
    )
    change.add(
        EventType.SATISFACTION, "satisfaction", ticket.satisfaction, Score.OFFERED, cause=cause
    )
    ticket.satisfaction = Score.OFFERED
    ticket.save(update_fields=["satisfaction"])


def rate_ticket(*, actor: Actor, ticket_id: int, is_good: bool, comment: str = "") -> None:
    """The requester's answer; it may be changed until the ticket is closed.

    Raises TicketNotFound, NotPermitted (not the requester), TicketClosed.
    """
    comment = comment.strip()[:10_000]
    if is_good:
        score = Score.GOOD_WITH_COMMENT if comment else Score.GOOD
    else:
        score = Score.BAD_WITH_COMMENT if comment else Score.BAD
    _rate(actor, ticket_id, score, comment)


@transaction.atomic
def _rate(actor: Actor, ticket_id: int, score: Score, comment: str) -> None:
    ticket = policies.lock_visible_ticket(actor, ticket_id)
    if not actor.is_system and ticket.requester_id != actor.user_id:
        raise NotPermitted("Only the person who asked can rate the answer.")
    if ticket.status == Status.CLOSED and not actor.is_system:
        raise TicketClosed(ticket.pk)
    if score == Score.OFFERED and ticket.satisfaction != Score.UNOFFERED:
        return
    now = clock.now()
    SatisfactionRating.objects.update_or_create(
        ticket=ticket, defaults={"score": score, "comment": comment, "updated_at": now},
        create_defaults={
            "score": score, "comment": comment, "created_at": now, "updated_at": now,
        },
    )  # fmt: skip
    audit = Audit.objects.create(
        ticket=ticket, author_id=actor.user_id, channel=actor.channel, cause=actor.cause,
        created_at=now,
    )  # fmt: skip
    change = TicketChange(ticket=ticket, actor=actor, audit=audit)
    change.add(EventType.SATISFACTION, "satisfaction", ticket.satisfaction, score)
    ticket.satisfaction = score
    ticket.version += 1
    ticket.generated_at = now
    ticket.save(update_fields=["satisfaction", "version", "generated_at"])
    finish([change])
