"""Serve next: the most urgent ticket of a view, to one agent at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from accounts.roles import Role
from core import clock
from macros.actions import (
    add_skill_rule,
    create_skill,
    end_serving,
    keep_serving,
    serve_next,
    set_skill_holders,
)
from macros.models import ServedOutcome, ServedTicket
from macros.selectors.serving import skips_of
from tests.factories import SETUP, as_actor, make_user
from tickets.actions import install_stock_views, update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Ticket, View


@pytest.fixture
def unsolved(db):
    install_stock_views(actor=SETUP)
    return View.objects.get(key="all-unsolved")


def served_to(person, view, *, session="a", **more):
    return serve_next(actor=as_actor(person), view_id=view.pk, session=session, **more).number


def test_the_order_is_next_breach_then_priority_then_age(unsolved, alice, make_ticket):
    low, urgent = make_ticket(priority="low"), make_ticket(priority="urgent")
    younger, breach = make_ticket(priority="urgent"), make_ticket(priority="low")
    Ticket.objects.filter(pk=breach.pk).update(sla_next_breach_at=clock.now() + timedelta(hours=1))
    handed = [served_to(alice, unsolved) for _ in range(5)]
    assert handed == [breach.pk, urgent.pk, younger.pk, low.pk, None]


def test_only_what_is_for_the_agent_is_handed_out(unsolved, alice, bob, make_ticket, billing):
    make_ticket(group_id=billing.pk, priority="urgent")
    make_ticket(assignee_id=bob.pk, priority="urgent")
    mine, free = make_ticket(assignee_id=alice.pk), make_ticket()
    assert {served_to(alice, unsolved) for _ in range(3)} == {mine.pk, free.pk, None}


def test_nobody_gets_what_another_holds_until_that_one_lets_go(unsolved, alice, lead, make_ticket):
    first, second = make_ticket(), make_ticket()
    assert served_to(alice, unsolved) == first.pk
    assert served_to(lead, unsolved) == second.pk
    assert served_to(make_agent("Third"), unsolved) is None
    end_serving(actor=as_actor(alice), number=first.pk, outcome=ServedOutcome.LEFT)
    assert served_to(make_agent("Fourth"), unsolved) == first.pk


def make_agent(name):
    return make_user(name, Role.AGENT)


def test_a_hold_ends_by_itself_and_is_renewed_by_a_sign_of_life(unsolved, alice, lead, make_ticket):
    number = make_ticket().pk
    now = clock.now()

    def alive(person):
        return keep_serving(actor=as_actor(person), number=number, view_id=unsolved.pk, session="a")

    with clock.frozen(now):
        assert served_to(alice, unsolved) == number
    with clock.frozen(now + timedelta(minutes=2)):
        assert alive(alice)
    with clock.frozen(now + timedelta(minutes=4)):
        assert served_to(lead, unsolved) is None
    with clock.frozen(now + timedelta(minutes=6)):
        assert served_to(lead, unsolved) == number
        assert not alive(alice)
        assert not alive(make_agent("Third"))


def test_a_skip_has_a_reason_and_is_not_handed_back_soon(unsolved, alice, lead, make_ticket):
    ticket = make_ticket()
    assert served_to(alice, unsolved) == ticket.pk
    end_serving(
        actor=as_actor(alice), number=ticket.pk, outcome=ServedOutcome.SKIPPED,
        reason="  Needs\nBilling ",
    )  # fmt: skip
    assert served_to(alice, unsolved, session="b") is None
    assert served_to(lead, unsolved) == ticket.pk
    assert [(skip.user, skip.reason) for skip in skips_of(ticket)] == [(alice, "Needs Billing")]


def test_what_the_customer_has_written_on_since_comes_again(unsolved, alice, carol, make_ticket):
    ticket = make_ticket()
    assert served_to(alice, unsolved) == ticket.pk
    assert served_to(alice, unsolved) is None
    word = CommentDraft(author_id=carol.pk, body="And?")
    update_ticket(actor=as_actor(carol), ticket_id=ticket.pk, comment=word)
    assert served_to(alice, unsolved) == ticket.pk


def test_skills_and_lookers_on_are_minded(unsolved, alice, lead, make_ticket):
    french = create_skill(actor=SETUP, name="French")
    add_skill_rule(
        actor=SETUP, skill_id=french.pk, timeout=None,
        conditions={"all": [{"field": "priority", "operator": "is", "value": "high"}], "any": []},
    )  # fmt: skip
    set_skill_holders(actor=SETUP, skill_id=french.pk, user_ids=[lead.pk])
    hard, looked_at, easy = make_ticket(priority="high"), make_ticket(), make_ticket()

    def are_busy(ids):
        return {looked_at.pk}

    assert served_to(alice, unsolved, are_busy=are_busy) == easy.pk
    assert served_to(lead, unsolved, are_busy=are_busy) == hard.pk
    left = serve_next(
        actor=as_actor(alice), view_id=unsolved.pk, session="a", are_busy=are_busy
    ).passed
    assert (left.busy, left.skills) == (1, set())


@pytest.mark.django_db(transaction=True)
def test_agents_who_ask_at_the_same_moment_never_get_the_same(unsolved, make_ticket):
    numbers = {make_ticket().pk for _ in range(12)}
    agents = [as_actor(make_agent(f"Agent{n}")) for n in range(8)]
    barrier = Barrier(len(agents))

    def ask(actor):
        try:
            barrier.wait(10)
            return serve_next(actor=actor, view_id=unsolved.pk, session="a").number
        finally:
            connection.close()

    with ThreadPoolExecutor(len(agents)) as pool:
        handed = list(pool.map(ask, agents))
    assert len(set(handed)) == len(agents)
    assert set(handed) <= numbers
    assert ServedTicket.objects.filter(outcome="").count() == len(agents)
