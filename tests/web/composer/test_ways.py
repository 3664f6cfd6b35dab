"""The ways somebody can be answered, as the composer offers and the door takes them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.actions import add_identity
from core import clock
from tests.channels_in.messaging.conftest import Desk, sms, whatsapp  # noqa: F401  fixtures
from tests.channels_in.messaging.fake_whatsapp import message, posted
from tests.factories import SETUP
from tickets.models import Delivery, Ticket

WAY = "whatsapp:+16505551234"


@pytest.fixture
def chat(whatsapp: Desk) -> Ticket:  # noqa: F811
    """A ticket that came by WhatsApp, of somebody who has an e-mail address, too."""
    ticket = whatsapp.hear(*posted(message("text", {"body": "Where is my cot?"}))).ticket
    add_identity(actor=SETUP, user=ticket.requester, kind="email", value="kerry@example.org")
    return ticket


def submit(browser, ticket: Ticket, **fields: str):
    form = {"kind": "public", "status": "open", "submit_key": "k", "seen": "", **fields}
    form["seen"] = str(ticket.comments.order_by("-id").first().pk)
    return browser.post(f"/tickets/{ticket.pk}/comments/", form)


def test_the_way_used_last_stands_first_and_the_others_are_offered(browser_of, chat, alice):
    page = browser_of(alice).get(f"/tickets/{chat.pk}/").content.decode()
    assert f'<option value="{WAY}" data-channel="whatsapp" data-rich="no" data-files="yes"' in page
    assert page.index(WAY) < page.index('<option value="email:kerry@example.org"')
    assert page.count(" selected>WhatsApp · +16505551234</option>") == 1


def test_what_a_customer_prefers_comes_before_what_they_used_last(browser_of, chat, alice):
    browser = browser_of(alice)
    url = reverse("people:edit", args=[chat.requester_id, "prefers"])
    assert "The way they wrote last" in browser.get(url).content.decode()
    assert browser.post(url, {"value": "pigeon"}).status_code == 422
    browser.post(url, {"value": "email"})
    page = browser.get(f"/tickets/{chat.pk}/").content.decode()
    assert page.count(" selected>kerry@example.org</option>") == 1


def test_the_reply_check_counts_as_the_chosen_way_counts(browser_of, chat, alice):
    browser = browser_of(alice)

    def said(way: str) -> str:
        form = {"kind": "public", "body": "x" * 4097, "way": way}
        return browser.post(f"/tickets/{chat.pk}/reply-check/", form).content.decode()

    assert "This is 4097 characters long; WhatsApp carries 4096." in said(WAY)
    assert "too_long" not in said("email:kerry@example.org")


def test_the_chosen_way_is_taken(browser_of, chat, alice):
    browser = browser_of(alice)
    assert submit(browser, chat, body="By mail", way="email:kerry@example.org").status_code == 302
    delivery = Delivery.objects.get(comment__body="By mail")
    assert (delivery.channel, delivery.address) == ("email", "kerry@example.org")
    submit(browser, chat, body="Here", way=WAY, submit_key="l")
    delivery = Delivery.objects.get(comment__body="Here")
    assert (delivery.channel, delivery.address) == ("whatsapp", "+16505551234")
    assert submit(browser, chat, body="x", way="telegram:7", submit_key="m").status_code == 409
    assert chat.comments.count() == 3


def test_outside_of_the_window_a_template_is_offered_and_sent(browser_of, chat, alice):
    browser = browser_of(alice)
    with clock.frozen(clock.now() + timedelta(hours=30)):
        page = browser.get(f"/tickets/{chat.pk}/").content.decode()
        assert "more than 24 hours ago" in page
        offered = browser.get(f"/tickets/{chat.pk}/composer/templates/", {"way": WAY})
        assert "order_update · en_US" in offered.content.decode()
        chosen = {"way": WAY, "template": "order_update/en_US"}
        form = browser.get(f"/tickets/{chat.pk}/composer/templates/", chosen).content.decode()
        assert 'name="value-body.2"' in form
        assert submit(browser, chat, body="Free text", way=WAY).status_code == 409
        refused = submit(browser, chat, **chosen, **{"value-body.1": "Kerry"})
        assert "Fill in every field" in refused.content.decode()
        values = {"value-header.1": "A-7", "value-body.1": "Kerry", "value-body.2": "cot",
                  "value-button.1": "A-7"}  # fmt: skip
        assert submit(browser, chat, **chosen, **values).status_code == 302
    sent = chat.comments.order_by("id").last()
    assert sent.body == "Your order A-7\n\nHello Kerry, your cot is on its way.\n\nNordwind"
    assert sent.metadata["template"]["name"] == "order_update"


def test_a_reply_may_point_at_a_message(browser_of, chat, alice):
    first = chat.comments.get()
    submit(browser_of(alice), chat, body="This one", way=WAY, answers=str(first.pk))
    reply = chat.comments.order_by("id").last()
    assert (reply.metadata["answers"], reply.metadata["in_reply_to"]) == (first.pk, "wamid.1")
    page = browser_of(alice).get(f"/tickets/{chat.pk}/").content.decode()
    assert f'<a class="answered" href="#comment-{first.pk}">' in page


def test_lengths_are_said_as_the_network_counts(browser_of, chat, alice, sms: Desk):  # noqa: F811
    browser = browser_of(alice)

    def said(way: str, text: str) -> dict[str, object]:
        answer = browser.post(f"/tickets/{chat.pk}/composer/length/", {"way": way, "body": text})
        return answer.json()

    assert said(WAY, "short") == {"words": "", "isOver": False}
    assert said(WAY, "x" * 4000) == {"words": "96 left", "isOver": False}
    assert said(WAY, "x" * 4100) == {"words": "4 too many", "isOver": True}
    assert said("sms:+1", "Hello") == {"words": "1 message · 155 left in it", "isOver": False}
    assert (
        said("sms:+1", "“Hi”")["words"] == "1 message · 66 left in it · short ones because of “ ”"
    )
    assert said("nowhere:1", "x") == {"words": "", "isOver": False}


def test_the_ways_of_a_ticket_cost_as_many_queries_however_many_there_are(
    browser_of, chat, alice, django_assert_max_num_queries
):
    browser = browser_of(alice)
    browser.get(f"/tickets/{chat.pk}/")
    for n in range(8):
        add_identity(actor=SETUP, user=chat.requester, kind="email", value=f"k{n}@example.org")
    with django_assert_max_num_queries(34):
        browser.get(f"/tickets/{chat.pk}/")


def test_a_chat_is_answered_in_the_chat_unless_its_agent_chooses_mail(
    browser_of, make_ticket, alice, carol
):
    ticket = make_ticket(channel="chat")
    browser = browser_of(alice)
    page = browser.get(f"/tickets/{ticket.pk}/").content.decode()
    assert f'<option value="chat:{ticket.pk}" data-channel="chat"' in page
    assert page.count(" selected>Chat</option>") == 1
    submit(browser, ticket, body="Here", way=f"chat:{ticket.pk}")
    reply = ticket.comments.order_by("id").last()
    assert reply.metadata["reply_channel"] == "chat"
    assert not Delivery.objects.filter(comment=reply, channel="email").exists()
    submit(browser, ticket, body="By mail", way=f"email:{carol.email}", submit_key="l")
    assert Delivery.objects.get(comment__body="By mail").address == carol.email
