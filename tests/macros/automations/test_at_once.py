"""Two workers, and submits in between: real transactions on two connections."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from core import clock
from macros.actions import sweep_automations
from macros.actions.automation_runs import tick_automations
from macros.models import AutomationDue, RuleKind, RuleRun
from tests.factories import as_actor
from tests.workers import apart, at_once
from tickets.actions import update_ticket
from tickets.drafts import TicketChanges
from tickets.models import Audit, Ticket

pytestmark = pytest.mark.django_db(transaction=True)

T0 = datetime(2026, 3, 2, 11, tzinfo=UTC)
DUE = T0 + timedelta(hours=2)
OLD = {"field": "NEW", "operator": "greater_than", "value": 2}
NOT_TAGGED = {"field": "current_tags", "operator": "not_includes", "value": ["told"]}
TAG = {"field": "current_tags", "value": ["told"]}


def tick():
    with clock.frozen(DUE):
        return tick_automations()


@pytest.fixture
def tickets(make_ticket, automate):
    automate([OLD, NOT_TAGGED], [TAG])
    with clock.frozen(T0):
        made = [make_ticket() for _ in range(6)]
        sweep_automations()
    return made


def test_two_workers_run_each_ticket_once(tickets):
    done = [*at_once(tick, tick), tick()]  # the third does what both had left to each other
    assert sum(done) == len(tickets)
    assert {ticket.version for ticket in Ticket.objects.all()} == {2}
    assert Audit.objects.filter(cause__kind="automation").count() == len(tickets)
    assert RuleRun.objects.filter(kind=RuleKind.AUTOMATION).count() == len(tickets)
    assert set(AutomationDue.objects.values_list("runs", flat=True)) == {1}


def test_a_ticket_being_changed_is_left_to_its_submit(tickets, alice):
    with clock.frozen(DUE), transaction.atomic():
        update_ticket(
            actor=as_actor(alice), ticket_id=tickets[0].pk,
            changes=TicketChanges(status="open", assignee_id=alice.pk),
        )  # fmt: skip
        assert apart(tick) == len(tickets) - 1
    tick()
    tickets[0].refresh_from_db()
    assert tickets[0].tags == []
