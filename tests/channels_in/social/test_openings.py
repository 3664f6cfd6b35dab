"""The words that begin a first public answer: once, in public, counted, and kept on the ticket."""

from __future__ import annotations

import pytest
from django.test import Client

from channels_in.actions import stream
from channels_in.actions.stream import change_stream_rules
from channels_in.models import StreamPost
from tests.channels_in.social.conftest import House
from tests.factories import as_actor, sign_in
from tickets.errors import InvalidChange
from tickets.models import Ticket

COMPLAINT = "Third time my parcel arrives broken and nobody answers"
OPENING = "Hi, thanks for telling us!"


@pytest.fixture
def opened(instagram: House, admin) -> House:
    change_stream_rules(
        actor=as_actor(admin), account_id=instagram.connection.account_id, tiers={},
        first_public_answer=f" {OPENING}\n", signs_initials=False,
    )  # fmt: skip
    return instagram


def written(browser, ticket: Ticket, text: str, **more: str):
    way = f"instagram:{ticket.requester.identities.get().value}"
    form = {"kind": "public", "body": text, "way": way, "status": "open", **more}
    return browser.post(f"/tickets/{ticket.pk}/comments/", form, HTTP_HX_REQUEST="true")


def test_it_stands_before_the_first_answer_and_no_other(opened, alice, settings):
    settings.UNDO_SEND_SECONDS = 0
    opened.post(opened.api.comment(COMPLAINT))
    ticket = Ticket.objects.get()
    browser = sign_in(Client(), alice)
    assert OPENING in browser.get(f"/tickets/{ticket.pk}/").content.decode()
    assert written(browser, ticket, "Which order?").status_code < 300
    assert written(browser, ticket, "And which address?").status_code < 300
    bodies = [row.body for row in ticket.comments.order_by("id")[1:]]
    assert bodies == [f"{OPENING} Which order?", "And which address?"]
    opened.send()
    said = [row["text"] for row in opened.api.comments.values() if row["author"] != "7001"]
    assert said == bodies


def test_a_note_and_a_private_message_have_none(opened, alice, settings):
    settings.UNDO_SEND_SECONDS = 0
    opened.post(opened.api.comment(COMPLAINT))
    ticket = Ticket.objects.get()
    written(sign_in(Client(), alice), ticket, "Look at this", kind="internal")
    assert ticket.comments.latest("id").body == "Look at this"
    opened.post(opened.api.message("Hello", author="7005"))
    private = Ticket.objects.latest("id")
    written(sign_in(Client(), alice), private, "Good morning")
    assert private.comments.latest("id").body == "Good morning"


def test_it_counts_for_the_length(opened, alice):
    opened.post(opened.api.comment(COMPLAINT))
    ticket = Ticket.objects.get()
    browser = sign_in(Client(), alice)
    way = f"instagram:{ticket.requester.identities.get().value}"
    fits = 2200 - len(OPENING) - 1
    for length, words, is_over in ((fits, "0 left", False), (fits + 1, "1 too many", True)):
        said = browser.post(f"/tickets/{ticket.pk}/composer/length/",
                            {"way": way, "body": "x" * length}).json()  # fmt: skip
        assert said == {"words": words, "isOver": is_over}
    refused = written(browser, ticket, "x" * (fits + 1))
    assert (refused.status_code, refused.context["message"][:10]) == (422, "This is 22")
    assert ticket.comments.count() == 1


def test_an_answer_from_the_stream_has_it_too(opened, alice):
    opened.post(opened.api.comment("Love it, thank you so much!"))
    post = StreamPost.objects.get()
    page = sign_in(Client(), alice).get(f"/social/posts/{post.pk}/").content.decode()
    assert OPENING in page
    assert f'data-limit="{2200 - len(OPENING) - 1}"' in page
    with pytest.raises(InvalidChange, match="of 2200"):
        stream.answer_post(actor=as_actor(alice), post_id=post.pk, text="x" * 2190)
    ticket = stream.answer_post(actor=as_actor(alice), post_id=post.pk, text="Enjoy!")
    assert ticket.comments.latest("id").body == f"{OPENING} Enjoy!"
    again = sign_in(Client(), alice).get(f"/social/posts/{post.pk}/").content.decode()
    assert "opening-" not in again


def test_a_reply_that_was_taken_back_and_sent_again_has_it_once(opened, alice, settings):
    settings.UNDO_SEND_SECONDS = 0
    opened.post(opened.api.comment(COMPLAINT))
    ticket = Ticket.objects.get()
    written(sign_in(Client(), alice), ticket, f"{OPENING} Which order?")
    assert ticket.comments.latest("id").body == f"{OPENING} Which order?"
