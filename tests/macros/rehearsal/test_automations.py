"""The moments at which an automation ran are found; a draft runs as often as it would have."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from macros.actions import AutomationDraft, create_automation
from macros.actions.automation_runs import tick_automations
from macros.actions.rehearsals import begin_rehearsal, rehearse_some
from macros.models import AutomationDue, Rehearsal
from tests.factories import SETUP, as_actor, make_ticket
from tests.macros.rehearsal.stories import MONDAY
from tests.macros.rules import condition, effect, submit
from tickets.models import Audit

REMIND = AutomationDraft(
    title="Remind", conditions={"all": [condition("PENDING", "is", 24)]},
    effects=[effect("current_tags", "reminded")],
)  # fmt: skip


def hour(number: float):
    return clock.frozen(MONDAY + timedelta(hours=number))


def rehearsed(lead, draft: AutomationDraft, **more) -> Rehearsal:
    row = begin_rehearsal(actor=as_actor(lead), draft=draft, **more)
    while rehearse_some():
        pass
    row.refresh_from_db()
    assert not row.error
    return row


@pytest.fixture
def pending(alice, carol):
    """Pending from 0 to 30, solved, pending again from 40 on."""
    with hour(-1):
        ticket = make_ticket(requester=carol)
    for at, status in ((0, "pending"), (30, "solved"), (40, "pending")):
        with hour(at):
            submit(ticket, alice, status=status)
    return ticket


def test_it_would_have_run_each_time_its_conditions_began_to_hold(pending, lead):
    with hour(100):
        row = rehearsed(lead, REMIND)
    assert (row.total, row.done) == (1, 1)
    assert (row.result["counts"]["fired"], row.result["counts"]["tickets"]) == (2, 1)
    assert row.result["counts"]["change:tags"] == 2
    with hour(24):
        assert row.result["examples"][0]["at"] == clock.now().isoformat()
    assert row.result["examples"][0]["changes"] == [["tags", [], ["reminded"]]]


def test_only_moments_in_the_time_that_is_replayed_count(pending, lead, alice):
    with hour(60):
        submit(pending, alice, "Another word.", is_public=False)
    with hour(100):
        first = Audit.objects.earliest("id").pk
        row = begin_rehearsal(actor=as_actor(lead), draft=REMIND)
        assert row.first_audit_id == first
        Rehearsal.objects.filter(pk=row.pk).update(since=MONDAY + timedelta(hours=50))
        while rehearse_some():
            pass
    row.refresh_from_db()
    assert row.result["counts"]["fired"] == 1


def test_an_automation_that_ran_is_found_at_the_moment_at_which_it_ran(alice, carol, lead):
    automation = create_automation(actor=SETUP, draft=REMIND)
    with hour(-1):
        ticket = make_ticket(requester=carol)
    with hour(0):
        submit(ticket, alice, status="pending")
    due = AutomationDue.objects.get(automation=automation, ticket=ticket)
    with clock.frozen(due.due_at):
        assert tick_automations() == 1
    ran = Audit.objects.filter(ticket=ticket).latest("id")
    assert ran.cause["id"] == automation.pk

    with hour(100):
        row = rehearsed(lead, REMIND, rule_id=automation.pk)
    assert [each["at"] for each in row.result["examples"]] == [ran.created_at.isoformat()]
    assert row.result["counts"]["fired"] == 1


def test_closed_tickets_are_left_alone(alice, carol, lead):
    with hour(0):
        ticket = make_ticket(requester=carol)
        submit(ticket, alice, status="pending")
    with hour(3):
        submit(ticket, alice, status="solved")
    closing = AutomationDraft(
        title="Late", conditions={"all": [condition("SOLVED", "greater_than", 10)]},
        effects=[effect("status", "closed")],
    )  # fmt: skip
    with hour(12):
        assert "fired" not in rehearsed(lead, closing).result["counts"]
    with hour(14):
        row = rehearsed(lead, closing)
    assert row.result["counts"]["fired"] == 1
    assert row.result["examples"][0]["changes"] == [["status", "solved", "closed"]]


def test_one_that_never_ends_is_called_out(pending, lead):
    endless = AutomationDraft(
        title="Endless", conditions={"all": [condition("created_hours_ago", "greater_than", 2)]},
        effects=[effect("current_tags", "old")],
    )  # fmt: skip
    with hour(100):
        row = rehearsed(lead, endless)
    assert row.result["loops"]["endless"]["kind"] == "endless"
    assert row.result["counts"]["fired"] == 1
