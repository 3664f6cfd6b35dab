"""Chats at the agents' desks: they ring, go on to the next, are handed on and shared."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.roles import Role
from channels_in.actions.chat import (
    Surroundings,
    accept_chat,
    answer_chat,
    decline_chat,
    end_chat,
    end_missed_offers,
    end_own_chat,
    hold_chat,
    invite_to_chat,
    join_chat,
    leave_chat,
    meet_visitor,
    transfer_chat,
)
from channels_in.chat.conversation import messages_after
from channels_in.chat.errors import CannotJoin, ChatEnded, ChatTaken, NotInvited, NotYourChat
from channels_in.models import Chat, ChatGuest, ChatOffer, ChatState
from core import clock
from macros.actions import route_waiting, set_availability, set_role_capacity, set_routing
from macros.models import WaitingTicket
from tests.factories import SETUP, as_actor, make_user
from tests.workers import at_once
from tickets.actions import delete_ticket, update_ticket
from tickets.drafts import TicketChanges

pytestmark = pytest.mark.django_db


@pytest.fixture
def dan(support):
    return make_user("Dan Desk", Role.AGENT, groups=[support])


@pytest.fixture
def ready(support, alice, dan):
    """Support gives chats to who has the least to do; Alice and Dan are there."""
    set_routing(actor=SETUP, group_id=support.pk, mode="least_loaded", reassigns_on_offline=False)
    for agent in (alice, dan):
        set_availability(actor=as_actor(agent), chosen="online")


@pytest.fixture
def make_visitor(widget):
    """`make_visitor()`: another browser."""
    return lambda: meet_visitor(account=widget.account, around=Surroundings(language="en"))[0]


def fresh(chat: Chat) -> Chat:
    return Chat.objects.select_related("ticket").get(pk=chat.pk)


def test_routing_rings_at_one_agent_and_gives_the_ticket_to_nobody_yet(ready, chat, alice):
    route_waiting()
    route_waiting()

    chat = fresh(chat)
    assert (chat.state, chat.offered_to, chat.ticket.assignee) == (ChatState.OFFERED, alice, None)
    assert WaitingTicket.objects.get().why == "It rings at Alice Archer."
    assert ChatOffer.objects.count() == 1


def test_an_offer_that_nobody_takes_goes_to_the_next(ready, chat, dan, settings):
    route_waiting()
    with clock.frozen(clock.now() + timedelta(seconds=settings.CHAT_OFFER_SECONDS - 1)):
        assert end_missed_offers() == 0
    with clock.frozen(clock.now() + timedelta(seconds=settings.CHAT_OFFER_SECONDS)):
        assert end_missed_offers() == 1
        route_waiting()

    assert fresh(chat).offered_to == dan
    assert list(ChatOffer.objects.order_by("id").values_list("outcome", flat=True)) == [
        "missed", "ringing",
    ]  # fmt: skip


def test_a_refused_chat_rings_at_the_next_and_then_at_nobody(ready, chat, alice, dan):
    route_waiting()
    decline_chat(actor=as_actor(alice), chat_id=chat.pk)
    route_waiting()
    decline_chat(actor=as_actor(dan), chat_id=chat.pk)
    route_waiting()

    assert fresh(chat).state == ChatState.WAITING
    assert WaitingTicket.objects.get().why == (
        "It rang at everybody in Support who is online and has room."
    )


def test_nobody_is_rung_at_beyond_their_capacity(ready, chat, alice, dan):
    set_role_capacity(actor=SETUP, role="agent", limits={"emails": 9, "chats": 0, "calls": 1})
    route_waiting()
    assert fresh(chat).state == ChatState.WAITING

    set_role_capacity(actor=SETUP, role="agent", limits={"emails": 9, "chats": 1, "calls": 1})
    route_waiting()
    assert fresh(chat).state == ChatState.OFFERED


def test_a_chat_that_has_ended_takes_no_room_for_another(
    ready, chat, alice, dan, make_visitor, say
):
    set_role_capacity(actor=SETUP, role="agent", limits={"emails": 9, "chats": 1, "calls": 1})
    set_availability(actor=as_actor(dan), chosen="offline")
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    say(make_visitor(), "Another question")
    other = Chat.objects.latest("id")
    route_waiting()
    assert fresh(other).state == ChatState.WAITING

    end_chat(actor=as_actor(alice), chat_id=chat.pk, status="open")
    route_waiting()
    assert fresh(other).offered_to == alice


@pytest.mark.django_db(transaction=True)
def test_of_two_agents_at_once_one_gets_the_chat(chat, alice, bob):
    outcomes = []

    def take(agent):
        def attempt():
            try:
                accept_chat(actor=as_actor(agent), chat_id=chat.pk)
                outcomes.append(agent.pk)
            except ChatTaken:
                outcomes.append("taken")

        return attempt

    at_once(take(alice), take(bob))

    winner = fresh(chat).agent_id
    assert sorted(map(str, outcomes)) == sorted([str(winner), "taken"])
    assert fresh(chat).ticket.assignee_id == winner


@pytest.mark.django_db(transaction=True)
def test_two_workers_ring_at_one_agent_each_and_never_twice(
    ready, chat, make_visitor, say, alice, dan
):
    set_role_capacity(actor=SETUP, role="agent", limits={"emails": 9, "chats": 1, "calls": 1})
    for number in range(3):
        say(make_visitor(), f"Question {number}")

    at_once(route_waiting, route_waiting)
    route_waiting()

    ringing = Chat.objects.filter(state=ChatState.OFFERED).values_list("offered_to", flat=True)
    assert sorted(ringing) == sorted([alice.pk, dan.pk])


def test_a_transfer_to_an_agent_rings_there_and_keeps_the_conversation(ready, chat, alice, dan):
    answer_chat(actor=as_actor(alice), chat_id=chat.pk, body="I look.")
    before = fresh(chat).queued_at
    transfer_chat(actor=as_actor(alice), chat_id=chat.pk, agent_id=dan.pk, note="Knows parcels")

    chat = fresh(chat)
    assert (chat.state, chat.offered_to, chat.agent) == (ChatState.OFFERED, dan, None)
    assert (chat.ticket.assignee, chat.queued_at) == (dan, before)
    assert [m.text for m in messages_after(chat)] == ["My parcel is late", "I look."]
    assert list(chat.ticket.comments.filter(is_public=False).values_list("body", flat=True)) == [
        "Knows parcels"
    ]
    accept_chat(actor=as_actor(dan), chat_id=chat.pk)
    answer_chat(actor=as_actor(dan), chat_id=chat.pk, body="Hello again.")
    assert [m.text for m in messages_after(chat)][-1] == "Hello again."


def test_a_transfer_that_is_not_taken_comes_back_to_the_queue(ready, chat, alice, dan, settings):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    transfer_chat(actor=as_actor(alice), chat_id=chat.pk, agent_id=dan.pk)
    with clock.frozen(clock.now() + timedelta(seconds=settings.CHAT_OFFER_SECONDS)):
        end_missed_offers()
        route_waiting()

    chat = fresh(chat)
    assert (chat.ticket.assignee, chat.offered_to) == (None, alice)


def test_a_transfer_to_a_group_waits_there(ready, chat, alice, billing):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    transfer_chat(actor=as_actor(alice), chat_id=chat.pk, group_id=billing.pk, note="A refund")

    chat = fresh(chat)
    assert (chat.state, chat.ticket.group, chat.ticket.assignee) == ("waiting", billing, None)


def test_only_its_agent_hands_a_chat_on(chat, alice, dan):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    with pytest.raises(NotYourChat):
        transfer_chat(actor=as_actor(dan), chat_id=chat.pk, agent_id=dan.pk)
    assert fresh(chat).agent == alice


def test_whoever_is_given_the_ticket_is_rung_at(chat, alice, dan):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    update_ticket(
        actor=as_actor(alice), ticket_id=chat.ticket_id, changes=TicketChanges(assignee_id=dan.pk)
    )
    assert (fresh(chat).state, fresh(chat).offered_to) == (ChatState.OFFERED, dan)


def test_whoever_takes_the_ticket_is_in_the_chat(chat, alice, dan):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    update_ticket(
        actor=as_actor(dan), ticket_id=chat.ticket_id, changes=TicketChanges(assignee_id=dan.pk)
    )
    assert (fresh(chat).state, fresh(chat).agent) == (ChatState.ACTIVE, dan)


def test_a_ticket_taken_off_its_agent_waits_again(chat, alice):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    update_ticket(
        actor=SETUP, ticket_id=chat.ticket_id, changes=TicketChanges(assignee_id=None)
    )  # fmt: skip
    assert (fresh(chat).state, fresh(chat).agent) == (ChatState.WAITING, None)


def test_a_visitor_who_comes_back_is_rung_through_to_their_agent(chat, visitor, say, alice):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    end_own_chat(visitor=visitor, key=chat.key)
    say(visitor, "One more thing", chat=chat.key)
    assert (fresh(chat).state, fresh(chat).offered_to) == (ChatState.OFFERED, alice)


def test_a_chat_of_a_deleted_ticket_is_over(chat, alice, lead):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    delete_ticket(actor=as_actor(lead), ticket_id=chat.ticket_id)
    assert fresh(chat).state == ChatState.ENDED


def test_a_colleague_is_asked_in_writes_and_leaves(chat, alice, dan):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    with pytest.raises(NotYourChat):
        answer_chat(actor=as_actor(dan), chat_id=chat.pk, body="Me too")
    invite_to_chat(actor=as_actor(alice), chat_id=chat.pk, user_id=dan.pk, note="The API?")
    invite_to_chat(actor=as_actor(alice), chat_id=chat.pk, user_id=dan.pk, note="The API?")
    join_chat(actor=as_actor(dan), chat_id=chat.pk)
    answer_chat(actor=as_actor(dan), chat_id=chat.pk, body="I know this one.")
    leave_chat(actor=as_actor(dan), chat_id=chat.pk)

    assert [m.author for m in messages_after(chat)][-1] == "Dan Desk"
    assert chat.ticket.comments.filter(is_public=False).count() == 1
    assert (fresh(chat).agent, ChatGuest.objects.filter(left_at=None).count()) == (alice, 0)
    with pytest.raises(NotYourChat):
        answer_chat(actor=as_actor(dan), chat_id=chat.pk, body="And also")


def test_nobody_comes_into_a_chat_unasked(chat, alice, dan, carol):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    with pytest.raises(NotInvited):
        join_chat(actor=as_actor(dan), chat_id=chat.pk)
    with pytest.raises(CannotJoin):
        invite_to_chat(actor=as_actor(alice), chat_id=chat.pk, user_id=carol.pk)
    with pytest.raises(CannotJoin):
        transfer_chat(actor=as_actor(alice), chat_id=chat.pk, agent_id=carol.pk)
    assert fresh(chat).state == ChatState.ACTIVE


def test_guests_go_with_the_end(chat, alice, dan):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    invite_to_chat(actor=as_actor(alice), chat_id=chat.pk, user_id=dan.pk)
    end_chat(actor=as_actor(alice), chat_id=chat.pk, status="solved")

    assert ChatGuest.objects.filter(left_at=None).count() == 0
    with pytest.raises(ChatEnded):
        join_chat(actor=as_actor(dan), chat_id=chat.pk)
    with pytest.raises(ChatEnded):
        hold_chat(actor=as_actor(alice), chat_id=chat.pk, reason="Looking")
