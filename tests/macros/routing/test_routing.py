"""Tickets find their agents: the queue, its order, capacity, skills, causes."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from core import clock
from macros.actions import (
    TriggerDraft,
    add_skill_rule,
    create_skill,
    create_trigger,
    route_waiting,
    set_agent_capacity,
    set_role_capacity,
    set_skill_holders,
)
from macros.models import AgentTurn, Trigger, WaitingTicket
from tests import factories
from tickets.actions import update_ticket
from tickets.drafts import TicketChanges
from tickets.models import AuditEvent, Delivery, Ticket

SETUP = factories.SETUP
pytestmark = pytest.mark.django_db


def assignee_of(ticket: Ticket) -> int | None:
    return Ticket.objects.values_list("assignee_id", flat=True).get(pk=ticket.pk)


def limits(emails: int, chats: int = 3, calls: int = 1) -> dict[str, int]:
    return {"emails": emails, "chats": chats, "calls": calls}


def test_a_new_ticket_of_a_group_with_a_mode_goes_to_who_is_online(
    make_ticket, support, alice, lead, online, routed
):
    routed(support, "round_robin")
    online(alice)
    ticket = make_ticket(group_id=support.pk)
    assert assignee_of(ticket) is None
    assert route_waiting() == 1
    assert assignee_of(ticket) == alice.pk
    assert not WaitingTicket.objects.exists()


def test_the_audit_says_why_it_was_this_agent(make_ticket, support, alice, online, routed):
    routed(support, "round_robin")
    online(alice)
    ticket = make_ticket(group_id=support.pk)
    route_waiting()
    audit = ticket.audits.order_by("-id").first()
    assert audit.cause == {
        "kind": "routing", "id": support.pk, "title": "Round robin in Support",
        "why": "Alice Archer: 0 of 20, not served yet",
    }  # fmt: skip


def test_triggers_see_what_routing_assigns(make_ticket, support, alice, online, routed):
    routed(support, "round_robin")
    online(alice)
    ticket = make_ticket(group_id=support.pk)
    route_waiting()
    told = Delivery.objects.filter(ticket=ticket, recipient=alice)
    assert told.count() == 1


def test_a_group_without_a_mode_gives_nothing_out(make_ticket, support, alice, online):
    online(alice)
    ticket = make_ticket(group_id=support.pk)
    assert route_waiting() == 0
    assert assignee_of(ticket) is None


def test_what_waits_says_why(make_ticket, support, alice, routed):
    routed(support, "least_loaded")
    make_ticket(group_id=support.pk)
    assert route_waiting() == 0
    assert WaitingTicket.objects.get().why == "Nobody in Support is online."


def test_the_queue_goes_by_priority_and_then_by_time(make_ticket, support, alice, online, routed):
    routed(support, "least_loaded")
    set_agent_capacity(actor=SETUP, user_id=alice.pk, limits=limits(3))
    plain, low, late, urgent = (
        make_ticket(group_id=support.pk, priority=priority)
        for priority in ("", "low", "normal", "urgent")
    )
    online(alice)
    route_waiting()
    assert [assignee_of(each) for each in (urgent, plain, late)] == [alice.pk] * 3
    assert assignee_of(low) is None


def test_room_lets_the_next_one_in(make_ticket, support, alice, online, routed, as_actor):
    routed(support, "least_loaded")
    online(alice)
    set_role_capacity(actor=SETUP, role="agent", limits=limits(1))
    first, second = (make_ticket(group_id=support.pk) for _ in range(2))
    assert route_waiting() == 1
    update_ticket(actor=as_actor(alice), ticket_id=first.pk, changes=TicketChanges(status="solved"))
    assert route_waiting() == 1
    assert assignee_of(second) == alice.pk


def test_round_robin_over_two_hundred_tickets_differs_by_one_at_most(
    crew, many_tickets, support, routed
):
    agents = crew(5)
    set_role_capacity(actor=SETUP, role="agent", limits=limits(1000))
    routed(support, "round_robin")
    many_tickets(202)
    while route_waiting():
        pass
    counts = Counter(Ticket.objects.values_list("assignee_id", flat=True))
    assert counts.keys() == {agent.pk for agent in agents}
    assert max(counts.values()) - min(counts.values()) == 1
    assert AgentTurn.objects.count() == 5


def test_least_loaded_never_exceeds_capacity(crew, many_tickets, support, routed):
    crew(5)
    set_role_capacity(actor=SETUP, role="agent", limits=limits(15))
    routed(support, "least_loaded")
    many_tickets(100)
    while route_waiting():
        pass
    counts = Counter(Ticket.objects.values_list("assignee_id", flat=True))
    assert counts.pop(None) == 25
    assert set(counts.values()) == {15}
    assert WaitingTicket.objects.count() == 25


def test_a_needed_skill_is_waited_for_until_its_time_out(
    make_ticket, support, alice, lead, online, routed
):
    routed(support, "skills")
    online(alice, lead)
    german = create_skill(actor=SETUP, name="German")
    conditions = {"all": [{"field": "current_tags", "operator": "includes", "value": ["german"]}]}
    add_skill_rule(actor=SETUP, skill_id=german.pk, conditions=conditions, timeout=30)
    ticket = make_ticket(group_id=support.pk, tags=("german",))
    assert route_waiting() == 0
    assert WaitingTicket.objects.get().why == "Nobody online in Support has the skill German."
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        assert route_waiting() == 1
    assert assignee_of(ticket) is not None


def test_who_has_the_skill_gets_the_ticket(make_ticket, support, alice, lead, online, routed):
    routed(support, "skills")
    online(alice, lead)
    german = create_skill(actor=SETUP, name="German")
    set_skill_holders(actor=SETUP, skill_id=german.pk, user_ids=[lead.pk])
    conditions = {"all": [{"field": "current_tags", "operator": "includes", "value": ["german"]}]}
    add_skill_rule(actor=SETUP, skill_id=german.pk, conditions=conditions)
    tickets = [make_ticket(group_id=support.pk, tags=("german",)) for _ in range(2)]
    assert route_waiting() == 2
    assert [assignee_of(each) for each in tickets] == [lead.pk] * 2


def route_by_trigger(group) -> Trigger:
    return create_trigger(
        actor=SETUP,
        draft=TriggerDraft(
            title="Give out",
            effects=[{"field": "group_id", "value": group.pk}, {"field": "route"}],
            conditions={"all": [{"field": "update_type", "operator": "is", "value": "Create"}]},
        ),
    )  # fmt: skip


def test_a_trigger_routes_within_the_submit(make_ticket, support, alice, online):
    trigger = route_by_trigger(support)
    online(alice)
    ticket = make_ticket()
    assert assignee_of(ticket) == alice.pk
    event = AuditEvent.objects.get(audit__ticket=ticket, field_name="assignee_id")
    assert event.cause["kind"] == "routing"
    assert event.cause["title"] == "Least loaded in Support"
    assert event.cause["rule"]["id"] == trigger.pk


def test_what_a_trigger_cannot_route_waits(make_ticket, support, alice, online):
    route_by_trigger(support)
    ticket = make_ticket()
    assert assignee_of(ticket) is None
    assert WaitingTicket.objects.get().why == "Nobody in Support is online."
    online(alice)
    assert route_waiting() == 1
    assert assignee_of(ticket) == alice.pk


def test_a_ticket_that_changes_group_begins_to_wait_anew(
    make_ticket, support, billing, routed, as_actor, alice
):
    routed(support, "round_robin")
    routed(billing, "round_robin")
    ticket = make_ticket(group_id=support.pk)
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(group_id=billing.pk)
    )
    assert WaitingTicket.objects.get().group_id == billing.pk


def test_a_mode_that_is_switched_on_takes_what_lies_there(
    make_ticket, support, alice, online, routed
):
    ticket = make_ticket(group_id=support.pk)
    online(alice)
    routed(support, "round_robin")
    route_waiting()
    assert assignee_of(ticket) == alice.pk


def test_imports_are_not_given_out(make_ticket, support, alice, online, routed):
    routed(support, "round_robin")
    online(alice)
    make_ticket(group_id=support.pk, is_silent=True)
    assert not WaitingTicket.objects.exists()
