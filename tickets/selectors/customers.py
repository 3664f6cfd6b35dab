"""What an actor may know of a customer from their tickets."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.actor import Actor
from accounts.models import User
from tickets import policies
from tickets.models import Score


@dataclass(frozen=True, slots=True)
class CustomerFigures:
    """Over all of the customer's tickets that the actor may see."""

    tickets: int
    good: int
    bad: int


def figures_of(requester: User, actor: Actor) -> CustomerFigures:
    """How many tickets the customer opened and how they rated the answers: one query."""
    good = Q(satisfaction__in=[Score.GOOD, Score.GOOD_WITH_COMMENT])
    bad = Q(satisfaction__in=[Score.BAD, Score.BAD_WITH_COMMENT])
    counts = (
        policies.visible_tickets(actor)
        .filter(requester=requester)
        .aggregate(tickets=Count("pk"), good=Count("pk", good), bad=Count("pk", bad))
    )
    return CustomerFigures(**counts)
