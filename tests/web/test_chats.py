"""The desk's pages and deeds: what rings, who may, what is said when it goes wrong."""

from __future__ import annotations

import pytest

from accounts.roles import Role
from channels_in.actions.chat import accept_chat, offer_chat
from channels_in.models import Chat, ChatState
from macros.actions import MacroDraft, create_macro, set_availability
from tests.factories import SETUP, as_actor, make_user
from tests.web.chats import fresh

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def as_alice(browser_of, alice):
    set_availability(actor=as_actor(alice), chosen="online")
    return browser_of(alice)


def macro_of(title, effect):
    draft = MacroDraft(title=title, effects=[effect], scope="everyone")
    return create_macro(actor=SETUP, draft=draft)


def shown(answer) -> str:
    return answer.content.decode()


def test_a_chat_nobody_gives_out_rings_at_who_is_online(as_alice, chat, alice):
    page = shown(as_alice.get("/chats/dock/", headers=HX))
    assert f'data-call="open-{chat.pk}-0"' in page
    assert "My parcel is late" in page

    set_availability(actor=as_actor(alice), chosen="away")
    page = shown(as_alice.get("/chats/dock/", headers=HX))
    assert "data-call" not in page
    assert "1 waiting" in page


def test_an_offer_rings_at_its_agent_alone(as_alice, browser_of, chat, bob):
    set_availability(actor=as_actor(bob), chosen="online")
    offer_chat(actor=SETUP, chat_id=chat.pk, agent_id=bob.pk)
    assert "data-call" not in shown(as_alice.get("/chats/dock/", headers=HX))
    assert "data-call" in shown(browser_of(bob).get("/chats/dock/", headers=HX))


def test_a_refused_chat_rings_no_longer(as_alice, chat):
    assert as_alice.post(f"/chats/{chat.pk}/refusal/", headers=HX).status_code == 204
    assert "data-call" not in shown(as_alice.get("/chats/dock/", headers=HX))
    assert fresh(chat).state == ChatState.WAITING


def test_accepted_answered_and_ended_with_a_wrap_up(as_alice, chat, alice):
    macro = macro_of("Parcel", {"field": "priority", "value": "high"})
    answer = as_alice.post(f"/chats/{chat.pk}/acceptance/", headers=HX)
    assert answer.json()["url"] == f"/tickets/{chat.ticket_id}/"

    words = {"body": "I look.", "submit_key": "k1", "kind": "public"}
    for _attempt in range(2):
        answer = as_alice.post(f"/chats/{chat.pk}/messages/", words, headers=HX)
        assert answer.status_code == 204
    as_alice.post(f"/chats/{chat.pk}/messages/", {"body": "VIP", "kind": "internal"}, headers=HX)
    wrap_up = {
        "status": "solved", "tags": "parcel, late", "note": "Done",
        "macro": f"{macro.pk}:{macro.revision}",
    }  # fmt: skip
    assert as_alice.post(f"/chats/{chat.pk}/end/", wrap_up, headers=HX).status_code == 200

    chat = fresh(chat)
    assert (chat.state, chat.agent) == (ChatState.ENDED, alice)
    assert (chat.ticket.status, chat.ticket.priority) == ("solved", "high")
    assert sorted(chat.ticket.tags) == ["late", "parcel"]
    rows = chat.ticket.comments.order_by("id").values_list("body", "is_public")
    assert list(rows) == [
        ("My parcel is late", True), ("I look.", True), ("VIP", False), ("Done", False),
    ]  # fmt: skip


def test_the_second_agent_is_told_who_was_quicker(as_alice, browser_of, chat, bob):
    accept_chat(actor=as_actor(bob), chat_id=chat.pk)
    answer = as_alice.post(f"/chats/{chat.pk}/acceptance/", headers=HX)
    assert answer.status_code == 409
    assert bob.name in answer.json()["error"]
    assert fresh(chat).agent == bob


def test_words_that_are_too_long_are_kept_from_the_visitor(as_alice, chat):
    as_alice.post(f"/chats/{chat.pk}/acceptance/", headers=HX)
    answer = as_alice.post(f"/chats/{chat.pk}/messages/", {"body": "x" * 4001}, headers=HX)
    assert answer.status_code == 422
    assert "4000" in answer.json()["error"]
    assert chat.ticket.comments.count() == 1


