"""rehearse: a draft of a rule replayed over 10,000 updates of the past, in one process."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks.house import House
from benchmarks.result import Result, timed
from benchmarks.vocabulary import WORDS, sentence

UPDATES = 10_000
_TICKETS = 5_000  # each has an answer as well: the updates that are replayed
_BATCH = 200


def rehearse(house: House) -> Iterator[Result]:
    """A trigger that fires often and sends mail, an automation and an SLA policy.

    Times are from the question to the answer, as the
    worker takes it; promise: less than a minute.
    """
    actor = _lead()
    _fill(actor)
    for name, draft, what in _drafts():
        began, cpu = time.perf_counter(), time.process_time()
        row = _rehearsed(actor, draft)
        seconds, busy = time.perf_counter() - began, time.process_time() - cpu
        fired = row.result["counts"].get("fired", row.result["counts"].get("broken", 0))
        yield timed(
            f"rehearse_{name}", [seconds],
            f"{what}: {row.total:,} replayed, {fired:,} hits, {busy:.1f} s of CPU; promise: < 60 s",
        )  # fmt: skip


def _fill(agent: Any) -> None:
    """Tickets of the last two days, each opened by a customer and answered by an agent."""
    rng = random.Random(10)
    for _ in range(0, _TICKETS, _BATCH):
        _make_batch(agent, rng)


def _make_batch(agent: Any, rng: random.Random) -> None:
    from accounts.actions import find_or_create_customers
    from accounts.actor import system_actor
    from core import clock
    from tickets.actions import create_tickets, update_ticket
    from tickets.drafts import CommentDraft, TicketChanges, TicketDraft

    instant = clock.now() - timedelta(minutes=rng.randrange(200, 2_800))
    emails = [f"customer{rng.randrange(5_000)}@customers.example" for _ in range(_BATCH)]
    people = find_or_create_customers(names_by_email={e: e.split("@")[0] for e in emails})
    with clock.frozen(instant):
        drafts = [
            TicketDraft(
                subject=sentence(rng, 6), requester_id=people[email].pk, channel="email",
                tags=tuple(rng.sample(WORDS[:200], 2)), priority=rng.choice(["", "normal", "high"]),
                is_silent=True, comment=CommentDraft(
                    author_id=people[email].pk, body=sentence(rng, rng.randrange(40, 150)),
                    channel="email",
                ),
            )
            for email in emails
        ]  # fmt: skip
        tickets = create_tickets(actor=system_actor("Benchmark", channel="email"), drafts=drafts)
    with clock.frozen(instant + timedelta(minutes=rng.randrange(10, 180))):
        for ticket in tickets:
            update_ticket(
                actor=agent, ticket_id=ticket.pk, is_silent=True,
                changes=TicketChanges(status=rng.choice(["pending", "open"])),
                comment=CommentDraft(author_id=agent.user_id, body=sentence(rng, 60)),
            )  # fmt: skip


def _rehearsed(actor: Any, draft: Any) -> Any:
    """In one transaction, so that the house's own worker does not see it and lend a hand."""
    from django.db import transaction

    from macros.actions.rehearsals import Stretch, begin_rehearsal, rehearse_some

    with transaction.atomic():
        row = begin_rehearsal(actor=actor, draft=draft, stretch=Stretch(updates=UPDATES))
        while rehearse_some():
            pass
    row.refresh_from_db()
    assert row.finished_at, row.error
    assert not row.error, row.error
    return row


def _lead() -> Any:
    from accounts.actions import add_to_group, create_group, create_user
    from accounts.actor import actor_for, system_actor
    from accounts.models import Group, User

    setup = system_actor("Benchmark")
    email = "rehearsing@example.com"
    user = User.objects.filter(email=email).first() or create_user(
        actor=setup, name="Lena Rehearsing", email=email, role="lead"
    )
    group = Group.objects.first() or create_group(actor=setup, name="Support")
    add_to_group(actor=setup, user=user, group=group)
    return actor_for(user)


def _drafts() -> Iterator[tuple[str, Any, str]]:
    from macros.actions import AutomationDraft, SlaPolicyDraft, TriggerDraft

    mail = {
        "who": "requester", "subject": "About {{ticket.title}}",
        "body": "Dear {{ticket.requester.name}}, we have it: {{ticket.latest_public_comment}}",
    }  # fmt: skip
    effects: list[dict[str, Any]] = [
        {"field": "priority", "value": "high"}, {"field": "current_tags", "value": ["a"]},
        {"field": "notification_user", "value": mail},
    ]  # fmt: skip
    often = {
        "all": [_one("status", "less_than", "closed")],
        "any": [_one("comment_is_public", "is", "public"), _one("priority", "is", "high")],
    }
    yield "trigger", TriggerDraft(title="Often", conditions=often, effects=effects), "fires often"
    late = {"all": [_one("PENDING", "is", 4)]}
    yield "automation", AutomationDraft(title="Late", conditions=late, effects=effects), "by time"
    targets = [
        {"priority": priority, "metric": metric, "target": 120, "business_hours": True}
        for priority in ("", "normal", "high")
        for metric in ("first_reply_time", "next_reply_time", "requester_wait_time")
    ]
    yield "policy", SlaPolicyDraft(title="Soon", conditions={}, targets=targets), "9 targets"


def _one(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}
