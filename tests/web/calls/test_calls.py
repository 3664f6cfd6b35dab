"""Writing calls down: on a ticket, for a customer, for a number nobody knows."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Identity
from core import clock
from tests.factories import api_client
from tickets.models import Delivery, Ticket

pytestmark = pytest.mark.django_db

NEW = "/calls/new/"
NUMBER = "+4915112345678"


@pytest.fixture
def carols_number(carol):
    return Identity.objects.create(
        user=carol, kind="phone", value=NUMBER, is_primary=True, created_at=clock.now()
    )


def test_a_call_becomes_a_note_on_the_ticket_it_was_about(browser_of, alice, make_ticket):
    ticket = make_ticket()
    Delivery.objects.all().delete()
    browser = browser_of(alice)
    page = browser.get(f"{NEW}?ticket={ticket.pk}").content.decode()
    assert f'<option value="{ticket.pk}" selected>' in page
    sound = SimpleUploadedFile("call.mp3", b"ID3 sound", "audio/mpeg")
    answer = browser.post(NEW, {
        "ticket": ticket.pk, "from_ticket": ticket.pk, "direction": "outbound", "number": NUMBER,
        "length": "4:30", "notes": "Promised a new lid.", "recording": sound,
    }, headers={"HX-Request": "true"})  # fmt: skip
    assert answer.status_code == 204
    assert "dialog-done" in answer["HX-Trigger"]
    comment = ticket.comments.latest("id")
    assert (comment.is_public, comment.channel, comment.body) == (
        False, "phone", "Promised a new lid.",
    )  # fmt: skip
    assert comment.metadata["call"] == {
        "kind": "logged", "direction": "outbound", "number": NUMBER, "ours": "", "seconds": 270,
    }  # fmt: skip
    assert comment.attachments.get().filename == "call.mp3"
    assert not Delivery.objects.exists()
    shown = browser.get(f"/tickets/{ticket.pk}/").content.decode()
    assert "Outgoing call" in shown


def test_a_call_of_a_known_number_opens_a_ticket_of_its_person(
    browser_of, alice, carol, carols_number
):
    answer = browser_of(alice).post(NEW, {"number": "0049 151 1234 5678", "direction": "inbound"})
    ticket = Ticket.objects.get()
    assert answer["Location"] == f"/tickets/{ticket.pk}/"
    assert (ticket.requester, ticket.channel, ticket.status) == (carol, "phone", "open")
    assert (ticket.assignee, ticket.subject) == (alice, "Call from Carol Customer")
    assert not ticket.is_public


def test_a_call_of_an_unknown_number_makes_its_person(browser_of, alice):
    browser_of(alice).post(
        NEW, {"number": "+33 1 23 45 67 89", "name": "Zoé", "direction": "inbound"}
    )
    person = Ticket.objects.get().requester
    assert (person.name, person.identities.get().value) == ("Zoé", "+33123456789")


def test_what_is_wrong_stands_beside_its_field_with_the_notes_kept(browser_of, alice):
    browser = browser_of(alice)
    for given, where in (
        ({"number": ""}, "call-number-error"),
        ({"number": NUMBER, "length": "long"}, "call-length-error"),
    ):
        answer = browser.post(NEW, {"direction": "inbound", "notes": "Kept.", **given})
        assert answer.status_code == 422
        assert f'id="{where}"' in answer.content.decode()
        assert "Kept." in answer.content.decode()
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("typed", ["0151 1234", "+49 151 12", "carol", "15112345678"])
def test_callers_are_found_by_number_and_name_while_one_types(
    browser_of, alice, carols_number, typed
):
    page = browser_of(alice).get("/calls/callers/", {"q": typed}).content.decode()
    assert f'data-number="{NUMBER}"' in page


def test_a_call_is_noted_only_on_tickets_that_one_sees(
    browser_of, confined_bob, carol, carols_number, make_ticket
):
    ticket = make_ticket()
    before = ticket.comments.count()
    browser = browser_of(confined_bob)
    assert browser.get(f"{NEW}?ticket={ticket.pk}").status_code == 404
    given = {"ticket": ticket.pk, "direction": "inbound", "notes": "x"}
    assert browser.post(NEW, given).status_code == 404
    page = browser.get("/calls/tickets/", {"person": carol.pk}).content.decode()
    assert f"#{ticket.pk}" not in page
    assert ticket.comments.count() == before


def test_who_may_not_edit_logs_no_calls(browser_of, lightly, carol, carols_number):
    given = {"number": NUMBER, "direction": "inbound"}
    assert browser_of(lightly).post(NEW, given).status_code == 403
    assert browser_of(carol).post(NEW, given).status_code == 403
    assert not Ticket.objects.exists()


def test_programs_read_a_call_as_zendesks_voice_comment(browser_of, alice, make_ticket):
    ticket = make_ticket()
    given = {"ticket": ticket.pk, "direction": "outbound", "number": NUMBER, "length": "1:05"}
    browser_of(alice).post(NEW, given)
    path = f"/api/v2/tickets/{ticket.pk}/comments.json"
    first, call = api_client(alice).get(path).json()["comments"]
    assert (first["type"], "data" in first) == ("Comment", False)
    assert (call["type"], call["public"]) == ("VoiceComment", False)
    assert (call["data"]["from"], call["data"]["to"]) == (None, NUMBER)
    assert (call["data"]["call_duration"], call["data"]["recording_url"]) == (65, None)


def test_from_a_ticket_and_a_customer_it_is_two_clicks(browser_of, alice, carol, make_ticket):
    ticket = make_ticket()
    browser = browser_of(alice)
    assert f'href="/calls/new/?ticket={ticket.pk}"' in browser.get(f"/tickets/{ticket.pk}/").text
    assert f'href="/calls/new/?person={carol.pk}"' in browser.get(f"/people/{carol.pk}/").text
