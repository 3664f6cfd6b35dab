"""Warnings and breaches are noted when they are due, on what is due alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from macros.actions import TriggerDraft, create_trigger, tick_sla
from macros.models import MetricEvent, SlaClock
from tests.factories import SETUP, make_ticket
from tests.macros.sla.conftest import make_policy, minutes, target
from tickets.models import AuditEvent, Ticket


def test_a_breach_is_noted_by_the_first_tick_after_it(desk):
    policy = make_policy(target("first_reply_time", 60))
    desk.open()
    with desk.at(59.9):
        assert tick_sla() == 0
    with desk.at(60.2):
        assert tick_sla() == 1
        assert tick_sla() == 0
    assert ("breach", 60) in desk.log("first_reply_time")
    event = AuditEvent.objects.get(audit__ticket=desk.ticket, type="SlaBreach")
    assert event.field_name == "first_reply_time"
    assert event.cause == {
        "kind": "sla_policy", "id": policy.pk, "title": "Standard", "revision": 1,
    }  # fmt: skip
    desk.ticket.refresh_from_db()
    assert minutes(desk.ticket.sla_next_breach_at) == 60
    assert desk.clock("first_reply_time").due_at is None


def test_warnings_come_at_their_fractions_once(desk):
    make_policy(target("first_reply_time", 100), warnings=(0.5, 0.75))
    desk.open()
    for minute in (49, 51, 60, 76, 90):
        with desk.at(minute):
            tick_sla()
    warned = MetricEvent.objects.filter(type="warn").order_by("id")
    assert [(minutes(row.time), row.details["fraction"]) for row in warned] == [
        (51, 0.5), (76, 0.75),
    ]  # fmt: skip


def test_a_breach_that_no_tick_saw_is_logged_by_the_answer(desk):
    make_policy(target("first_reply_time", 60))
    desk.open()
    desk.answers(90)
    assert [each for each in desk.log("first_reply_time") if each[0] == "breach"] == [
        ("breach", 60)
    ]  # fmt: skip


@pytest.mark.parametrize(("what", "minute"), [("warning", 31), ("breach", 61)])
def test_triggers_can_act_on_what_the_clocks_say(desk, what, minute):
    make_policy(target("first_reply_time", 60), warnings=(0.5,))
    condition = {"field": "sla_event", "operator": "is", "value": what}
    effects = [{"field": "priority", "value": "urgent"}]
    create_trigger(
        actor=SETUP,
        draft=TriggerDraft(title="Hurry", conditions={"all": [condition]}, effects=effects),
    )
    desk.open()
    for each in (10, 31, 61):
        if each <= minute:
            with desk.at(each):
                tick_sla()
    assert Ticket.objects.get(pk=desk.ticket.pk).priority == "urgent"


def test_a_tick_touches_only_what_is_due(desk, carol):
    make_policy(target("first_reply_time", 60))
    with desk.at(0):
        due = make_ticket(requester=carol)
    with desk.at(30):
        for _ in range(20):
            make_ticket(requester=carol)
    before = dict(Ticket.objects.values_list("pk", "version"))
    with (
        desk.at(61),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        assert tick_sla() == 1
    after = dict(Ticket.objects.values_list("pk", "version"))
    assert [pk for pk in before if before[pk] != after[pk]] == [due.pk]
    with desk.at(62), CaptureQueriesContext(connection) as idle:
        assert tick_sla() == 0
    assert len(idle) == 1
    assert len(queries) < 60


def test_due_clocks_are_found_by_their_index_alone(desk):
    """Of 10,000 running clocks the tick reads the due ones, and no row of the table besides."""
    make_policy(target("first_reply_time", 60))
    desk.open()
    first = desk.clock("first_reply_time")
    tickets = [Ticket(**_likeness(desk.ticket)) for _ in range(9_999)]
    Ticket.objects.bulk_create(tickets)
    likeness = _likeness(first)
    SlaClock.objects.bulk_create(
        SlaClock(**{**likeness, "ticket_id": ticket.pk, "due_at": first.due_at + timedelta(days=1)})
        for ticket in tickets
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE macros_slaclock")
    with desk.at(61), CaptureQueriesContext(connection) as queries:
        assert tick_sla() == 1
    asked = queries[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {asked}")
        plan = cursor.fetchone()[0][0]["Plan"]
    scan = plan["Plans"][0]
    assert scan["Index Name"] == "sla_clock_due"
    assert "due_at" in scan["Index Cond"]
    assert scan["Actual Rows"] + scan.get("Rows Removed by Filter", 0) <= 1
    touched = [each["sql"] for each in queries if "macros_slaclock" in each["sql"]][1:]
    assert touched
    assert all(str(desk.ticket.pk) in sql or str(first.pk) in sql for sql in touched)


def _likeness(row) -> dict:
    """The columns of a row, without its key and what has to be its own."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.attname != "key"
    }


def test_twenty_due_tickets_cost_as_many_queries_as_two(desk, carol):
    make_policy(target("first_reply_time", 60))

    def cost(number: int, minute: int) -> int:
        with desk.at(minute):
            for _ in range(number):
                make_ticket(requester=carol)
        with desk.at(minute + 61), CaptureQueriesContext(connection) as queries:
            assert tick_sla() == number
        return len(queries)

    cost(2, 0)
    assert cost(2, 100) == cost(20, 200)


def test_one_ticket_that_fails_does_not_hold_up_the_others(desk, carol, monkeypatch):
    make_policy(target("first_reply_time", 60))
    with desk.at(0):
        bad, good = make_ticket(requester=carol), make_ticket(requester=carol)
    from macros.actions import sla_ticks

    whole = sla_ticks.note_on_tickets

    def failing(*, noted):
        if any(each.ticket.pk == bad.pk for each in noted):
            raise ValueError("a broken rule")
        return whole(noted=noted)

    monkeypatch.setattr(sla_ticks, "note_on_tickets", failing)
    with desk.at(61):
        assert tick_sla() == 1
    assert SlaClock.objects.get(ticket=good).breached_at is not None
    assert minutes(SlaClock.objects.get(ticket=bad).due_at) == 66


def test_new_tickets_of_a_batch_cost_the_same_number_of_queries(desk, carol):
    from accounts.actor import system_actor
    from tickets.actions import create_tickets
    from tickets.drafts import CommentDraft, TicketDraft

    make_policy(target("first_reply_time", 60))

    def cost(number: int) -> int:
        draft = TicketDraft(
            subject="x", requester_id=carol.pk, channel="email",
            comment=CommentDraft(author_id=carol.pk, body="y", channel="email"),
        )  # fmt: skip
        with desk.at(0), CaptureQueriesContext(connection) as queries:
            create_tickets(actor=system_actor("mail"), drafts=[draft] * number)
        return len(queries)

    cost(1)
    assert cost(2) == cost(12)


def test_a_promise_of_seconds_is_broken_to_the_second(desk):
    seconds = {"priority": "", "metric": "first_reply_time", "target_in_seconds": 40}
    policy = make_policy(seconds)
    assert policy.targets == [
        {"priority": "", "metric": "first_reply_time", "target": 1, "target_in_seconds": 40,
         "business_hours": False},
    ]  # fmt: skip
    desk.open()
    with desk.at(39 / 60):
        assert tick_sla() == 0
    with desk.at(41 / 60):
        assert tick_sla() == 1
    clock = desk.clock("first_reply_time")
    assert clock.target_seconds == 40
    assert (clock.breach_at - clock.started_at).total_seconds() == 40
