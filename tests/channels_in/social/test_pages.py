"""One page with its comments and its messages: private replies, one address for both, echoes."""

from __future__ import annotations

import json

from accounts.models import Identity
from channels_in.actions import stream
from channels_in.models import InboundItem, StreamPost
from channels_in.networks.doors import strangers_of
from tests.channels_in.social.fake_facebook import PAGE, signed
from tests.factories import as_actor
from tickets.models import Ticket

COMPLAINT = "Third time my parcel arrives broken and nobody answers"


def _in_private(facebook, alice) -> Ticket:
    facebook.post(facebook.api.comment(COMPLAINT, number="200_1_9"))
    ticket = Ticket.objects.get()
    stream.continue_in_private(
        actor=as_actor(alice), ticket_id=ticket.pk, channel="facebook", text="Which order?"
    )
    facebook.send()
    return ticket


def test_the_answer_to_a_private_reply_comes_by_messenger_into_the_same_ticket(
    facebook, messenger_of_page, alice
):
    ticket = _in_private(facebook, alice)
    assert facebook.api.private[0]["recipient"] == {"comment_id": "200_1_9"}
    assert messenger_of_page.post(facebook.api.message("It was 4411")) == 200
    assert Ticket.objects.count() == 1
    said = ticket.comments.latest("id")
    assert (said.body, said.is_public, said.channel) == ("It was 4411", True, "messenger")
    assert said.author == ticket.requester
    assert set(ticket.requester.identities.values_list("kind", "value")) == {
        ("facebook", "u-carol"), ("messenger", "psid-1"),
    }  # fmt: skip
    delivery = messenger_of_page.reply(alice, ticket, "Thank you", reply_channel="messenger")
    assert (delivery.channel, delivery.state) == ("messenger", "sent")
    assert facebook.api.private[-1]["recipient"] == {"id": "psid-1"}


def test_who_is_known_by_messenger_already_stays_who_they_are(facebook, messenger_of_page, alice):
    messenger_of_page.post(facebook.api.message("Hello", mid="m_in_0"))
    earlier = Ticket.objects.get()
    facebook.post(facebook.api.comment(COMPLAINT, number="200_1_9"))
    ticket = Ticket.objects.latest("id")
    stream.continue_in_private(
        actor=as_actor(alice), ticket_id=ticket.pk, channel="facebook", text="Which order?"
    )
    facebook.send()
    messenger_of_page.post(facebook.api.message("It was 4411"))
    said = ticket.comments.latest("id")
    assert (said.body, said.author, said.is_public) == ("It was 4411", earlier.requester, True)
    assert Identity.objects.get(kind="messenger").user == earlier.requester


def test_without_messenger_a_private_reply_leaves_all_the_same(facebook, alice):
    ticket = _in_private(facebook, alice)
    assert ticket.deliveries.latest("id").state == "sent"


def test_one_address_serves_comments_and_messages_of_the_page(facebook, messenger_of_page):
    """Meta has one address for each app: the address of either account takes both."""
    assert facebook.post(facebook.api.message("Hello")) == 200
    assert messenger_of_page.post(facebook.api.comment(COMPLAINT)) == 200
    items = InboundItem.objects.values_list("account__channel", flat=True)
    assert sorted(items) == ["facebook", "messenger"]
    assert facebook.post(facebook.api.message("Hello")) == 200  # again, by the other address
    messenger_of_page.post(facebook.api.message("Hello"))
    assert InboundItem.objects.count() == 2
    for house in (facebook, messenger_of_page):
        house.connection.refresh_from_db()
        assert list(strangers_of(house.connection)) == []


def test_a_page_connected_twice_keeps_what_both_are_told(facebook, messenger_of_page):
    fields = facebook.api.subscribed.split(",")
    assert {"feed", "mention", "messages", "message_echoes"} <= set(fields)


def test_a_page_that_is_not_connected_is_shown_and_answered(facebook):
    body = facebook.api.comment(COMPLAINT, page="999")
    assert facebook.post(body) == 200
    assert facebook.post(body, signed(body, "another secret")) == 403
    assert InboundItem.objects.count() == 0
    facebook.connection.refresh_from_db()
    ((channel, name, _at),) = strangers_of(facebook.connection)
    assert (channel, name) == ("facebook", "999")


