"""Calls that nobody takes: answered by us, recorded by Twilio, tickets in the end."""

# ruff: noqa: F811  fixtures of another folder are imported by name

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts.models import Identity, User
from channels_in import funnel
from channels_in.models import AwaitedFile, ChannelAccount, Connection, Fate, InboundItem
from channels_in.networks.fetching import fetch_due_files
from channels_in.phone.network import Phone
from channels_in.sms import client as sms_client
from core import clock
from tests.channels_in.messaging.conftest import Desk, _nothing_kept, connected  # noqa: F401
from tests.channels_in.messaging.fake_server import serving
from tests.channels_in.messaging.fake_twilio import NUMBER, SID, TOKEN, posted
from tests.channels_in.phone.fake_voice import (
    CALLER,
    RECORDING,
    FakeVoice,
    call,
    ended,
    recorded,
    transcribed,
)
from tickets.models import Comment, Ticket
from web.admin.networks.forms import ConnectForm

pytestmark = pytest.mark.django_db


class PhoneDesk(Desk):
    def ring(self, fields: dict[str, str], stage: str = "", **more: str):
        """As Twilio posts to our door about a call; `stage` is the query of the address."""
        query = f"?stage={stage}" if stage else ""
        body, headers = posted(f"{self.url}{query}", fields, **more)
        given = {f"HTTP_{n.upper().replace('-', '_')}": v for n, v in headers.items()}
        kind = headers["content-type"]
        return Client().post(f"{self.path}{query}", body, content_type=kind, **given)


@pytest.fixture
def phone(admin: User, monkeypatch) -> Iterator[PhoneDesk]:
    api = FakeVoice()
    with serving(api) as server:
        monkeypatch.setattr(sms_client, "HOST", server.url)
        plain = {"account_sid": SID, "sender": NUMBER, "greeting": "Say <hello> & more",
                 "goodbye": "Bye", "language": "en-GB", "transcribes": "yes",
                 "missed_calls": "yes"}  # fmt: skip
        desk = connected(admin, "phone", NUMBER, plain, {"auth_token": TOKEN})
        yield PhoneDesk(desk, api, server)


def parsed(answer) -> ElementTree.Element:
    return ElementTree.fromstring(answer.content)  # noqa: S314  our own


def process() -> list[InboundItem]:
    funnel.process_due()
    return list(InboundItem.objects.order_by("id"))


def test_a_call_is_answered_and_recorded(phone):
    answer = phone.ring(call())
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml")
    say, record = parsed(answer)
    assert (say.tag, say.text) == ("Say", "Say <hello> & more")
    assert record.attrib["action"] == f"{phone.url}?stage=voicemail"
    assert record.attrib["transcribeCallback"] == f"{phone.url}?stage=transcription"
    assert not InboundItem.objects.exists()


@pytest.mark.parametrize(
    ("language", "voice", "words"),
    [
        ("", "en-GB", "Hello. Please leave a message"),
        ("de", "de-DE", "Guten Tag. Bitte sprechen Sie nach dem Ton"),
        ("fr", "en-GB", "Hello. Please leave a message"),
    ],
)
def test_our_own_words_are_spoken_in_the_language_of_the_account(phone, language, voice, words):
    settings = phone.connection.settings | {"greeting": "", "goodbye": "", "language": ""}
    Connection.objects.update(settings=settings)
    ChannelAccount.objects.update(language=language)
    say = parsed(phone.ring(call())).find("Say")
    assert say.attrib["language"] == voice
    assert say.text.startswith(words)


def test_switches_are_checkboxes_and_remember_what_was_ticked(phone):
    Connection.objects.update(settings=phone.connection.settings | {"transcribes": "no"})
    kept = Connection.objects.get()
    form = ConnectForm(network=Phone(), connection=kept)
    assert [form[name].widget_type for name in ("transcribes", "missed_calls")] == ["checkbox"] * 2
    assert "checked" not in str(form["transcribes"])
    assert "checked" in str(form["missed_calls"])
    given = {"account_sid": SID, "sender": NUMBER, "transcribes": "on"}
    form = ConnectForm(given, network=Phone(), connection=kept)
    assert form.is_valid()
    assert (form.given()["transcribes"], form.given()["missed_calls"]) == ("yes", "no")