def test_the_ticket_page_speaks_plainly_of_an_ended_chat_without_address(as_alice, chat):
    as_alice.post(f"/chats/{chat.pk}/acceptance/", headers=HX)
    page = shown(as_alice.get(f"/tickets/{chat.ticket_id}/"))
    assert "<chat-composer" in page
    assert "<ticket-composer" not in page

    as_alice.post(f"/chats/{chat.pk}/end/", {"status": "open"}, headers=HX)
    page = shown(as_alice.get(f"/tickets/{chat.ticket_id}/"))
    assert "<ticket-composer" in page
    assert "There is no e-mail address: they read your answer when they come back" in page


@pytest.mark.parametrize("what", ["transfer", "invite", "hold", "end", "take-over"])
def test_every_question_has_a_dialog_and_a_page(as_alice, chat, what):
    as_alice.post(f"/chats/{chat.pk}/acceptance/", headers=HX)
    url = f"/chats/{chat.pk}/ask/{what}/"
    assert "<form" in shown(as_alice.get(url, headers=HX))
    assert "page-dialog-title" in shown(as_alice.get(url))


def test_hold_transfer_and_invitation_by_their_forms(as_alice, browser_of, chat, support):
    dan = make_user("Dan Desk", Role.AGENT, groups=[support])
    as_alice.post(f"/chats/{chat.pk}/acceptance/", headers=HX)
    as_alice.post(f"/chats/{chat.pk}/hold/", {"reason": "Looking it up"}, headers=HX)
    assert (fresh(chat).state, fresh(chat).hold_reason) == ("held", "Looking it up")
    as_alice.post(f"/chats/{chat.pk}/hold/", headers=HX)
    assert fresh(chat).state == ChatState.ACTIVE
    as_alice.post(f"/chats/{chat.pk}/invitations/", {"user": dan.pk}, headers=HX)
    assert "asks you to join" in shown(browser_of(dan).get("/chats/dock/", headers=HX))
    assert browser_of(dan).post(f"/chats/{chat.pk}/presence/", headers=HX).status_code == 200
    as_alice.post(f"/chats/{chat.pk}/transfer/", {"to": f"agent-{dan.pk}"}, headers=HX)
    assert fresh(chat).offered_to == dan
    answer = as_alice.post(f"/chats/{chat.pk}/transfer/", {"to": "nobody"}, headers=HX)
    assert answer.status_code == 422


def test_canned_answers_are_read_as_they_would_be_sent(as_alice, chat):
    effect = {"field": "comment_value", "value": "Your parcel comes."}
    macro_of("Shipping::Parcel", effect)
    as_alice.post(f"/chats/{chat.pk}/acceptance/", headers=HX)
    url = f"/chats/{chat.pk}/answers/"
    assert 'data-text="Your parcel comes."' in shown(as_alice.get(url, {"q": "parc"}, headers=HX))
    assert "role" not in shown(as_alice.get(url, {"q": "invoice"}, headers=HX))


def test_a_hidden_chat_does_not_exist(browser_of, confined_bob, chat):
    browser = browser_of(confined_bob)
    assert "My parcel" not in shown(browser.get("/chats/"))
    assert "waiting" not in shown(browser.get("/chats/dock/", headers=HX))
    for name in ("bar", "visitor", "answers", "ask/end"):
        assert browser.get(f"/chats/{chat.pk}/{name}/").status_code == 404
    for name in ("acceptance", "takeover", "messages", "refusal", "presence"):
        answer = browser.post(f"/chats/{chat.pk}/{name}/", {"body": "x"}, headers=HX)
        assert answer.status_code == 404
    assert fresh(chat).state == ChatState.WAITING


def test_a_link_from_a_strangers_page_is_only_a_link_of_the_web(as_alice, chat, visitor):
    visitor.page_url = "javascript:alert(1)"
    visitor.save()
    page = shown(as_alice.get(f"/chats/{chat.pk}/visitor/", headers=HX))
    assert "javascript:alert(1)" in page
    assert "href" not in page


def test_the_dock_costs_the_same_however_many_chats(
    as_alice, alice, widget, say, django_assert_max_num_queries, chat
):
    from channels_in.actions.chat import Surroundings, meet_visitor

    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    for number in range(3):
        person = meet_visitor(account=widget.account, around=Surroundings(language="en"))[0]
        say(person, f"Question {number}")
        accept_chat(actor=as_actor(alice), chat_id=Chat.objects.latest("id").pk)
    with django_assert_max_num_queries(12):
        page = shown(as_alice.get("/chats/dock/", headers=HX))
    assert page.count("data-slot=") == 4
    with django_assert_max_num_queries(9):
        as_alice.get("/chats/", headers=HX)
