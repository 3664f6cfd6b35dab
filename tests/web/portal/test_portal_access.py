"""Who may open and write on a customer's request."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from tests.web.portal.conftest import client_of
from tickets.models import Participant, SatisfactionRating, Status, Ticket

PAGES = ("/requests/", "/requests/new/", "/requests/{number}/")
POSTS = ("replies", "solution", "rating")


@pytest.mark.parametrize("path", PAGES)
def test_visitors_are_asked_to_sign_in(ticket: Ticket, path: str) -> None:
    response = Client().get(path.format(number=ticket.pk))
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("what", POSTS)
def test_visitors_write_nothing(ticket: Ticket, what: str) -> None:
    response = Client().post(f"/requests/{ticket.pk}/{what}/", {"body": "x", "score": "bad"})
    assert response["Location"].startswith("/sign-in/")
    assert Client().post("/requests/new/", {"subject": "x", "body": "y"}).status_code == 302
    assert (Ticket.objects.count(), ticket.comments.count()) == (1, 1)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["lightly", "alice", "lead", "admin"])
def test_staff_are_led_to_the_workspace(
    ticket: Ticket, path: str, who: str, request: pytest.FixtureRequest
) -> None:
    response = client_of(request.getfixturevalue(who)).get(path.format(number=ticket.pk))
    assert (response.status_code, response["Location"]) == (302, "/views/")


@pytest.mark.parametrize("what", POSTS)
@pytest.mark.parametrize(
    ("who", "status"),
    [("lightly", 403), ("alice", 403), ("lead", 403), ("mallory", 404), ("dave", 404)],
)
def test_nobody_writes_on_a_request_that_is_not_theirs(
    ticket: Ticket, what: str, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))
    data = {"body": "Mine now", "score": "bad"}
    assert client.post(f"/requests/{ticket.pk}/{what}/", data).status_code == status
    assert ticket.comments.count() == 1
    ticket.refresh_from_db()
    assert (ticket.status, ticket.satisfaction) == (Status.NEW, "unoffered")


@pytest.mark.parametrize("who", ["mallory", "dave"])
def test_others_cannot_tell_a_request_from_one_that_does_not_exist(
    ticket: Ticket, who: str, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))
    hidden, missing = client.get(f"/requests/{ticket.pk}/"), client.get("/requests/999999/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert b"parcel" not in hidden.content
    assert b"parcel" not in client.get("/requests/").content


def test_a_ticket_of_notes_alone_is_no_request(
    carols: Client, make_ticket, alice: User, as_actor
) -> None:
    internal = make_ticket(actor=as_actor(alice), author=alice, is_public=False, channel="web")
    assert carols.get(f"/requests/{internal.pk}/").status_code == 404


@pytest.mark.parametrize(("is_accepted", "status"), [(True, 200), (False, 404)])
def test_people_in_copy_take_part_once_they_are_accepted(
    ticket: Ticket, dave: User, is_accepted: bool, status: int
) -> None:
    Participant.objects.create(
        ticket=ticket, user=dave, role="cc", is_accepted=is_accepted, created_at=clock.now()
    )
    assert client_of(dave).get(f"/requests/{ticket.pk}/").status_code == status


@pytest.mark.parametrize("what", POSTS)
def test_links_change_nothing(carols: Client, ticket: Ticket, what: str) -> None:
    assert carols.get(f"/requests/{ticket.pk}/{what}/?score=good").status_code == 405
    assert not SatisfactionRating.objects.exists()


def test_forms_of_other_sites_are_refused(carol: User, ticket: Ticket) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(carol)
    response = client.post(f"/requests/{ticket.pk}/replies/", {"body": "Forged"})
    assert response.status_code == 403
    assert ticket.comments.count() == 1
