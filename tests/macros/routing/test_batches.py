"""Tickets are given out together; one that is refused holds up none of the others."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from macros.actions import route_waiting, routing, set_agent_capacity
from macros.models import AgentTurn, RoutingSetting, WaitingTicket
from tests import factories
from tickets.models import Audit, AuditEvent, Delivery, Ticket

pytestmark = pytest.mark.django_db


def test_twenty_tickets_cost_as_many_queries_as_two(crew, many_tickets, support, routed):
    crew(6)
    routed(support, "round_robin")

    def cost(count: int) -> int:
        many_tickets(count)
        with CaptureQueriesContext(connection) as queries:
            assert route_waiting() == count
        return len(queries)

    cost(6)  # the first turns
    assert cost(2) == cost(20)


def test_each_has_its_own_audit_with_its_own_reason(crew, many_tickets, support, routed):
    ann, ben = crew(2)
    routed(support, "least_loaded")
    tickets = many_tickets(3)
    route_waiting()
    audits = [Audit.objects.filter(ticket=ticket).latest("id") for ticket in tickets]
    assert [audit.cause["why"] for audit in audits] == [
        f"{ann.display_name}: 0 of 20, the least of 2 free",
        f"{ben.display_name}: 0 of 20, the least of 2 free",
        f"{ann.display_name}: 1 of 20, the least of 2 free",
    ]
    changed = [
        list(AuditEvent.objects.filter(audit=audit, type="Change").order_by("id").values_list(
            "field_name", "previous_value", "value"
        ))
        for audit in audits
    ]  # fmt: skip
    assert changed == [
        [("status", "new", "open"), ("assignee_id", None, agent.pk)] for agent in (ann, ben, ann)
    ]
    for ticket in Ticket.objects.all():
        assert (ticket.version, ticket.status, ticket.assignee_stations) == (2, "open", 1)
        assert ticket.assigned_at == ticket.initially_assigned_at == ticket.updated_at
    assert set(Delivery.objects.values_list("recipient", flat=True)) >= {ann.pk, ben.pk}


def test_one_that_is_refused_waits_and_the_others_go_on(
    crew, many_tickets, support, routed, monkeypatch
):
    """Ann leaves every group after the team was read; her ticket is refused."""
    ann, ben = crew(2)
    routed(support, "round_robin")
    first, second = many_tickets(2)
    team = routing.team_of(support.pk)
    monkeypatch.setattr(routing, "team_of", lambda _: team)
    User.objects.filter(pk=ann.pk).update(is_active=False)

    assert route_waiting() == 1

    second.refresh_from_db()
    assert second.assignee_id == ben.pk
    waiting = WaitingTicket.objects.get()
    assert waiting.ticket_id == first.pk
    assert "active agents" in waiting.why
    assert Audit.objects.filter(ticket=first).count() == 1


def test_turns_go_on_from_run_to_run(crew, many_tickets, support, routed):
    ann, ben, cid = crew(3)
    routed(support, "round_robin")
    many_tickets(4)
    route_waiting()
    many_tickets(2)
    route_waiting()
    assert RoutingSetting.objects.get().turns == 6
    turns = dict(AgentTurn.objects.values_list("user_id", "turn"))
    assert turns == {ann.pk: 4, ben.pk: 5, cid.pk: 6}


def test_whoever_fills_up_within_a_batch_gets_no_more(crew, many_tickets, support, routed):
    (ann,) = crew(1)
    set_agent_capacity(
        actor=factories.SETUP, user_id=ann.pk, limits={"emails": 3, "chats": 1, "calls": 1}
    )
    routed(support, "least_loaded")
    many_tickets(10)
    assert route_waiting() == 3
    whys = set(WaitingTicket.objects.values_list("why", flat=True))
    assert whys == {"Everybody online in Support has all the e-mails they can."}
