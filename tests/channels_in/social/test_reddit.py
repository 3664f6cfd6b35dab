"""Reddit against a server that follows its published API."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from channels_in.actions import stream
from channels_in.networks.connecting import connect_account
from channels_in.networks.health import network_health
from channels_in.networks.network import NetworkError, Refused
from channels_in.networks.registry import network_of
from channels_in.reddit import client as reddit_client
from channels_in.reddit import tokens
from channels_in.reddit.client import RedditClient
from channels_in.reddit.network import subreddits_of
from channels_in.reddit.tokens import Login
from core import clock
from tests.channels_in.social import fake_reddit
from tests.channels_in.social.fake_reddit import GIVEN
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
    assert (reddit.api.composed[0]["to"], reddit.api.composed[0]["body"]) == (
        "carol_c", "Which order?",
    )  # fmt: skip
    assert reddit.api.comments == []
    assert reddit.api.composed[0]["subject"] == "Your post on Reddit"
    reddit.api.message("It is 4411.", first=reddit.api.composed[0]["name"])
    reddit.poll()
    assert Ticket.objects.get().comments.filter(body="It is 4411.").count() == 1


def test_all_pages_are_read_and_each_comment_once(reddit, monkeypatch):
    monkeypatch.setattr(reddit_client, "_AT_ONCE", 10)
    for number in range(35):
        reddit.api.comment(f"Question {number}: do you ship to Malta?", author=f"person{number}")
    assert len(reddit.poll()) == 35
    asked = len(reddit.server.requests)
    assert len(reddit.poll()) == 35
    assert len(reddit.server.requests) == asked + 1


def test_what_turns_up_late_is_heard(reddit):
    reddit.api.comment(COMPLAINT)
    reddit.poll()
    reddit.api.comment("Same here, nobody answers", author="dora")
    late = reddit.api.things.pop()
    late["data"]["created_utc"] -= 30
    reddit.api.things.insert(0, late)
    assert [row.handle for row in reddit.poll()] == ["u/Carol_C", "u/dora"]


def test_subreddits_are_watched_and_our_own_words_are_not_heard(watching, alice):
    name = watching.api.watched("Nobody answers my mails.", title="BrightCart sent a broken lamp")
    watching.api.watched("My lamp from BrightCart is broken, too, what can I do?", author="Ed")
    watching.api.watched("We are sorry.", author="BrightCart")
    watching.api.watched("gone", author=None)
    post, comment = watching.poll()
    assert (post.handle, post.text) == (
        "u/Dora", "BrightCart sent a broken lamp\n\nNobody answers my mails.",
    )  # fmt: skip
    assert (comment.handle, comment.answers_us) == ("u/Ed", False)
    ticket = post.item.ticket
    assert ticket.subject == "BrightCart sent a broken lamp"
    watching.reply(alice, ticket, "Sorry!")
    assert watching.api.comments[0]["parent"] == name
    assert len(watching.poll()) == 2


def test_a_subreddit_that_closes_does_not_stop_the_inbox(watching):
    watching.api.subreddits.clear()
    watching.api.comment(COMPLAINT)
    assert len(watching.poll()) == 1
    assert watching.connection.error == ""


def test_a_subreddit_that_shuts_us_out_is_shown_with_what_to_do_until_it_lets_us_in(
    watching, admin
):
    def said() -> tuple[str, list[str]]:
        watching.poll()
        row = network_health(as_actor(admin), watching.connection.pk)
        return row.state, list(row.troubles)

    assert said()[1] == []
    watching.api.private.add("lamps")
    state, (words,) = said()
    assert state == "trouble"
    assert words.startswith("r/lamps is private or does not let this account read. Ask its mod")
    browser = Client()
    browser.force_login(admin)
    page = browser.get(reverse("admin:network_account", args=[watching.connection.pk]))
    assert "r/lamps is private" in page.content.decode()
    gone, watching.api.subreddits = watching.api.subreddits, {}
    watching.api.private.clear()
    assert said()[1][0].startswith("r/lamps is not there any more, or Reddit has banned it.")
    watching.api.subreddits = gone
    assert said()[1] == []


def test_names_of_subreddits_are_read_as_people_write_them():
    assert subreddits_of(" r/lamps, /r/Lights/;lamps ") == ["lamps", "Lights"]
    for typed in ("a b c!", ",".join(f"sub{n}" for n in range(11))):
        with pytest.raises(Refused):
            subreddits_of(typed)


def test_a_slip_in_a_subreddit_is_told_while_connecting(reddit, admin):
    given = {**GIVEN, "subreddits": "lmaps"}
    with pytest.raises(Refused, match="404"):
        connect_account(actor=as_actor(admin), network=network_of("reddit"), given=given)


def test_the_password_serves_as_well_and_a_wrong_one_is_told(reddit):
    login = Login("id", "secret", "BrightCart", password=fake_reddit.PASSWORD)
    assert RedditClient(login).who_am_i().address == "BrightCart"
    for wrong in (replace(login, password="guess"), replace(login, password="")):
        with pytest.raises(NetworkError):
            RedditClient(wrong).who_am_i()


def test_when_few_questions_are_left_the_next_visit_waits(reddit):
    reddit.api.remaining = 4.0
    reddit.poll()
    wait = reddit.connection.next_poll_at - clock.now()
    assert 500 < wait.total_seconds() <= 540


def test_an_answer_waits_for_the_break_that_reddit_asks_for(reddit, alice):
    reddit.api.comment(COMPLAINT)
    (kept,) = reddit.poll()
    reddit.api.errors = [["RATELIMIT", "Take a break for 3 minutes.", "ratelimit"]]
    assert reddit.reply(alice, kept.item.ticket, "Sorry!").state == "queued"
    reddit.connection.refresh_from_db()
    wait = reddit.connection.retry_at - clock.now()
    assert 170 < wait.total_seconds() < 220


def test_nothing_is_liked_by_a_program(reddit):
    assert not network_of("reddit").capabilities.can_like
    with pytest.raises(Refused):
        network_of("reddit").client(reddit.connection).like("t1_1")


def test_an_access_token_that_ran_out_is_changed_for_a_new_one(reddit):
    reddit.api.comment(COMPLAINT)
    reddit.api.tokens.clear()
    assert len(reddit.poll()) == 1
    assert not reddit.connection.needs_sign_in


def test_consent_that_was_taken_back_is_shown(reddit):
    reddit.api.comment(COMPLAINT)
    reddit.api.refresh = "another"
    reddit.api.tokens.clear()
    tokens._kept.clear()
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
