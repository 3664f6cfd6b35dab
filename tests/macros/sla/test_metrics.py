"""The table of domain-standards.md §4, row by row."""

from __future__ import annotations

import pytest

from macros.models import SlaState
from tests.factories import as_actor, make_ticket
from tests.macros.sla.conftest import make_policy, minutes, target


def test_first_reply_runs_until_the_first_public_comment_of_an_agent(desk):
    make_policy(target("first_reply_time", 60))
    desk.open()
    desk.answers(10, is_public=False)
    desk.asks(15)
    desk.sets(20, status="pending")
    assert desk.clock("first_reply_time").status == "running"
    desk.answers(30)
    assert desk.log("first_reply_time") == [
        ("activate", 0), ("apply_sla", 0), ("fulfill", 30), ("update_status", 30),
    ]  # fmt: skip
    found = desk.clock("first_reply_time")
    assert (found.status, found.breached_at, found.due_at) == ("fulfilled", None, None)
    assert found.elapsed_seconds == 30 * 60


def test_next_reply_runs_from_the_oldest_unanswered_message_after_the_first_reply(desk):
    make_policy(target("next_reply_time", 60))
    desk.open()
    desk.asks(5)
    desk.answers(10)
    desk.asks(20)
    desk.asks(25)
    assert minutes(desk.clock("next_reply_time").breach_at) == 80
    desk.answers(40)
    desk.asks(50)
    assert desk.log("next_reply_time") == [
        ("activate", 20), ("apply_sla", 20), ("fulfill", 40), ("update_status", 40),
        ("activate", 50), ("apply_sla", 50),
    ]  # fmt: skip
    assert desk.clock("next_reply_time").instance == 2


def test_a_periodic_update_runs_from_each_public_comment_to_the_next_until_solved(desk):
    make_policy(target("periodic_update_time", 60))
    desk.open()
    desk.answers(10, status="pending")
    desk.answers(30)
    assert minutes(desk.clock("periodic_update_time").breach_at) == 90
    desk.sets(45, status="solved")
    assert desk.log("periodic_update_time") == [
        ("activate", 10), ("apply_sla", 10), ("fulfill", 30), ("activate", 30), ("apply_sla", 30),
        ("fulfill", 45), ("update_status", 45),
    ]  # fmt: skip


def test_a_pausable_update_waits_while_the_customer_is_asked(desk):
    make_policy(target("pausable_update_time", 60))
    desk.open()
    desk.answers(0, status="pending")
    assert desk.clock("pausable_update_time").status == "paused"
    desk.asks(100)
    assert minutes(desk.clock("pausable_update_time").breach_at) == 160
    desk.sets(110, status="hold")
    assert minutes(desk.clock("pausable_update_time").breach_at) == 160
    desk.answers(120)
    assert minutes(desk.clock("pausable_update_time").breach_at) == 180


@pytest.mark.parametrize(
    ("metric", "running"),
    [
        ("requester_wait_time", {"new", "open", "hold"}),
        ("agent_work_time", {"new", "open"}),
        ("total_resolution_time", {"new", "open", "pending", "hold"}),
    ],
)
def test_whole_life_metrics_run_in_their_statuses(desk, metric, running):
    make_policy(target(metric, 600))
    desk.open()
    assert desk.clock(metric).status == "running"
    spent = 10
    for minute, status, after in ((10, "pending", 20), (20, "hold", 30), (30, "open", 40)):
        desk.sets(minute, status=status)
        assert (desk.clock(metric).status == "running") == (status in running)
        spent += (after - minute) * (status in running)
    desk.sets(40, status="solved")
    found = desk.clock(metric)
    assert (found.status, found.elapsed_seconds) == ("fulfilled", spent * 60)


def test_a_reopened_ticket_goes_on_where_it_stopped(desk):
    make_policy(target("total_resolution_time", 60))
    desk.open()
    desk.sets(50, status="solved")
    desk.asks(500)
    found = desk.clock("total_resolution_time")
    assert (found.instance, minutes(found.breach_at)) == (2, 510)


def test_business_hours_leave_nights_out(desk, office_hours):
    make_policy(target("first_reply_time", 60, business=True))
    desk.open(8 * 60 - 20)  # 16:40
    assert minutes(desk.clock("first_reply_time").breach_at) == 24 * 60 + 40
    assert desk.ticket.sla_next_breach_at == desk.clock("first_reply_time").breach_at


def test_another_priority_compares_its_target_with_the_time_that_has_passed(desk):
    make_policy(target("first_reply_time", 240), target("first_reply_time", 60, "urgent"))
    desk.open()
    desk.sets(40, priority="urgent")
    found = desk.clock("first_reply_time")
    assert (minutes(found.breach_at), minutes(found.started_at)) == (60, 0)
    desk.sets(50, priority="low")
    assert not desk.ticket.sla_clocks.exists()
    desk.ticket.refresh_from_db()
    assert desk.ticket.sla_next_breach_at is None


def test_a_ticket_that_an_agent_opens_waits_for_no_first_reply(desk, alice, carol):
    make_policy(target("first_reply_time", 60), target("next_reply_time", 30))
    with desk.at(0):
        desk.ticket = make_ticket(requester=carol, actor=as_actor(alice), author=alice)
    assert not desk.ticket.sla_clocks.exists()
    desk.asks(10)
    assert minutes(desk.clock("next_reply_time").breach_at) == 40


def test_switches_change_what_starts_and_ends(desk, alice, carol):
    switches = {"first_reply_on_agent_message": True, "internal_notes_update": True}
    make_policy(
        target("first_reply_time", 60), target("periodic_update_time", 60), settings=switches
    )
    with desk.at(0):
        desk.ticket = make_ticket(requester=carol, actor=as_actor(alice), author=alice)
    assert desk.clock("first_reply_time").status == "running"
    desk.answers(20, is_public=False)
    assert minutes(desk.clock("periodic_update_time").breach_at) == 80
    desk.answers(30)
    assert desk.clock("first_reply_time").status == "fulfilled"


def test_a_desk_without_policies_keeps_nothing(desk):
    desk.open()
    desk.answers(5)
    assert not SlaState.objects.exists()
