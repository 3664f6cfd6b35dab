"""rehearse: a draft of a rule replayed over 10,000 updates of the past, in one process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from benchmarks.desk import fill
from benchmarks.house import House
from benchmarks.result import Result, timed

UPDATES = 10_000


def rehearse(house: House) -> Iterator[Result]:
    """A trigger that fires often and sends mail, an automation and an SLA policy.

    The tickets are those of benchmarks.desk. Times are from the question to the answer, as the
    worker takes it; promise: less than a minute.
    """
    fill()
    actor = _lead()
    for name, draft, what in _drafts():
        began, cpu = time.perf_counter(), time.process_time()
        row = _rehearsed(actor, draft)
        seconds, busy = time.perf_counter() - began, time.process_time() - cpu
        fired = row.result["counts"].get("fired", row.result["counts"].get("broken", 0))
        yield timed(
            f"rehearse_{name}", [seconds],
            f"{what}: {row.total:,} replayed, {fired:,} hits, {busy:.1f} s of CPU (promise: < 60 s)",
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
    assert row.finished_at and not row.error, row.error
    return row


def _lead() -> Any:
    from accounts.actions import create_user
    from accounts.actor import actor_for, system_actor
    from accounts.models import User

    email = "rehearsing@example.com"
    user = User.objects.filter(email=email).first() or create_user(
        actor=system_actor("Benchmark"), name="Lena Rehearsing", email=email, role="lead"
    )
    return actor_for(user)


def _drafts() -> Iterator[tuple[str, Any, str]]:
    from macros.actions import AutomationDraft, SlaPolicyDraft, TriggerDraft

    mail = {
        "who": "requester",
        "subject": "About {{ticket.title}}",
        "body": "Dear {{ticket.requester.name}}, we have it: {{ticket.latest_public_comment}}",
    }
    effects = [{"field": "priority", "value": "high"}, {"field": "current_tags", "value": ["a"]},
               {"field": "notification_user", "value": mail}]  # fmt: skip
    often = {
        "all": [_one("status", "less_than", "closed")],
        "any": [_one("comment_is_public", "is", "public"), _one("priority", "is", "high")],
    }
    yield "trigger", TriggerDraft(title="Often", conditions=often, effects=effects), "fires often"
    late = {"all": [_one("PENDING", "is", 24)]}
    yield "automation", AutomationDraft(title="Late", conditions=late, effects=effects), "by time"
    targets = [
        {"priority": priority, "metric": metric, "target": 120, "business_hours": True}
        for priority in ("", "normal", "high")
        for metric in ("first_reply_time", "next_reply_time", "requester_wait_time")
    ]
    yield "policy", SlaPolicyDraft(title="Soon", conditions={}, targets=targets), "9 targets"


def _one(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}
