"""Mastodon against a server that follows its published API."""

from __future__ import annotations

import pytest

from channels_in.actions import stream
from channels_in.models import Connection, DeedState, StreamDeed, StreamPost
from channels_in.networks.connecting import try_connection
from channels_in.networks.privacy import carried_by
from channels_in.networks.registry import network_of
from channels_in.social.lengths import graphemes
from channels_in.social.lengths import mastodon as counted
from channels_in.social.signing import initials, signed
from channels_in.x.lengths import weighted
from tests.channels_in.messaging.fake_server import Answer
from tests.channels_in.social.fake_mastodon import TOKEN, failed
from tests.factories import as_actor
from tickets.errors import InvalidChange
from tickets.models import Ticket

COMPLAINT = "@shop third time my parcel arrives broken, nobody answers"


def test_a_mention_becomes_a_ticket_and_the_reply_names_its_writer(mastodon, alice):
    said = mastodon.api.mention(COMPLAINT)
    (kept,) = mastodon.poll()
    assert (kept.handle, kept.followers, kept.reactions) == ("@carol@other.test", 12, 3)
    delivery = mastodon.reply(alice, kept.item.ticket, "Sorry! Which order?")
    assert (delivery.state, delivery.url) == (
        "sent",
        f"https://m.test/@shop/{delivery.provider_id}",
    )
    posted = mastodon.api.statuses[delivery.provider_id]
    assert posted["status"].startswith("@carol@other.test Sorry! Which order? ^A")
    assert (posted["in_reply_to_id"], posted["visibility"]) == (said, "unlisted")
    mastodon.api.mention("order 4411, thanks", answers=delivery.provider_id)
    rows = mastodon.poll()
    assert rows[1].item.ticket == kept.item.ticket
    assert rows[1].answers_us


def test_a_direct_status_is_answered_in_private_and_never_in_public(mastodon, alice):
    mastodon.api.mention("hi, my order is 4411", visibility="direct")
    mastodon.poll()
    assert StreamPost.objects.count() == 0
    delivery = mastodon.reply(alice, Ticket.objects.get(), "Thanks, I look into it.")
    posted = mastodon.api.statuses[delivery.provider_id]
    assert posted["visibility"] == "direct"
    assert posted["status"] == "@carol@other.test Thanks, I look into it."


def test_the_composer_and_the_submit_count_by_the_limit_that_the_server_told(
    mastodon, admin, alice
):
    mastodon.api.mention(COMPLAINT)
    mastodon.poll()
    ticket = Ticket.objects.get()
    assert carried_by("mastodon", ticket).length_limit == 500
    mastodon.api.limit = 1000
    connection = Connection.objects.get()
    try_connection(actor=as_actor(admin), network=network_of("mastodon"), connection=connection)
    assert Connection.objects.get().settings["length"] == "1000"
    assert carried_by("mastodon", ticket).length_limit == 1000
    assert mastodon.reply(alice, ticket, "x" * 900).state == "sent"
    with pytest.raises(InvalidChange, match="1001 long as Mastodon counts; it carries 1000"):
        mastodon.reply(alice, ticket, "x" * 1001)
    mastodon.api.limit = None
    try_connection(actor=as_actor(admin), network=network_of("mastodon"), connection=connection)
    assert Connection.objects.get().settings["length"] == "1000"


def test_public_first_then_private_by_choice(mastodon, alice):
    mastodon.api.mention(COMPLAINT)
    mastodon.poll()
    ticket = Ticket.objects.get()
    stream.continue_in_private(
        actor=as_actor(alice), ticket_id=ticket.pk, channel="mastodon", text="Your number?",
        public_text="We have written to you.",
    )  # fmt: skip
    mastodon.send()
    by_visibility = {row.get("visibility"): row for row in mastodon.api.statuses.values()}
    assert by_visibility["direct"]["status"] == "@carol@other.test Your number?"
    assert "We have written to you. ^A" in by_visibility["unlisted"]["status"]


def test_pages_are_read_from_old_to_new_and_a_crash_between_loses_nothing(mastodon):
    for number in range(95):
        mastodon.api.mention(
            f"@shop question {number}, do you ship to Malta?", author=f"p{number}@o.test"
        )
    assert len(mastodon.poll()) == 95
    asked = [r.query["min_id"] for r in mastodon.server.requests if "min_id" in r.query]
    assert asked == sorted(asked, key=int)
    assert len(mastodon.poll()) == 95


