"""Online, away, offline: chosen, and followed; and what going offline gives back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.errors import NotPermitted
from core import clock
from macros.actions import (
    come_back,
    note_presence,
    route_waiting,
    set_automatic,
    set_availability,
    set_house_capacity,
    set_routing,
)
from macros.errors import InvalidRule
from macros.models import AgentStatus, RoutingSetting, WaitingTicket
from tests import factories
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Ticket

SETUP = factories.SETUP
pytestmark = pytest.mark.django_db


def state_of(agent) -> str:
    return AgentStatus.objects.get(user=agent).state


def later(minutes: int):
    return clock.frozen(clock.now() + timedelta(minutes=minutes))


def test_an_agent_chooses(alice, as_actor):
    for chosen in ("online", "away", "offline"):
        assert set_availability(actor=as_actor(alice), chosen=chosen).state == chosen


def test_only_who_answers_customers_has_a_state(lightly, carol, as_actor):
    for person in (lightly, carol):
        with pytest.raises(NotPermitted):
            set_availability(actor=as_actor(person), chosen="online")
    come_back(user_id=carol.pk)
    assert not AgentStatus.objects.exists()


def test_other_words_are_refused(alice, as_actor):
    with pytest.raises(InvalidRule):
        set_availability(actor=as_actor(alice), chosen="asleep")
    assert not AgentStatus.objects.exists()


def test_who_connects_for_the_first_time_is_online(alice):
    note_presence(connected={alice.pk}, is_certain=True)
    assert state_of(alice) == "online"


def test_who_is_gone_for_long_is_offline_and_what_they_chose_comes_back(alice, as_actor):
    set_availability(actor=as_actor(alice), chosen="away")
    with later(4):
        note_presence(connected=set(), is_certain=True)
        assert state_of(alice) == "away"
    with later(6):
        note_presence(connected=set(), is_certain=True)
        assert state_of(alice) == "offline"
        note_presence(connected={alice.pk}, is_certain=True)
        assert state_of(alice) == "away"


def test_nobody_is_gone_while_it_is_not_known_who_is_there(alice, as_actor):
    set_availability(actor=as_actor(alice), chosen="online")
    with later(60):
        note_presence(connected=set(), is_certain=False)
    assert state_of(alice) == "online"


def test_who_does_not_want_it_stays_as_chosen(alice, as_actor):
    set_availability(actor=as_actor(alice), chosen="online")
    set_automatic(actor=as_actor(alice), is_automatic=False)
    with later(600):
        note_presence(connected=set(), is_certain=True)
    assert state_of(alice) == "online"


def test_the_minutes_are_a_setting(alice, as_actor):
    limits = {"emails": 20, "chats": 3, "calls": 1}
    set_house_capacity(actor=SETUP, limits=limits, offline_after=30)
    set_availability(actor=as_actor(alice), chosen="online")
    with later(20):
        note_presence(connected=set(), is_certain=True)
        assert state_of(alice) == "online"
    with later(31):
        note_presence(connected=set(), is_certain=True)
        assert state_of(alice) == "offline"


def test_settings_are_for_those_who_manage_rules(alice, support, as_actor):
    with pytest.raises(NotPermitted):
        set_routing(
            actor=as_actor(alice), group_id=support.pk, mode="skills", reassigns_on_offline=True
        )
    assert not RoutingSetting.objects.exists()


def test_unanswered_tickets_of_who_goes_offline_are_given_to_others(
    make_ticket, support, alice, lead, online, routed, as_actor
):
    routed(support, "round_robin", reassigns=True)
    online(alice)
    unanswered, answered = (make_ticket(group_id=support.pk) for _ in range(2))
    route_waiting()
    update_ticket(
        actor=as_actor(alice), ticket_id=answered.pk,
        comment=CommentDraft(author_id=alice.pk, body="It is on its way."),
    )  # fmt: skip
    online(lead)
    online(alice, state="offline")
    route_waiting()
    owners = {ticket.pk: ticket.assignee_id for ticket in Ticket.objects.all()}
    assert owners == {unanswered.pk: lead.pk, answered.pk: alice.pk}
    causes = [audit.cause for audit in unanswered.audits.order_by("id")[2:]]
    assert [cause["title"] for cause in causes] == [
        "Back to the queue of Support", "Round robin in Support",
    ]  # fmt: skip
    assert causes[0]["why"] == "Alice Archer went offline before answering the last message"
    assert not AgentStatus.objects.filter(hands_back=True).exists()


def test_nothing_is_taken_back_where_the_group_does_not_want_it(
    make_ticket, support, alice, lead, online, routed
):
    routed(support, "round_robin")
    online(alice)
    ticket = make_ticket(group_id=support.pk)
    route_waiting()
    online(alice, state="offline")
    online(lead)
    route_waiting()
    assert Ticket.objects.get(pk=ticket.pk).assignee_id == alice.pk


def test_who_comes_back_in_time_keeps_everything(make_ticket, support, alice, online, routed):
    routed(support, "round_robin", reassigns=True)
    online(alice)
    make_ticket(group_id=support.pk)
    route_waiting()
    online(alice, state="offline")
    online(alice)
    route_waiting()
    assert Ticket.objects.get().assignee_id == alice.pk
    assert not WaitingTicket.objects.exists()


def test_away_gives_nothing_back_and_takes_nothing(make_ticket, support, alice, online, routed):
    routed(support, "round_robin", reassigns=True)
    online(alice)
    first = make_ticket(group_id=support.pk)
    route_waiting()
    online(alice, state="away")
    make_ticket(group_id=support.pk)
    assert route_waiting() == 0
    assert Ticket.objects.get(pk=first.pk).assignee_id == alice.pk
