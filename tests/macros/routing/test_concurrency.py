"""Several workers at once: nobody gets more than their capacity, and turns stay fair."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import transaction

from core import locks
from macros.actions import route_waiting, set_role_capacity
from tests import factories
from tests.workers import apart, at_once
from tickets.models import Ticket

SETUP = factories.SETUP
pytestmark = pytest.mark.django_db(transaction=True)


def drain() -> None:
    while route_waiting():
        pass


def test_three_workers_give_nobody_more_than_their_capacity(crew, many_tickets, support, routed):
    crew(4)
    set_role_capacity(actor=SETUP, role="agent", limits={"emails": 10, "chats": 3, "calls": 1})
    routed(support, "least_loaded")
    many_tickets(60)
    at_once(*[drain] * 3)
    drain()
    counts = Counter(Ticket.objects.values_list("assignee_id", flat=True))
    assert counts.pop(None) == 20
    assert set(counts.values()) == {10}


def test_two_groups_that_share_agents_do_not_fill_them_twice(
    crew, many_tickets, support, billing, routed
):
    from accounts.actions import add_to_group

    agents = crew(3)
    for agent in agents:
        add_to_group(actor=SETUP, user=agent, group=billing)
    set_role_capacity(actor=SETUP, role="agent", limits={"emails": 8, "chats": 3, "calls": 1})
    routed(support, "round_robin")
    routed(billing, "round_robin")
    many_tickets(20)
    many_tickets(20, group_id=billing.pk)
    at_once(*[drain] * 2)
    drain()
    counts = Counter(Ticket.objects.values_list("assignee_id", flat=True))
    assert counts.pop(None) == 16
    assert set(counts.values()) == {8}


def test_turns_are_kept_by_two_workers(crew, many_tickets, support, routed):
    crew(5)
    routed(support, "round_robin")
    many_tickets(62)
    at_once(*[drain] * 2)
    drain()
    counts = Counter(Ticket.objects.values_list("assignee_id", flat=True))
    assert None not in counts
    assert max(counts.values()) - min(counts.values()) == 1


def test_a_submit_does_not_wait_for_long_for_who_routes_the_group(
    make_ticket, support, alice, online
):
    from tests.macros.routing.test_routing import route_by_trigger

    route_by_trigger(support)
    online(alice)
    with transaction.atomic():
        locks.hold([f"routing:{support.pk}"])
        apart(lambda: make_ticket(subject="meanwhile"))
    ticket = Ticket.objects.select_related("waiting").get(subject="meanwhile")
    assert ticket.assignee_id is None
    assert ticket.waiting.why == "The group was just being given other tickets."
    assert route_waiting() == 1