def test_too_much_at_once_waits_as_long_as_the_server_says(mastodon):
    mastodon.api.mention(COMPLAINT)
    reset = "2099-01-01T00:00:00.000Z"
    mastodon.server.next_answers = [
        failed(429, "Too many requests", **{"X-RateLimit-Reset": reset})
    ]
    assert mastodon.poll() == []
    assert mastodon.connection.failures == 1
    assert "Too many requests" in mastodon.connection.error
    assert len(mastodon.poll()) == 1
    assert mastodon.connection.error == ""


def test_a_token_that_is_taken_back_is_shown_and_nothing_is_lost(mastodon, alice):
    mastodon.api.mention(COMPLAINT)
    mastodon.poll()
    mastodon.api.token = "another"
    delivery = mastodon.reply(alice, Ticket.objects.get(), "Sorry!")
    mastodon.connection.refresh_from_db()
    assert (delivery.state, mastodon.connection.needs_sign_in) == ("queued", True)
    mastodon.api.token = TOKEN
    mastodon.poll()
    type(delivery).objects.filter(pk=delivery.pk).update(next_attempt_at=delivery.created_at)
    assert mastodon.send().state == "sent"


def test_a_connection_that_breaks_while_posting_says_nothing_twice(mastodon, alice):
    mastodon.api.mention(COMPLAINT)
    mastodon.poll()
    real = mastodon.server.answer

    def swallows(request):
        said = real(request)
        mastodon.server.answer = real
        return None if request.method == "POST" else said

    mastodon.server.answer = lambda request: swallows(request) or Answer(502, {"error": "gateway"})
    delivery = mastodon.reply(alice, Ticket.objects.get(), "Sorry!")
    assert delivery.state == "queued"
    type(mastodon.connection).objects.update(retry_at=None)
    type(delivery).objects.filter(pk=delivery.pk).update(next_attempt_at=delivery.created_at)
    assert mastodon.send().state == "sent"
    assert len([s for s in mastodon.api.statuses.values() if "Sorry!" in s.get("status", "")]) == 1


def test_likes_edits_and_deletions(mastodon, alice):
    said = mastodon.api.mention("@shop I love my lamp, thank you!")
    (kept,) = mastodon.poll()
    stream.like_post(actor=as_actor(alice), post_id=kept.pk)
    stream.answer_post(actor=as_actor(alice), post_id=kept.pk, text="Enjoy it!")
    delivery = mastodon.send()
    stream.do_due()
    assert mastodon.api.favourites == [said]
    comment = delivery.comment_id
    stream.change_reply(actor=as_actor(alice), comment_id=comment, text="Enjoy it a lot!")
    stream.do_due()
    assert mastodon.api.statuses[delivery.provider_id]["status"] == "Enjoy it a lot!"
    for _ in range(2):  # a second time there is nothing left to take down, which is fine
        stream.change_reply(actor=as_actor(alice), comment_id=comment, text=None)
        stream.do_due()
    assert delivery.provider_id not in mastodon.api.statuses
    assert set(StreamDeed.objects.values_list("state", flat=True)) == {DeedState.DONE}


@pytest.mark.parametrize(
    ("text", "letters", "on_mastodon", "on_x"),
    [
        ("hello", 5, 5, 5),
        ("Größe", 5, 5, 5),
        ("e\u0301", 1, 1, 1),
        ("👩‍👩‍👧‍👦", 1, 1, 2),
        ("👍🏽", 1, 1, 2),
        ("🇮🇪🇩🇪", 2, 2, 4),
        ("日本", 2, 2, 4),
        ("see https://example.org/a/very/long/address/indeed", 50, 27, 27),
        ("@carol@other.test hi", 20, 9, 20),
    ],
)
def test_networks_count_in_their_own_ways(text, letters, on_mastodon, on_x):
    assert (graphemes(text), counted(text), weighted(text)) == (letters, on_mastodon, on_x)


def test_initials_are_put_where_there_is_room():
    assert initials("Anna-Lena von Berg") == "AB"
    assert signed("Hello", "Sam Brown", limit=300, counts=graphemes) == "Hello ^SB"
    assert signed("Hello ^XY", "Sam Brown", limit=300, counts=graphemes) == "Hello ^XY"
    assert signed("a" * 298, "Sam Brown", limit=300, counts=graphemes) == "a" * 298
    assert signed("Hello", "", limit=300, counts=graphemes) == "Hello"
