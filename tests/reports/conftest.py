from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from accounts.actor import system_actor
from accounts.models import Group, User
from reports.models import TicketFact
from tickets.actions import create_tickets
from tickets.drafts import CommentDraft, TicketDraft

CHANNELS = ["email", "web", "chat", "phone"]


@pytest.fixture
def random_facts(carol: User, support: Group, billing: Group) -> Callable[..., list[TicketFact]]:
    """`random_facts(300, seed=1)`: facts over a bit more than half a year that ends in May 2026."""

    def make(count: int, *, seed: int) -> list[TicketFact]:
        dice = random.Random(seed)
        tickets = create_tickets(
            actor=system_actor("tests"),
            drafts=[
                TicketDraft(
                    subject=f"Matter {number}", requester_id=carol.pk, is_silent=True,
                    comment=CommentDraft(author_id=carol.pk, body="Hello"),
                )
                for number in range(count)
            ],
        )  # fmt: skip
        facts = list(TicketFact.objects.filter(pk__in=[ticket.pk for ticket in tickets]))
        groups = [None, support.pk, billing.pk]
        for fact in facts:
            _roll(fact, dice, groups)
        TicketFact.objects.filter(pk__in=[fact.pk for fact in facts]).delete()
        TicketFact.objects.bulk_create(facts)
        return facts

    return make


def _roll(fact: TicketFact, dice: random.Random, groups: list[int | None]) -> None:
    end = datetime(2026, 5, 10, tzinfo=UTC)
    fact.created_at = end - timedelta(seconds=dice.randrange(200 * 86_400))
    fact.channel, fact.group_id = dice.choice(CHANNELS), dice.choice(groups)
    fact.is_deleted, fact.reopens = dice.random() < 0.1, dice.choice([0, 0, 0, 1, 2])
    if dice.random() < 0.8:
        fact.first_reply_seconds = dice.randrange(200_000)
        fact.first_reply_at = fact.created_at + timedelta(seconds=fact.first_reply_seconds)
    if dice.random() < 0.8:
        fact.first_resolution_seconds = int(2 ** (dice.random() * 21))
        fact.first_solved_at = fact.created_at + timedelta(seconds=fact.first_resolution_seconds)
        if dice.random() < 0.9:
            fact.full_resolution_seconds = fact.first_resolution_seconds + dice.randrange(9_000)
            fact.solved_at = fact.created_at + timedelta(seconds=fact.full_resolution_seconds)
