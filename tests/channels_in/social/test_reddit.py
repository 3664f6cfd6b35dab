"""Reddit against a server that follows its published API."""

from __future__ import annotations

from channels_in.actions import stream
from channels_in.reddit import client as reddit_client
from tests.factories import as_actor
from tickets.models import Ticket

COMPLAINT = "Third time my parcel arrives broken and nobody answers"


def test_only_what_is_new_is_heard_and_the_reply_stands_beneath_it(reddit, alice):
    said = reddit.api.comment(COMPLAINT)
    (kept,) = reddit.poll()
    assert (kept.handle, kept.author, kept.answers_us) == ("u/Carol_C", "carol_c", True)
    delivery = reddit.reply(alice, kept.item.ticket, "Sorry! Which order?")
    (posted,) = reddit.api.comments
    assert posted["parent"] == said
    assert posted["text"].startswith("Sorry! Which order? ^A")
    assert delivery.provider_id == posted["name"]
    reddit.api.comment("order 4411", parent=posted["name"])
    assert reddit.poll()[1].item.ticket == kept.item.ticket


def test_a_message_is_answered_as_a_message(reddit, alice):
    name = reddit.api.message("Where is my order?")
    reddit.poll()
    ticket = Ticket.objects.get()
    assert ticket.subject == "My order"
    reddit.reply(alice, ticket, "On its way.")
    assert reddit.api.comments[0]["parent"] == name
    assert reddit.api.comments[0]["text"] == "On its way."


def test_a_talk_goes_on_in_private(reddit, alice):
    reddit.api.comment(COMPLAINT)
    reddit.poll()
    stream.continue_in_private(
        actor=as_actor(alice), ticket_id=Ticket.objects.get().pk, channel="reddit",
        text="Which order?",
    )  # fmt: skip
    reddit.send()
    assert (reddit.api.composed[0]["to"], reddit.api.composed[0]["text"]) == (
        "carol_c", "Which order?",
    )  # fmt: skip
    assert reddit.api.comments == []


def test_all_pages_are_read(reddit):
    for number in range(230):
        reddit.api.comment(f"Question {number}: do you ship to Malta?", author=f"person{number}")
    assert len(reddit.poll()) == 230
    assert len(reddit.poll()) == 230


def test_an_access_token_that_ran_out_is_changed_for_a_new_one(reddit):
    reddit.api.comment(COMPLAINT)
    reddit.api.tokens.clear()
    assert len(reddit.poll()) == 1
    assert not reddit.connection.needs_sign_in


def test_consent_that_was_taken_back_is_shown(reddit):
    reddit.api.comment(COMPLAINT)
    reddit.api.refresh = "another"
    reddit.api.tokens.clear()
    reddit_client._tokens.clear()
    assert reddit.poll() == []
    assert reddit.connection.needs_sign_in


def test_a_comment_that_is_gone_is_told_and_edits_and_deletions_work(reddit, alice):
    reddit.api.comment(COMPLAINT)
    (kept,) = reddit.poll()
    delivery = reddit.reply(alice, kept.item.ticket, "Sorry!")
    stream.change_reply(actor=as_actor(alice), comment_id=delivery.comment_id, text="So sorry!")
    stream.do_due()
    assert reddit.api.comments[0]["text"] == "So sorry!"
    stream.change_reply(actor=as_actor(alice), comment_id=delivery.comment_id, text=None)
    stream.do_due()
    assert reddit.api.comments == []
    reddit.api.things.clear()
    refused = reddit.reply(alice, kept.item.ticket, "Are you there?")
    assert (refused.state, "has been deleted" in refused.error) == ("failed", True)
