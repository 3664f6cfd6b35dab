"""X against a server that follows its published API, signatures included."""

from __future__ import annotations

from datetime import UTC, datetime

from channels_in.actions import stream
from channels_in.models import DeedState, StreamDeed, StreamPost
from channels_in.x.oauth1 import Keys, signature
from tests.channels_in.social.fake_x import failed
from tests.factories import as_actor
from tickets.models import Ticket

COMPLAINT = "@BrightCart third time my parcel arrives broken, nobody answers"


def test_the_signature_is_that_of_the_published_example():
    """docs.x.com, "Creating a signature"."""
    keys = Keys(
        "xvz1evFS4wEEPTGEFPHBog", "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    )  # fmt: skip
    parameters = {
        "status": "Hello Ladies + Gentlemen, a signed OAuth request!", "include_entities": "true",
        "oauth_consumer_key": keys.api_key, "oauth_token": keys.token, "oauth_version": "1.0",
        "oauth_nonce": "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
        "oauth_signature_method": "HMAC-SHA1", "oauth_timestamp": "1318622958",
    }  # fmt: skip
    url = "https://api.twitter.com/1.1/statuses/update.json"
    assert signature(keys, "POST", url, parameters) == "hCtSmYh+iHYCEqBWrE7C7hYmtUk="


def test_a_mention_becomes_a_ticket_and_the_reply_stands_beneath_it(x, alice):
    said = x.api.mention(COMPLAINT)
    (kept,) = x.poll()
    assert (kept.handle, kept.followers, kept.reactions) == ("@carol", 2500, 4)
    assert kept.url == f"https://x.com/carol/status/{said}"
    delivery = x.reply(alice, kept.item.ticket, "Sorry! Which order?")
    (posted,) = x.api.said
    assert posted["text"].startswith("Sorry! Which order? ^A")
    assert posted["reply"] == {"in_reply_to_tweet_id": said}
    assert delivery.url == f"https://x.com/i/status/{posted['id']}"
    x.api.mention("@BrightCart order 4411", answers=posted["id"])
    rows = x.poll()
    assert rows[1].item.ticket == kept.item.ticket


def test_a_direct_message_is_answered_in_its_conversation(x, alice):
    x.api.direct("hi, where is my order?")
    x.poll()
    assert StreamPost.objects.count() == 0
    x.reply(alice, Ticket.objects.get(), "On its way.")
    ((to, text),) = x.api.told
    assert (to.startswith("100-"), text) == (True, "On its way.")
    assert x.api.said == []


def test_all_pages_are_read_and_each_post_once(x):
    x.api.mention("@BrightCart do you ship to Malta?", author="first")
    x.poll()
    for number in range(230):
        x.api.mention(f"@BrightCart question {number}?", author=f"p{number}")
    assert len(x.poll()) == 231
    assert len(x.poll()) == 231
    assert StreamPost.objects.values("external_id").distinct().count() == 231


def test_when_no_question_is_left_the_next_visit_waits_until_there_are_new_ones(x):
    x.api.remaining = 0
    x.poll()
    assert x.connection.next_poll_at == datetime(2099, 1, 1, tzinfo=UTC)


def test_what_x_refuses_is_told_and_not_repeated(x, alice):
    x.api.mention(COMPLAINT)
    x.poll()
    x.server.next_answers = [failed(403, "You are not allowed to reply to this conversation")]
    delivery = x.reply(alice, Ticket.objects.get(), "Sorry!")
    assert (delivery.state, "not allowed to reply" in delivery.error) == ("failed", True)


def test_a_connection_that_breaks_while_posting_is_not_known(x, alice):
    x.api.mention(COMPLAINT)
    x.poll()
    x.server.next_answers = [None]
    delivery = x.reply(alice, Ticket.objects.get(), "Sorry!")
    assert delivery.state == "unknown"
    assert x.api.said == []


def test_likes_and_deletions(x, alice):
    said = x.api.mention("@BrightCart I love my lamp, thank you!")
    (kept,) = x.poll()
    stream.like_post(actor=as_actor(alice), post_id=kept.pk)
    stream.answer_post(actor=as_actor(alice), post_id=kept.pk, text="Enjoy it!")
    delivery = x.send()
    stream.change_reply(actor=as_actor(alice), comment_id=delivery.comment_id, text=None)
    stream.do_due()
    assert (x.api.liked, x.api.said) == ([said], [])
    assert set(StreamDeed.objects.values_list("state", flat=True)) == {DeedState.DONE}
