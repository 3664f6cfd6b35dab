"""Comments of a Facebook page: signed webhooks in, Graph API out."""

from __future__ import annotations

import pytest
from django.test import Client

from channels_in import funnel
from channels_in.actions import stream
from channels_in.models import Connection, InboundItem, PostState, StreamPost
from core import clock
from tests.channels_in.social.fake_facebook import failed, signed
from tests.factories import as_actor
from tickets.models import Delivery, Ticket

COMPLAINT = "Third time my parcel arrives broken and nobody answers"


@pytest.fixture
def posts(facebook):
    def post(body: bytes, **headers: str) -> int:
        url = f"/hooks/facebook/{facebook.connection.webhook_key}/"
        headers = headers or signed(body)
        answer = Client().post(url, body, content_type="application/json", **headers)
        funnel.process_due()
        return answer.status_code

    return post


def test_the_handshake_wants_the_token_that_was_made(facebook):
    url = f"/hooks/facebook/{facebook.connection.webhook_key}/"
    asked = {"hub.mode": "subscribe", "hub.challenge": "42"}
    token = facebook.connection.secret("verify_token")
    answer = Client().get(url, {**asked, "hub.verify_token": token})
    assert (answer.status_code, answer.content) == (200, b"42")
    assert Client().get(url, {**asked, "hub.verify_token": "guess"}).status_code == 403


def test_a_comment_becomes_a_ticket_and_the_reply_stands_beneath_it(facebook, posts, alice):
    body = facebook.api.comment(COMPLAINT, number="200_1_7")
    assert posts(body) == 200
    kept = StreamPost.objects.get()
    assert (kept.answers_us, kept.tier, kept.author_name) == (True, "ticket", "Carol")
    delivery = facebook.reply(alice, kept.item.ticket, "Sorry! Which order?")
    made = facebook.api.things[delivery.provider_id]
    assert (made["parent"], made["message"][:19]) == ("200_1_7", "Sorry! Which order?")
    again = facebook.api.comment("order 4411", parent=delivery.provider_id)
    posts(again)
    assert StreamPost.objects.latest("id").item.ticket == kept.item.ticket


def test_a_token_that_ends_is_shown_and_the_answer_waits_for_the_next(facebook, posts, alice):
    posts(facebook.api.comment(COMPLAINT))
    facebook.server.next_answers = [failed(401, 190, "Session has expired")]
    delivery = facebook.reply(alice, Ticket.objects.get(), "Sorry!")
    facebook.connection.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("queued", 0)
    assert facebook.connection.needs_sign_in
    assert "Session has expired" in facebook.connection.error
    Connection.objects.update(retry_at=None)  # as signing in again does
    Delivery.objects.update(next_attempt_at=clock.now())
    assert facebook.send().state == "sent"


def test_forged_replayed_and_foreign_posts_change_nothing(facebook, posts):
    body = facebook.api.comment(COMPLAINT)
    assert posts(body, **signed(body, "another secret")) == 403
    assert posts(body, HTTP_X_OTHER="none") == 403
    assert InboundItem.objects.count() == 0
    assert (posts(body), posts(body)) == (200, 200)
    assert InboundItem.objects.count() == 1
    posts(facebook.api.comment(COMPLAINT, page="999"))
    posts(facebook.api.comment("our own words", author="x").replace(b"u-x", b"200"))
    assert InboundItem.objects.count() == 1


def test_a_comment_that_is_taken_down_leaves_the_stream(facebook, posts):
    posts(facebook.api.comment("love it, thank you!", number="200_1_8"))
    posts(facebook.api.comment("", number="200_1_8", verb="remove"))
    kept = StreamPost.objects.get()
    assert (kept.state, kept.text) == (PostState.GONE, "")


def test_private_replies_likes_edits_and_deletions(facebook, posts, alice):
    posts(facebook.api.comment(COMPLAINT, number="200_1_9"))
    kept = StreamPost.objects.get()
    stream.continue_in_private(
        actor=as_actor(alice), ticket_id=Ticket.objects.get().pk, channel="facebook",
        text="Which order?",
    )  # fmt: skip
    facebook.send()
    assert facebook.api.private[0]["recipient"] == {"comment_id": "200_1_9"}
    stream.like_post(actor=as_actor(alice), post_id=kept.pk)
    stream.close_loop(actor=as_actor(alice), ticket_id=kept.item.ticket_id, text="All is well.")
    delivery = facebook.send()
    stream.change_reply(actor=as_actor(alice), comment_id=delivery.comment_id, text="All well.")
    stream.do_due()
    assert facebook.api.likes == ["200_1_9"]
    assert facebook.api.things[delivery.provider_id]["message"] == "All well."
    stream.change_reply(actor=as_actor(alice), comment_id=delivery.comment_id, text=None)
    stream.do_due()
    assert delivery.provider_id not in facebook.api.things
