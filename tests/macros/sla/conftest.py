from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from macros.actions import SlaPolicyDraft, create_sla_policy, recount_some
from macros.models import MetricEvent, SlaClock, SlaPolicy
from macros.sla.policies import kept_policies
from tests.factories import SETUP, as_actor, make_ticket
from tickets.actions import ScheduleDraft, save_schedule, update_ticket
from tickets.conditions.business import forget_schedules
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Ticket

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
WEEKDAYS = [(day * 1440 + 9 * 60, day * 1440 + 17 * 60) for day in range(1, 6)]


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    kept_policies.forget()
    forget_schedules()
    yield
    kept_policies.forget()
    forget_schedules()


@pytest.fixture
def office_hours(db):
    draft = ScheduleDraft(name="Office", time_zone="UTC", intervals=WEEKDAYS)
    made = save_schedule(actor=SETUP, draft=draft)
    forget_schedules()
    return made


def target(metric: str, minutes: int, priority: str = "", *, business: bool = False) -> dict:
    return {"priority": priority, "metric": metric, "target": minutes, "business_hours": business}


def make_policy(*targets: dict, title: str = "Standard", **draft) -> SlaPolicy:
    """An active policy for all tickets, unless `conditions` say otherwise."""
    draft = {"conditions": {"all": []}, "warnings": (), **draft}
    policy = create_sla_policy(
        actor=SETUP, draft=SlaPolicyDraft(title=title, targets=targets, **draft)
    )
    return policy


class Desk:
    """A ticket told in minutes from Monday, 9:00 UTC."""

    def __init__(self, alice, carol) -> None:
        self.alice, self.carol = alice, carol
        self.ticket: Ticket | None = None

    def open(self, minute: float = 0, **draft) -> Ticket:
        with self.at(minute):
            self.ticket = make_ticket(requester=self.carol, **draft)
        return self.ticket

    def at(self, minute: float):
        return clock.frozen(MONDAY + timedelta(minutes=minute))

    def asks(self, minute: float, **changes) -> None:
        actor = as_actor(self.carol, channel="email")
        self._submit(minute, actor, self.carol, True, changes)

    def answers(self, minute: float, *, is_public: bool = True, **changes) -> None:
        actor = as_actor(self.alice, channel="email")
        self._submit(minute, actor, self.alice, is_public, changes)

    def sets(self, minute: float, **changes) -> None:
        with self.at(minute):
            update_ticket(
                actor=as_actor(self.alice), ticket_id=self.ticket.pk,
                changes=TicketChanges(**changes),
            )  # fmt: skip

    def _submit(self, minute, actor, author, is_public, changes) -> None:
        with self.at(minute):
            update_ticket(
                actor=actor, ticket_id=self.ticket.pk, changes=TicketChanges(**changes),
                comment=CommentDraft(author_id=author.pk, body="Words.", is_public=is_public),
            )  # fmt: skip

    def clock(self, metric: str) -> SlaClock:
        return SlaClock.objects.get(ticket=self.ticket, metric=metric)

    def log(self, metric: str) -> list[tuple[str, float]]:
        """Types and minutes of a metric's events, in the order in which they were written."""
        rows = MetricEvent.objects.filter(ticket=self.ticket, metric=metric).order_by("id")
        return [(row.type, minutes(row.time)) for row in rows]


def minutes(at: datetime | None) -> float | None:
    """Minutes since Monday, 9:00 UTC."""
    return None if at is None else (at - MONDAY).total_seconds() / 60


def recount_all() -> None:
    while recount_some():
        pass


@pytest.fixture
def desk(alice, carol) -> Desk:
    return Desk(alice, carol)
