"""Messenger and Instagram against a server that does what Meta's Messenger Platform documents."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from accounts.models import Identity
from channels_in.models import InboundItem
from core import clock
from tests.channels_in.messaging.conftest import Desk, answer
from tests.channels_in.messaging.fake_messenger import PAGE, event, posted
from tests.factories import as_actor
from tickets.actions import keep_upload
from tickets.errors import InvalidChange
from tickets.models import Ticket


def said(text: str, mid: str = "m_in_1", **more):
    return posted(event(message={"mid": mid, "text": text, **more}))


def test_somebody_new_is_asked_for_by_name_and_answered(messenger: Desk, alice):
    ticket = messenger.hear(*said("Is it back?")).ticket
    assert ticket.requester.name == "Paula Perez"
    identity = Identity.objects.get(user=ticket.requester)
    assert (identity.kind, identity.value) == ("messenger", "7001")
    delivery = messenger.reply(ticket, alice, "On Monday.")
    assert (delivery.state, messenger.api.sent) == (
        "sent",
        [{"recipient": {"id": "7001"}, "messaging_type": "RESPONSE",
          "message": {"text": "On Monday.", "metadata": f"delivery-{delivery.pk}"}}],
    )  # fmt: skip


def test_a_name_that_cannot_be_had_stops_nothing(messenger: Desk):
    messenger.server.next_answers = [None]
    assert messenger.hear(*said("Hi")).ticket.requester.name == "7001"


def test_our_own_echo_is_no_message(messenger: Desk, alice):
    ticket = messenger.hear(*said("Hi")).ticket
    delivery = messenger.reply(ticket, alice, "Hello")
    echo = event(PAGE, message={"mid": delivery.provider_id, "text": "Hello", "is_echo": True})
    assert messenger.post(*posted(echo)).status_code == 200
    assert InboundItem.objects.count() == 1


def test_delivered_and_read_are_noted(messenger: Desk, alice):
    ticket = messenger.hear(*said("Hi")).ticket
    delivery = messenger.reply(ticket, alice, "Hello")
    messenger.post(*posted(event(delivery={"mids": [delivery.provider_id], "watermark": 1})))
    delivery.refresh_from_db()
    assert delivery.delivered_at
    later = int((clock.now() + timedelta(minutes=1)).timestamp() * 1000)
    messenger.post(*posted(event(read={"watermark": later})))
    delivery.refresh_from_db()
    assert delivery.read_at


def test_after_a_day_it_is_a_persons_message_and_after_a_week_none(messenger: Desk, alice):
    with clock.frozen(clock.now() - timedelta(days=3)):
        ticket = messenger.hear(*said("Hi")).ticket
    messenger.api.outside_day.add("7001")
    assert messenger.reply(ticket, alice, "Hello").state == "sent"
    sent = messenger.api.sent[-1]
    assert (sent["messaging_type"], sent["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")
    with (
        clock.frozen(clock.now() + timedelta(days=5)),
        pytest.raises(InvalidChange, match="last wrote on Messenger more than 7 days ago"),
    ):
        answer(ticket, alice, "Still there?")


def test_files_are_uploaded_to_messenger(messenger: Desk, alice):
    ticket = messenger.hear(*said("Hi")).ticket
    upload = keep_upload(actor=as_actor(alice), file=ContentFile(b"%PDF-1"), filename="a.pdf")
    messenger.reply(ticket, alice, "Here", upload_ids=(upload.pk,))
    text, file = (row["message"] for row in messenger.api.sent)
    assert text["text"] == "Here"
    assert file["attachment"]["type"] == "file"
    assert messenger.api.uploads[file["attachment"]["payload"]["attachment_id"]] == b"%PDF-1"


def test_instagram_fetches_files_itself_by_a_link_that_ends(instagram: Desk, alice, client):
    ticket = instagram.hear(*posted(event(message={"mid": "i1", "text": "Hi"}))).ticket
    assert ticket.channel == "instagram"
    upload = keep_upload(actor=as_actor(alice), file=ContentFile(b"GIF89a;"), filename="a.gif")
    instagram.reply(ticket, alice, "", upload_ids=(upload.pk,))
    payload = instagram.api.sent[-1]["message"]["attachment"]["payload"]
    answer_ = client.get(payload["url"].partition("://")[2].partition("/")[2].join(["/", ""]))
    assert answer_.status_code == 200
    assert b"".join(answer_.streaming_content) == b"GIF89a;"


def test_instagram_counts_bytes(instagram: Desk, alice):
    ticket = instagram.hear(*posted(event(message={"mid": "i1", "text": "Hi"}))).ticket
    assert instagram.reply(ticket, alice, "é" * 500).state == "sent"
    with pytest.raises(InvalidChange, match="1002 long as Instagram counts; it carries 1000"):
        answer(ticket, alice, "é" * 501)


def test_a_reaction_and_a_message_taken_back_are_told(instagram: Desk, alice):
    first = instagram.hear(*posted(event(message={"mid": "i1", "text": "Hi"}))).ticket
    reaction = {"mid": "i0", "action": "react", "reaction": "love", "emoji": "❤"}
    instagram.hear(*posted(event(reaction=reaction)))
    instagram.hear(*posted(event(message={"mid": "i1", "is_deleted": True})))
    bodies = [row.body for row in first.comments.order_by("id")]
    assert bodies == ["Hi", "❤", "[The message was taken back by its writer.]"]
    assert Ticket.objects.count() == 1
