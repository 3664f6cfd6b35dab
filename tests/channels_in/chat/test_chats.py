"""A chat from its first word to its end, and who may do what in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.errors import NotPermitted
from channels_in.actions import send_due
from channels_in.actions.chat import (
    accept_chat,
    answer_chat,
    block_visitor,
    end_chat,
    end_own_chat,
    hold_chat,
    introduce_visitor,
    mail_transcript,
    note_received,
    offer_chat,
    rate_own_chat,
    requeue_chat,
    withdraw_offer,
)
from channels_in.chat.conversation import chat_of, messages_after
from channels_in.chat.errors import ChatEnded, ChatNotFound, ChatTaken, NotYourChat
from channels_in.chat.queue import Place, forget_queues, place_in, queue_of, read_queue
from channels_in.models import Chat, ChatState, Fate, InboundItem
from core import clock
from notifications.models import Notification
from tests.factories import SETUP, as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Channel, Comment, Delivery, DeliveryState, Ticket

pytestmark = pytest.mark.django_db


def test_the_first_message_opens_a_ticket_and_queues_a_chat(visitor, say, support):
    say(
        visitor, "My parcel is late", answers=[["Order", "4711"]], page_url="https://shop.example/a"
    )

    chat = Chat.objects.get()
    comment = chat.ticket.comments.get()
    assert (chat.state, chat.ticket.channel, chat.ticket.group) == ("waiting", "chat", support)
    assert chat.ticket.subject == "My parcel is late"
    assert comment.reply_text == "My parcel is late"
    assert comment.body == "My parcel is late\n\nOrder: 4711"
    assert chat.ticket.requester.email is None
    assert comment.metadata["page"]["url"] == "https://shop.example/a"


def test_a_message_that_is_sent_again_is_one_comment(visitor, say):
    client_id = say(visitor, "Hello")
    say(visitor, "Hello", client_id=client_id)
    say(visitor, "Hello", client_id=client_id)

    assert Comment.objects.filter(body="Hello").count() == 1
    assert InboundItem.objects.count() == 1


def test_messages_go_on_in_the_living_chat(visitor, say, chat):
    say(visitor, "Are you there?")

    assert [c.body for c in chat.ticket.comments.order_by("id")] == [
        "My parcel is late", "Are you there?",
    ]  # fmt: skip


def test_an_answer_leaves_at_once_and_takes_the_chat(chat, alice, settings):
    settings.UNDO_SEND_SECONDS = 10
    answer_chat(actor=as_actor(alice), chat_id=chat.pk, body="I look.")

    chat.refresh_from_db()
    assert (chat.state, chat.agent) == (ChatState.ACTIVE, alice)
    assert chat.ticket.assignee == alice
    assert [m.text for m in messages_after(chat)] == ["My parcel is late", "I look."]
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.state) == (Channel.CHAT, DeliveryState.QUEUED)


def test_what_the_page_has_met_never_goes_by_mail(chat, visitor, alice):
    introduce_visitor(visitor=visitor, email="eve@customers.example")
    answer_chat(actor=as_actor(alice), chat_id=chat.pk, body="I look.")
    note_received(chat_id=chat.pk, got=messages_after(chat)[-1].id)

    with clock.frozen(clock.now() + timedelta(minutes=5)):
        send_due()

    assert [d.state for d in Delivery.objects.all()] == [DeliveryState.SENT]


def test_an_answer_to_somebody_who_has_left_goes_by_mail_once(chat, visitor, alice, local_outbox):
    introduce_visitor(visitor=visitor, email="eve@customers.example")
    answer_chat(actor=as_actor(alice), chat_id=chat.pk, body="I look.")

    with clock.frozen(clock.now() + timedelta(seconds=61)):
        send_due()
        send_due()

    by_channel = {d.channel: d for d in Delivery.objects.all()}
    assert by_channel["chat"].state == DeliveryState.CANCELLED
    assert by_channel["email"].state == DeliveryState.SENT
    assert by_channel["email"].address == "eve@customers.example"


def test_without_an_address_the_answer_waits_for_the_visitor(chat, alice):
    answer_chat(actor=as_actor(alice), chat_id=chat.pk, body="I look.")

    with clock.frozen(clock.now() + timedelta(seconds=61)):
        send_due()

    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.QUEUED
    assert delivery.error.startswith("The visitor has left without")


def test_only_one_agent_gets_a_chat(chat, alice, bob):
    offer_chat(actor=SETUP, chat_id=chat.pk, agent_id=alice.pk)
    accept_chat(actor=as_actor(bob), chat_id=chat.pk)

    with pytest.raises(ChatTaken, match="Bob|bob"):
        accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    with pytest.raises(NotYourChat):
        answer_chat(actor=as_actor(alice), chat_id=chat.pk, body="Me!")


def test_an_offer_that_is_not_taken_keeps_its_place(chat, alice):
    before = chat.queued_at
    offer_chat(actor=SETUP, chat_id=chat.pk, agent_id=alice.pk)
    withdraw_offer(actor=SETUP, chat_id=chat.pk, agent_id=alice.pk)

    chat.refresh_from_db()
    assert (chat.state, chat.queued_at, chat.offered_to) == (ChatState.WAITING, before, None)


def test_a_transfer_goes_through_the_queue_of_another_group(chat, alice, bob, billing):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    requeue_chat(actor=as_actor(alice), chat_id=chat.pk, group_id=billing.pk)

    chat.refresh_from_db()
    assert (chat.state, chat.agent, chat.ticket.group) == (ChatState.WAITING, None, billing)


def test_a_held_chat_goes_on_with_the_next_answer(chat, alice):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    hold_chat(actor=as_actor(alice), chat_id=chat.pk, reason="Asking the warehouse")
    answer_chat(actor=as_actor(alice), chat_id=chat.pk, body="It is on its way.")

    chat.refresh_from_db()
    assert (chat.state, chat.hold_reason) == (ChatState.ACTIVE, "")


def test_who_writes_after_the_end_is_queued_again_on_the_same_ticket(chat, visitor, alice, say):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    end_chat(actor=as_actor(alice), chat_id=chat.pk, status="solved")
    say(visitor, "One more thing", chat=chat.key)

    chat.refresh_from_db()
    assert (chat.state, chat.ticket.status) == (ChatState.OFFERED, "open")
    assert Ticket.objects.count() == 1


def test_a_closed_ticket_is_followed_by_a_new_chat(chat, visitor, alice, say):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    end_chat(actor=as_actor(alice), chat_id=chat.pk, status="solved")
    update_ticket(actor=SETUP, ticket_id=chat.ticket_id, changes=TicketChanges(status="closed"))
    say(visitor, "Again", chat=chat.key)

    newest = Chat.objects.latest("id")
    assert newest.ticket.followup_source_id == chat.ticket_id
    assert newest.state == ChatState.WAITING


def test_nothing_is_said_in_a_chat_that_has_ended(chat, visitor, alice):
    end_own_chat(visitor=visitor, key=chat.key)

    with pytest.raises(ChatEnded):
        answer_chat(actor=as_actor(alice), chat_id=chat.pk, body="Hello?")
    assert chat.ticket.comments.count() == 1


def test_after_the_end_answers_of_the_ticket_go_by_mail_at_once(chat, visitor, alice, local_outbox):
    introduce_visitor(visitor=visitor, email="eve@customers.example")
    end_own_chat(visitor=visitor, key=chat.key)
    reply = CommentDraft(author_id=alice.pk, body="It has arrived.")
    update_ticket(actor=as_actor(alice, channel="api"), ticket_id=chat.ticket_id, comment=reply)
    send_due()
    send_due()

    assert Delivery.objects.get(channel="email").state == DeliveryState.SENT


def test_internal_notes_stay_in_the_house(chat, alice):
    note = CommentDraft(author_id=alice.pk, body="A difficult one", is_public=False)
    update_ticket(actor=as_actor(alice), ticket_id=chat.ticket_id, comment=note)

    assert [message.text for message in messages_after(chat)] == ["My parcel is late"]
    assert not Delivery.objects.exists()


def test_a_visitor_reads_only_their_own_chat(chat, widget, say):
    from channels_in.actions.chat import Surroundings, meet_visitor

    stranger, _ = meet_visitor(account=widget.account, around=Surroundings())

    with pytest.raises(ChatNotFound):
        chat_of(stranger, chat.key)
    say(stranger, "Let me in", chat=chat.key)
    assert chat.ticket.comments.count() == 1


def test_the_place_in_the_queue_and_a_wait_only_when_it_is_known(widget, say, alice):
    from channels_in.actions.chat import Surroundings, meet_visitor

    chats = []
    begin = clock.now() - timedelta(minutes=30)
    for number in range(6):
        with clock.frozen(begin + timedelta(minutes=2 * number)):
            visitor, _ = meet_visitor(account=widget.account, around=Surroundings())
            say(visitor, f"Question {number}")
            chats.append(Chat.objects.latest("id"))
    unknown = read_queue(widget.account_id).place_of(chats[3].pk)
    for number in range(4):
        with clock.frozen(begin + timedelta(minutes=2 * number + 3)):
            accept_chat(actor=as_actor(alice), chat_id=chats[number].pk)
    queue = read_queue(widget.account_id)

    assert (unknown.ahead, unknown.seconds) == (3, None)
    assert queue.place_of(chats[3].pk) is None
    assert queue.place_of(chats[4].pk).ahead == 0
    assert queue.place_of(chats[5].pk).ahead == 1
    assert 120 <= queue.place_of(chats[5].pk).seconds <= 1800


def test_who_comes_right_after_a_look_at_the_queue_has_a_place_at_once(
    widget, visitor, say, django_assert_num_queries
):
    forget_queues()
    assert queue_of(widget.account_id).order == ()  # the page of the widget has been shown
    say(visitor, "My parcel is late")
    chat = Chat.objects.get(visitor=visitor)

    assert place_in(widget.account_id, chat.pk) == Place(0, None)
    with django_assert_num_queries(0):  # once read anew, it is kept as before
        assert place_in(widget.account_id, chat.pk) == Place(0, None)


def test_a_blocked_visitor_gets_no_further(chat, visitor, alice, say):
    block_visitor(actor=as_actor(alice), chat_id=chat.pk)
    say(visitor, "Buy now")

    assert InboundItem.objects.latest("id").fate == Fate.REJECTED
    assert Chat.objects.get().state == ChatState.ENDED
    assert chat.ticket.comments.count() == 1


def test_light_agents_answer_nobody(chat, lightly):
    with pytest.raises(NotPermitted):
        accept_chat(actor=as_actor(lightly), chat_id=chat.pk)


def test_the_visitor_rates_it(chat, visitor, alice):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    rate_own_chat(visitor=visitor, key=chat.key, is_good=True, comment="Quick!")

    chat.ticket.refresh_from_db()
    assert chat.ticket.satisfaction == "goodwithcomment"


def test_a_transcript_to_an_address_nobody_vouched_for_is_a_link(chat, visitor, alice):
    introduce_visitor(visitor=visitor, email="eve@customers.example")
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)

    assert mail_transcript(visitor=visitor, key=chat.key) == "eve@customers.example"
    body = Delivery.objects.get().body
    assert "/chat/transcripts/" in body
    assert "My parcel is late" not in body
    for _ in range(5):
        mail_transcript(visitor=visitor, key=chat.key)
    assert Delivery.objects.count() == 3


def test_an_offline_message_is_an_ordinary_request(visitor, say):
    introduce_visitor(visitor=visitor, name="Eve", email="eve@customers.example")
    say(visitor, "Call me tomorrow", is_offline=True)

    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.requester.email) == (Channel.WEB, "eve@customers.example")
    assert not Chat.objects.exists()


def test_who_is_in_a_chat_is_neither_mailed_nor_notified_of_each_line(chat, visitor, say, alice):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    say(visitor, "It was due on Monday")
    assert not Notification.objects.filter(user=alice, kind="customer_replied").exists()
    assert not Delivery.objects.filter(recipient=alice).exists()


def test_who_has_ended_a_chat_is_told_when_its_visitor_writes_again(chat, visitor, say, alice):
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    end_chat(actor=as_actor(alice), chat_id=chat.pk, status="open")
    say(visitor, "One more thing", chat=chat.key)
    assert Notification.objects.filter(user=alice, kind="customer_replied").count() == 1
