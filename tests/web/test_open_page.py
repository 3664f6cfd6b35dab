"""What an open ticket page is sent when something happened: in a chat, what was said."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from channels_in.actions.chat import Surroundings, accept_chat, meet_visitor
from channels_in.models import Chat
from core import clock
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


class OpenPage:
    """A ticket page in a browser, which fetches what is new."""

    def __init__(self, browser, ticket) -> None:
        self.browser, self.ticket = browser, ticket
        self.learn(browser.get(f"/tickets/{ticket.pk}/").content.decode())

    def learn(self, html: str) -> None:
        self.end = re.findall(r'id="comment-\d+" data-order="(\d+)"', html)[-1]
        self.version = re.search(r'data-version="(\d+)"', html)[1]

    def news(self) -> str:
        query = {"version": self.version, "since": self.end, "only": ""}
        answer = self.browser.get(f"/tickets/{self.ticket.pk}/parts/", query, headers=HTMX)
        html = answer.content.decode()
        self.learn(html)
        return html


def words(html: str) -> list[str]:
    return re.findall(r"<p>(.*?)</p>", html)


@pytest.fixture
def open_page(browser_of, alice, chat) -> OpenPage:
    accept_chat(actor=as_actor(alice), chat_id=chat.pk)
    chat.ticket.comments.update(created_at=clock.now() - timedelta(minutes=1))
    return OpenPage(browser_of(alice), chat.ticket)


def test_while_people_talk_a_page_is_sent_what_they_say(open_page, alice, chat, visitor, say):
    say(visitor, "Are you there?")
    assert words(open_page.news()) == ["My parcel is late", "Are you there?"]
    say(visitor, "Hello?")
    open_page.browser.post(f"/chats/{chat.pk}/messages/", {"body": "I am.", "submit_key": "1"})
    html = open_page.news()
    assert words(html) == ["Are you there?", "Hello?", "I am."]
    assert 'class="props"' not in html
    chat.ticket.refresh_from_db()
    assert open_page.version == str(chat.ticket.version)


@pytest.mark.parametrize("changed", ["status", "note"])
def test_what_else_happens_in_a_chat_brings_all_parts(
    open_page, alice, chat, visitor, say, changed
):
    say(visitor, "Are you there?")
    note = CommentDraft(author_id=alice.pk, body="Is it lost?", is_public=False)
    update_ticket(
        actor=as_actor(alice), ticket_id=chat.ticket_id,
        changes=TicketChanges(priority="urgent") if changed == "status" else TicketChanges(),
        comment=note if changed == "note" else None,
    )  # fmt: skip
    html = open_page.news()
    assert 'class="props"' in html
    assert "Are you there?" in words(html)
    say(visitor, "Hello?")
    assert 'class="props"' not in open_page.news()


def test_a_file_in_a_chat_is_listed_beside_it(browser_of, alice, widget, say):
    visitor, token = meet_visitor(account=widget.account, around=Surroundings())
    say(visitor, "My parcel is late")
    open_page = OpenPage(browser_of(alice), Chat.objects.get(visitor=visitor).ticket)
    url = reverse("chat:files", args=[widget.account.address])
    file = SimpleUploadedFile("label.txt", b"BC-1")
    kept = Client().post(url, {"file": file}, headers={"X-Visitor": token}).json()
    say(visitor, "Here", files=[kept["id"]])
    html = open_page.news()
    assert "label.txt" in html
    assert 'class="props"' in html


def test_words_in_a_chat_cost_few_queries(open_page, visitor, say):
    costs = []
    for turn in range(3):
        for word in range(1 + 3 * turn):
            say(visitor, f"{turn} {word}")
        with CaptureQueriesContext(connection) as captured:
            open_page.news()
        costs.append(len(captured))
    assert costs[1] == costs[2] <= 12