def test_an_account_of_another_app_gets_nothing_by_this_ones_signature(
    facebook, messenger_of_page, admin
):
    from channels_in.networks.connecting import reconnect_account
    from channels_in.networks.registry import network_of

    given = {**messenger_of_page.connection.secrets, "app_secret": "another app's"}
    reconnect_account(
        actor=as_actor(admin), network=network_of("messenger"),
        connection=messenger_of_page.connection, given=given,
    )  # fmt: skip
    assert facebook.post(facebook.api.message("Hello")) == 200
    assert InboundItem.objects.count() == 0
    facebook.connection.refresh_from_db()
    assert list(strangers_of(facebook.connection)) == []  # it is connected; its app posts itself


def test_what_the_page_answers_in_its_own_inbox_is_noted(facebook, alice):
    facebook.post(facebook.api.comment(COMPLAINT, number="200_1_7"))
    ticket = Ticket.objects.get()
    delivery = facebook.reply(alice, ticket, "Sorry! Which order?")
    own = facebook.api.comment("Sorry! Which order?", number=delivery.provider_id, parent="200_1_7")
    facebook.post(own.replace(b"u-carol", PAGE.encode()))
    assert ticket.comments.count() == 2
    other = facebook.api.comment("We have sent a new one", parent="200_1_7")
    facebook.post(other.replace(b"u-carol", PAGE.encode()))
    noted = ticket.comments.latest("id")
    assert (noted.body, noted.is_from_agent, noted.author.name) == (
        "We have sent a new one", True, "BrightCart",
    )  # fmt: skip
    assert StreamPost.objects.count() == 1


def test_our_own_posts_are_nobodys_answer(facebook):
    body = json.loads(facebook.api.comment("A new lamp!"))
    body["entry"][0]["changes"][0]["value"]["from"]["id"] = PAGE
    assert facebook.post(json.dumps(body).encode()) == 200
    assert InboundItem.objects.count() == 0


def _mention(facebook, number: str, **value) -> bytes:
    """A mention in a post that is not the page's, as Meta tells of it."""
    said = {"item": "comment", "verb": "add", "comment_id": number, "post_id": "777_1", **value}
    change = {"field": "mention", "value": said}
    entry = {"id": PAGE, "time": 1_763_000_000, "changes": [change]}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def test_a_mention_names_its_writer_in_words_of_its_own(facebook, alice):
    body = _mention(facebook, "777_5", sender_id="u-mona", sender_name="Mona",
                    message="BrightCart never answers, my parcel is broken")  # fmt: skip
    facebook.api.things["777_5"] = {"message": ""}
    assert facebook.post(body) == 200
    kept = StreamPost.objects.get()
    assert (kept.author_name, kept.answers_us, kept.tier) == ("Mona", False, "ticket")
    assert facebook.reply(alice, kept.item.ticket, "Sorry!").state == "sent"


def test_a_mention_without_a_writer_is_looked_up(facebook):
    facebook.api.written["777_6"] = {
        "id": "777_6", "from": {"id": "u-mona", "name": "Mona"},
        "message": "BrightCart never answers, my parcel is broken",
        "permalink_url": "https://www.facebook.com/777/posts/6",
    }  # fmt: skip
    assert facebook.post(_mention(facebook, "777_6")) == 200
    kept = StreamPost.objects.get()
    assert (kept.author_name, kept.url) == ("Mona", "https://www.facebook.com/777/posts/6")


def test_a_mention_whose_writer_facebook_keeps_to_itself_is_not_lost(facebook):
    assert facebook.post(_mention(facebook, "777_7", message="hello")) == 200
    item = InboundItem.objects.get()
    assert (item.fate, item.detail) == ("suspended", "Facebook did not say who wrote this.")
    facebook.server.next_answers = [None]
    assert facebook.post(_mention(facebook, "777_8", message="hello")) == 503
