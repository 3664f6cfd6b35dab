"""Attack 34, side conversations: by no door does a customer read any of one; and 26, by no id."""

from __future__ import annotations

import json

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from channels_in.actions import send_due
from tests.factories import api_client, as_actor, sign_in
from tickets.actions import (
    HeardMessage,
    SideDraft,
    hear_side_message,
    keep_upload,
    open_side_conversation,
    update_ticket,
)
from tickets.drafts import CommentDraft, NewFile
from tickets.models import SearchDocument, SideConversation

ASIDE = "narwhal-aside"
PERSON = "third@party.example"


@pytest.fixture
def side(world) -> SideConversation:
    """The agent asks a third party about carol's ticket, and is answered; the word is ASIDE."""
    agent = as_actor(world.people["agent"])
    upload = keep_upload(actor=agent, file=ContentFile(b"x"), filename=f"{ASIDE}.txt")
    made = open_side_conversation(
        actor=agent, ticket_id=world.ticket.pk, subject=f"{ASIDE} subject",
        message=SideDraft(body=f"{ASIDE} ours", to={PERSON: "Third"}, upload_ids=(upload.pk,)),
    )  # fmt: skip
    hear_side_message(
        actor=agent.on("email"), conversation_id=made.pk,
        message=HeardMessage(
            author=made.participants.get().user, body=f"{ASIDE} theirs", html=f"<p>{ASIDE}</p>",
            files=(NewFile("k" * 20, f"{ASIDE}-2.txt", "text/plain", 1, "0" * 64),),
        ),
    )  # fmt: skip
    return made


@pytest.mark.parametrize("who", ["customer", "cc", "stranger", "anonymous"])
def test_no_page_shows_it_to_customers(world, side, who):
    person = world.people[who]
    browser = sign_in(Client(), person) if person else Client()
    number, file = world.ticket.pk, side.messages.first().attachments.get()
    for path in (
        f"/requests/{number}/", "/requests/", "/requests/?q=narwhal", "/search/?q=narwhal",
        f"/tickets/{number}/", f"/tickets/{number}/side/", f"/tickets/{number}/side/{side.uuid}/",
        f"/tickets/{number}/side/count/", f"/tickets/{number}/side/files/{file.pk}/x.txt",
        f"/files/{file.pk}/x.txt",
    ):  # fmt: skip
        answer = browser.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert ASIDE.encode() not in body, path
        assert PERSON.encode() not in body, path
        if "/side/" in path:
            assert answer.status_code in (302, 403, 404), path


@pytest.mark.parametrize("who", ["customer", "cc", "stranger"])
def test_no_door_of_the_api_tells_customers(world, side, who):
    client = api_client(world.people[who])
    number = world.ticket.pk
    for path in (
        f"tickets/{number}", f"tickets/{number}/comments", f"tickets/{number}/audits",
        "search?query=narwhal", "tickets", f"tickets/{number}/side_conversations",
        f"tickets/{number}/side_conversations/{side.uuid}",
        f"tickets/{number}/side_conversations/{side.uuid}/events",
    ):  # fmt: skip
        answer = client.get(f"/api/v2/{path}")
        assert ASIDE not in answer.content.decode(), path
        assert PERSON not in answer.content.decode(), path
        if "side_conversations" in path:
            assert answer.status_code == 403


def test_the_third_party_is_nobody_on_the_ticket(world, side):
    third = side.participants.get().user
    client = api_client(third)
    assert client.get(f"/api/v2/tickets/{world.ticket.pk}").status_code == 404
    assert client.get(f"/api/v2/tickets/{world.ticket.pk}/side_conversations").status_code == 403
    assert sign_in(Client(), third).get(f"/requests/{world.ticket.pk}/").status_code == 404
    assert not world.ticket.participants.filter(user=third).exists()


def test_mail_to_customers_holds_nothing_of_it_and_mail_to_the_third_party_nothing_of_them(
    world, side, mailoutbox
):
    agent = world.people["agent"]
    reply = CommentDraft(author_id=agent.pk, body="A plain answer.")
    update_ticket(actor=as_actor(agent, channel="api"), ticket_id=world.ticket.pk, comment=reply)
    while send_due():
        pass
    to_third = [mail for mail in mailoutbox if mail.recipients() == [PERSON]]
    to_others = [mail for mail in mailoutbox if mail.recipients() != [PERSON]]
    assert to_third
    assert to_others
    for mail in to_others:
        text = mail.message().as_string()
        assert ASIDE not in text
        assert PERSON not in text
    for mail in to_third:
        text = mail.message().as_string()
        assert world.ticket.subject not in text
        assert world.people["customer"].email not in text
        assert "public word" not in text


def test_nothing_of_it_is_in_the_search_index(world, side):
    columns = [field.attname for field in SearchDocument._meta.fields]
    rows = SearchDocument.objects.filter(ticket=world.ticket).values_list(*columns)
    assert rows
    assert "narwhal" not in json.dumps([list(map(str, row)) for row in rows])


def test_a26_an_agent_who_may_not_see_the_ticket_finds_nothing_by_its_id(world, side):
    browser = sign_in(Client(), world.people["agent of another group"])
    number, file = world.ticket.pk, side.messages.first().attachments.get()
    for path in ("", "count/", f"{side.uuid}/", f"files/{file.pk}/x.txt"):
        assert browser.get(f"/tickets/{number}/side/{path}").status_code == 404
    client = api_client(world.people["agent of another group"])
    for path in ("", f"/{side.uuid}", f"/{side.uuid}/events"):
        answer = client.get(f"/api/v2/tickets/{number}/side_conversations{path}")
        assert answer.status_code == 404


def test_a15_hostile_html_of_the_third_party_is_inert_on_the_page(world, side):
    from core.html import sanitize

    hostile = '<p>Hi</p><img src=x onerror="alert(1)"><script>alert(2)</script>'
    hear_side_message(
        actor=as_actor(world.people["agent"]).on("email"), conversation_id=side.pk,
        message=HeardMessage(
            author=side.participants.get().user, body="Hi", html=sanitize(hostile),
        ),
    )  # fmt: skip
    browser = sign_in(Client(), world.people["agent"])
    page = browser.get(f"/tickets/{world.ticket.pk}/side/{side.uuid}/").content.decode()
    assert "onerror" not in page
    assert "<script" not in page
