"""Direct messages of Bluesky against a server that follows the chat lexicons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from channels_in.bluesky import client as bluesky
from channels_in.messages import Handle
from channels_in.models import StreamPost
from channels_in.networks.network import Outgoing, OutgoingFile, Refused
from channels_in.networks.privacy import carried_by
from channels_in.networks.registry import network_of
from core import clock
from tests.channels_in.messaging.fake_server import Answer, serving
from tests.channels_in.social.conftest import House, connected
from tests.channels_in.social.fake_bluesky_chat import CAROL, PASSWORD, US, FakeBlueskyChat
from tickets.errors import InvalidChange
from tickets.models import Ticket


@pytest.fixture
def chat(db, admin) -> Iterator[House]:
    api = FakeBlueskyChat()
    bluesky._sessions.clear()
    with serving(api) as server:
        given = {"service": server.url, "identifier": "shop.test", "password": PASSWORD}
        house = House(connected(admin, "bluesky", given), api, server)
        house.poll()
        yield house
    bluesky._sessions.clear()


def test_a_direct_message_is_a_ticket_and_is_answered_in_its_conversation(chat, alice):
    chat.api.say("hi, where is my order?")
    chat.api.say("our own words", sender=US)
    chat.poll()
    ticket = Ticket.objects.get()
    assert (ticket.requester.name, ticket.comments.get().body) == (
        "Carol",
        "hi, where is my order?",
    )
    assert ticket.requester.identities.get().value == CAROL
    delivery = chat.reply(alice, ticket, "On its way.")
    assert (delivery.state, chat.api.sent) == ("sent", [("convo1", "On its way.")])
    chat.api.say("thanks, still waiting")
    chat.poll()
    assert ticket.comments.count() == 3
    assert StreamPost.objects.count() == 0


def test_nothing_is_lost_while_bluesky_asks_us_to_wait(chat):
    chat.api.say("hi, where is my order?")
    reset = clock.now() + timedelta(minutes=5)
    words = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
    chat.server.next_answers = [
        Answer(429, words, {"RateLimit-Reset": str(int(reset.timestamp()))})
    ]
    chat.poll()
    assert chat.connection.error == "Bluesky asks us to wait."
    wait = chat.connection.retry_at - clock.now()
    assert timedelta(minutes=4) < wait < timedelta(minutes=6)
    assert Ticket.objects.count() == 0
    chat.poll()
    assert Ticket.objects.get().comments.get().body == "hi, where is my order?"
    assert chat.connection.error == ""


def test_a_direct_message_has_a_length_of_its_own_and_carries_no_files(chat, alice):
    chat.api.say("hi, where is my order?")
    chat.poll()
    ticket = Ticket.objects.get()
    carried = carried_by("bluesky", ticket)
    assert (carried.length_limit, carried.has_attachments) == (1000, False)
    assert chat.reply(alice, ticket, "x" * 1000).state == "sent"
    with pytest.raises(InvalidChange, match="1001 long as Bluesky counts; it carries 1000"):
        chat.reply(alice, ticket, "x" * 1001)
    client = network_of("bluesky").client(chat.connection)
    file = OutgoingFile("a.png", "image/png", 3, "key")
    with pytest.raises(Refused, match="no files"):
        client.send(Outgoing("Look:", Handle("bluesky", CAROL), files=[file]))
    assert len(chat.api.sent) == 1


def test_what_was_said_before_connecting_stays_out(chat):
    assert chat.connection.cursor["log"] == "0000"
    chat.api.say("hello")
    chat.poll()
    chat.poll()
    assert Ticket.objects.count() == 1


def test_an_app_password_without_access_to_messages_is_no_trouble(chat):
    chat.api.has_chat = False
    chat.poll()
    assert (chat.connection.error, chat.connection.needs_sign_in) == ("", False)


def test_a_broken_connection_while_sending_is_not_known(chat, alice):
    chat.api.say("hi, where is my order?")
    chat.poll()
    real = chat.server.answer

    def swallows(request):
        if request.path.endswith("sendMessage"):
            raise ConnectionResetError
        return real(request)

    chat.server.answer = swallows
    delivery = chat.reply(alice, Ticket.objects.get(), "On its way.")
    assert delivery.state == "unknown"
