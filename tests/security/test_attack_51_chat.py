"""Attacks 9, 16 and 51 at the chat's doors: victims, hostile words, floods, uploads."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from channels_in.actions.chat import Surroundings, introduce_visitor, meet_visitor
from channels_in.chat.conversation import messages_after
from channels_in.email.sending.files import link_to
from channels_in.models import Chat, Visitor
from tests.factories import sign_in
from tickets.models import Attachment, Delivery
from web.chat import doing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def token(widget) -> str:
    return meet_visitor(account=widget.account, around=Surroundings())[1]


def test_a_hundred_chats_in_a_victims_name_send_the_victim_nothing(widget, say):
    for number in range(20):
        visitor, _ = meet_visitor(account=widget.account, around=Surroundings())
        introduce_visitor(visitor=visitor, email="victim@customers.example")
        say(visitor, f"Buy cheap things {number}")

    assert Chat.objects.count() == 20
    assert not Delivery.objects.exists()


def test_new_visitors_of_one_address_are_bounded(widget, settings):
    settings.CHAT_VISITORS_PER_HOUR = 3
    url = reverse("chat:visitors", args=[widget.account.address])
    codes = [Client().post(url, "{}", "application/json").status_code for _ in range(5)]

    assert codes == [201, 201, 201, 429, 429]


def test_words_of_a_page_and_a_browser_stay_words(widget, say, alice):
    around = Surroundings(page_url=f"https://x.example/{HOSTILE}", page_title=HOSTILE,
                          referrer=HOSTILE, user_agent=HOSTILE, language=HOSTILE)  # fmt: skip
    visitor, _ = meet_visitor(account=widget.account, around=around)
    introduce_visitor(visitor=visitor, name=HOSTILE)
    say(visitor, HOSTILE, answers=[[HOSTILE, HOSTILE]], page_url=f"https://x.example/{HOSTILE}",
        page_title=HOSTILE)  # fmt: skip
    chat = Chat.objects.get()
    page = sign_in(Client(), alice).get(f"/tickets/{chat.ticket_id}/").content.decode()

    assert HOSTILE not in page
    assert messages_after(chat)[0].text == HOSTILE  # the widget sets it as text


def test_files_are_bounded_in_size_and_number_and_never_served_as_pages(widget, token, monkeypatch):
    monkeypatch.setattr(doing, "FILE_BYTES", 100)
    monkeypatch.setattr(doing, "FILES_PER_HOUR", 2)
    url = reverse("chat:files", args=[widget.account.address])

    def send(content: bytes) -> int:
        file = SimpleUploadedFile("page.html", content, "text/html")
        return Client().post(url, {"file": file}, headers={"X-Visitor": token}).status_code

    assert [send(b"x" * 101), send(b"<script>"), send(b"<script>")] == [413, 201, 429]
    link = link_to(Attachment.objects.get(), Visitor.objects.get().user_id)
    served = Client().get(link)
    assert served["Content-Type"] == "application/octet-stream"
    assert served["Content-Disposition"].startswith("attachment")


def test_a_waiting_file_of_another_visitor_cannot_be_taken(widget, token, visitor, say):
    url = reverse("chat:files", args=[widget.account.address])
    file = SimpleUploadedFile("note.txt", b"mine")
    kept = Client().post(url, {"file": file}, headers={"X-Visitor": token}).json()
    say(visitor, "Give it to me", files=[kept["id"]])

    comment = Chat.objects.get(visitor=visitor).ticket.comments.get()
    assert comment.attachments.count() == 0
    assert Attachment.objects.get(pk=kept["id"]).comment is None


def test_a_body_that_is_too_large_or_no_object_makes_nothing(widget, token):
    url = reverse("chat:messages", args=[widget.account.address])
    for body in (json.dumps({"text": "x" * 50_000}), "[]", "nothing", '"x"'):
        answer = Client().post(url, body, "application/json", headers={"X-Visitor": token})
        assert answer.status_code == 422
    assert not Chat.objects.exists()
    assert Visitor.objects.count() == 1
