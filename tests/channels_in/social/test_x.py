"""X against a server that follows its published API, signatures included."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from channels_in.actions import stream
from channels_in.messages import Handle
from channels_in.models import AwaitedFile, Connection, DeedState, StreamDeed, StreamPost
from channels_in.networks.network import Outgoing, OutgoingFile, Refused
from channels_in.networks.privacy import carried_by
from channels_in.networks.registry import network_of
from channels_in.x import client as x_client
from channels_in.x import pictures
from channels_in.x.lengths import weighted
from channels_in.x.oauth1 import Keys, signature
from core import clock
from tests.channels_in.social.fake_x import failed
from tests.factories import as_actor
from tickets.errors import InvalidChange
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


def test_a_post_counts_by_weight_and_a_direct_message_by_letters(x, alice):
    x.api.mention(COMPLAINT)
    x.poll()
    public = Ticket.objects.get()
    assert carried_by("x", public).length_limit == 280
    with pytest.raises(InvalidChange, match="282 long as X counts; it carries 280"):
        x.reply(alice, public, "漢" * 141)
    x.api.direct("hi, where is my order?", author="200")
    x.poll()
    private = Ticket.objects.latest("id")
    assert carried_by("x", private).length_limit == 10_000
    assert x.reply(alice, private, "漢" * 10_000).state == "sent"
    with pytest.raises(InvalidChange, match="10001 long as X counts; it carries 10000"):
        x.reply(alice, private, "x" * 10_001)


def test_all_pages_are_read_and_each_post_once(x):
    x.api.mention("@BrightCart do you ship to Malta?", author="first")
    x.poll()
    for number in range(230):
        x.api.mention(f"@BrightCart question {number}?", author=f"p{number}")
    assert len(x.poll()) == 231
    assert len(x.poll()) == 231
    assert StreamPost.objects.values("external_id").distinct().count() == 231


def test_direct_messages_are_read_page_by_page(x, monkeypatch):
    monkeypatch.setattr(x_client, "_AT_ONCE", 5)
    x.api.direct("the first", author="anna")
    x.poll()
    for number in range(12):
        x.api.direct(f"message {number}", author=f"p{number}")
    x.poll()
    x.poll()
    assert Ticket.objects.count() == 13


def test_a_page_that_x_has_forgotten_is_read_from_the_top(x):
    Connection.objects.update(
        cursor={"us": "100", "posts": {"since": "1", "until": "5", "page": "99999"}}
    )
    x.api.mention(COMPLAINT)
    x.poll()
    assert len(x.poll()) == 1
    assert x.connection.error == ""


def test_links_are_spelled_out_and_pictures_come_along(x):
    photo = {"media_key": "3_1", "type": "photo", "url": "https://pbs.twimg.com/media/a.jpg"}
    elsewhere = {"media_key": "3_2", "type": "photo", "url": "http://10.0.0.1/a.jpg"}
    x.api.media = {"3_1": photo, "3_2": elsewhere}
    links = [
        {"url": "https://t.co/1", "expanded_url": "https://shop.test/faq"},
        {"url": "https://t.co/2", "expanded_url": "https://x.com/c/1", "media_key": "3_1"},
    ]
    x.api.mention(
        "@BrightCart broken &amp; nobody answers https://t.co/1 https://t.co/2",
        attachments={"media_keys": ["3_1", "3_2"]}, entities={"urls": links},
    )  # fmt: skip
    (kept,) = x.poll()
    assert kept.text == "@BrightCart broken & nobody answers https://shop.test/faq"
    files = AwaitedFile.objects.values_list("reference", "filename")
    assert list(files) == [("https://pbs.twimg.com/media/a.jpg", "a.jpg")]


def test_pictures_go_with_a_post_and_one_with_a_direct_message(x, monkeypatch):
    monkeypatch.setattr(pictures, "readable", lambda file: b"PNG")
    picture = OutgoingFile("a.png", "image/png", 3, "key")
    handle = Handle("x", "555")
    client = network_of("x").client(x.connection)
    client.send(Outgoing("Look:", handle, is_private=False, files=[picture, picture]))
    first, second = x.api.uploads
    assert x.api.said[0]["media"] == {"media_ids": [first[0], second[0]]}
    client.send(Outgoing("Look:", handle, files=[picture]))
    assert [row[1:] for row in x.api.uploads][2:] == [("dm_image", b"PNG")]
    with pytest.raises(Refused, match="one picture"):
        client.send(Outgoing("Look:", handle, files=[picture, picture]))
    large = replace(picture, size=6_000_000)
    with pytest.raises(Refused, match="5 MB"):
        client.send(Outgoing("Look:", handle, is_private=False, files=[large]))
    assert len(x.api.uploads) == 3


def test_the_same_words_twice_are_refused_by_x_and_told(x, alice):
    x.api.mention(COMPLAINT)
    x.poll()
    ticket = Ticket.objects.get()
    assert x.reply(alice, ticket, "Sorry!").state == "sent"
    again = x.reply(alice, ticket, "Sorry!")
    assert (again.state, "duplicate content" in again.error) == ("failed", True)


def test_keys_that_x_takes_no_longer_are_shown_and_the_answer_waits(x, alice):
    x.api.mention(COMPLAINT)
    x.poll()
    x.server.next_answers = [failed(401, "Unauthorized")]
    assert x.reply(alice, Ticket.objects.get(), "Sorry!").state == "queued"
    x.connection.refresh_from_db()
    assert x.connection.needs_sign_in


@pytest.mark.parametrize(("status", "header"), [(429, "x-rate-limit-reset"), (402, "x-none")])
def test_an_answer_waits_while_x_takes_no_more(x, alice, status, header):
    x.api.mention(COMPLAINT)
    x.poll()
    reset = int(clock.now().timestamp()) + 3600
    x.server.next_answers = [failed(status, "Not now", **{header: str(reset)})]
    assert x.reply(alice, Ticket.objects.get(), "Sorry!").state == "queued"
    x.connection.refresh_from_db()
    wait = (x.connection.retry_at - clock.now()).total_seconds()
    assert 3500 < wait < 4400
    assert not x.connection.needs_sign_in


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("This is a test.", 15),
        ("http://test.com", 23),
        ("test.com", 23),
        ("Test https://test.com test https://test.com test.com test", 86),
        ("See test.com/a/b?c=d.", 28),
        ("foo.co.jp, t.co", 48),
        ("e.g. ok.so, a@b.com @shop.com", 29),
        ("저찀쯿쿿", 8),
        ("cafe\u0301", 4),
        ("H🐱☺", 5),
        ("👨‍👩‍👧‍👦 🙋🏽 1️⃣ 🇩🇪 ❤️", 14),
    ],
)
def test_lengths_are_those_of_twitter_text(text, length):
    """Most are of twitter-text's conformance suite and of docs.x.com, "Counting characters"."""
    assert weighted(text) == length


def test_hostile_texts_are_counted_quickly():
    began = time.perf_counter()
    for text in ("a.", "a-", "1", "http://", "a.com/", "👨‍"):
        weighted(text * 4000)
    assert time.perf_counter() - began < 1


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
