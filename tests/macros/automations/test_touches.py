"""A tick reads and writes what is due and nothing else, however many tickets there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from macros.actions import sweep_automations
from macros.actions.automation_runs import tick_automations
from macros.models import AutomationDue
from tests.factories import make_ticket
from tickets.models import Ticket

pytestmark = pytest.mark.django_db

T0 = datetime(2026, 3, 2, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD = {"field": "NEW", "operator": "greater_than", "value": 24}
TAG = {"field": "current_tags", "value": ["told"]}
NOT_TAGGED = {"field": "current_tags", "operator": "not_includes", "value": ["told"]}


def test_only_the_tickets_that_are_due_are_touched(carol, automate):
    automate([OLD, NOT_TAGGED], [TAG])
    with clock.frozen(T0):
        due = [make_ticket(requester=carol) for _ in range(3)]
    with clock.frozen(T0 + HOUR):
        others = [make_ticket(requester=carol) for _ in range(8)]
        sweep_automations()
    before = dict(Ticket.objects.values_list("pk", "generated_at"))
    with clock.frozen(T0 + 24 * HOUR), CaptureQueriesContext(connection) as queries:
        assert tick_automations() == 3
    touched = {
        pk for pk, at in Ticket.objects.values_list("pk", "generated_at") if at != before[pk]
    }
    assert touched == {ticket.pk for ticket in due}
    assert AutomationDue.objects.filter(ticket__in=others, runs=0).count() == len(others)
    reads = [q["sql"] for q in queries if q["sql"].startswith("SELECT")]
    tickets_read = [sql for sql in reads if 'FROM "tickets_ticket"' in sql and "WHERE" in sql]
    assert all('"tickets_ticket"."id" =' in sql or "IN (" in sql for sql in tickets_read)


def test_a_tick_with_nothing_due_is_one_query(carol, automate, django_assert_num_queries):
    automate([OLD, NOT_TAGGED], [TAG])
    with clock.frozen(T0):
        make_ticket(requester=carol)
        sweep_automations()
    with clock.frozen(T0 + HOUR), django_assert_num_queries(1):
        assert tick_automations() == 0