def test_a_voicemail_becomes_a_ticket_with_its_recording(phone):
    phone.api.pending = 1
    answer = phone.ring(recorded(), "voicemail")
    assert parsed(answer).find("Say").text == "Bye"
    process()
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.subject) == ("phone", f"Voicemail from {CALLER}")
    assert Identity.objects.get(user=ticket.requester).value == CALLER
    comment = ticket.comments.get()
    assert comment.body == "Voice message, 0:42."
    assert comment.metadata["call"]["seconds"] == 42
    assert not comment.is_from_agent
    fetch_due_files()
    assert not comment.attachments.exists()
    AwaitedFile.objects.update(next_attempt_at=clock.now())
    fetch_due_files()
    assert comment.attachments.get().filename == "voicemail.mp3"


def test_what_is_told_twice_or_in_another_order_is_one_ticket(phone):
    phone.ring(ended(), "status")
    phone.ring(recorded(), "voicemail")
    phone.ring(recorded(), "voicemail")
    phone.ring(transcribed("Please call me back."), "transcription")
    process()
    ticket = Ticket.objects.get()
    assert [comment.body for comment in ticket.comments.order_by("id")] == [
        "The call ended before a message was left.", "Voice message, 0:42.",
        "Please call me back.",
    ]  # fmt: skip


def test_a_call_that_left_a_message_is_not_missed(phone):
    phone.ring(recorded(), "voicemail")
    process()
    phone.ring(ended(), "status")
    assert [item.fate for item in process()] == [Fate.COMMENT, Fate.DUPLICATE]
    assert Comment.objects.count() == 1


def test_a_missed_call_becomes_a_ticket_of_its_caller(phone, carol):
    Identity.objects.create(user=carol, kind="phone", value=CALLER, created_at=carol.created_at)
    phone.ring(recorded(0), "voicemail")
    phone.ring(ended(), "status")
    process()
    ticket = Ticket.objects.get()
    assert (ticket.subject, ticket.requester) == (f"Missed call from {CALLER}", carol)


@pytest.mark.parametrize("withheld", ["+266696687", "anonymous", ""])
def test_callers_without_a_number_are_nobody_known_and_not_each_other(phone, withheld):
    for n in (1, 2):
        phone.ring(recorded(**{"From": withheld, "CallSid": f"CA{n:032x}",
                               "RecordingSid": f"RE{n:032x}"}), "voicemail")  # fmt: skip
    process()
    people = {ticket.requester.display_name for ticket in Ticket.objects.all()}
    assert people == {"Withheld number"}
    assert len({ticket.requester_id for ticket in Ticket.objects.all()}) == 2


def test_calls_that_are_not_proven_are_refused(phone):
    assert phone.ring(recorded(), "voicemail", token="other").status_code == 403
    assert phone.ring({**recorded(), "AccountSid": "AC" + "b" * 32}, "voicemail").status_code == 403
    body, headers = posted(f"{phone.url}?stage=voicemail", recorded())
    given = {f"HTTP_{n.upper().replace('-', '_')}": v for n, v in headers.items()}
    client = Client()
    moved = client.post(f"{phone.path}?stage=status", body,
                        content_type=headers["content-type"], **given)  # fmt: skip
    assert moved.status_code == 403
    assert client.get(phone.path).status_code == 403
    assert phone.ring(call(), "odd").status_code == 400
    assert not InboundItem.objects.exists()


def test_a_number_is_told_where_to_post_to(phone):
    client = Phone().client(phone.connection)
    assert client.who_am_i().address == NUMBER
    client.listen_at(phone.url, "")
    assert phone.api.settings == {
        "VoiceUrl": phone.url, "VoiceMethod": "POST",
        "StatusCallback": f"{phone.url}?stage=status", "StatusCallbackMethod": "POST",
    }  # fmt: skip


def test_a_recording_is_fetched_by_its_id_alone(phone):
    odd = recorded(RecordingUrl="https://evil.example/x", RecordingSid="../../../x")
    phone.ring(odd, "voicemail")
    process()
    fetch_due_files()
    assert not any("evil" in request.path for request in phone.server.requests)
    assert RECORDING not in "".join(request.path for request in phone.server.requests)
    assert not Comment.objects.get().attachments.exists()
