"""What a customer can do: reply, solve, ask, follow up, rate."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from core import clock
from tests.web.portal.conftest import client_of, close
from tickets.models import Attachment, Participant, SatisfactionRating, Status, Ticket

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def test_a_reply_with_files_lands_on_the_ticket_and_reopens_it(
    carols: Client, carol: User, ticket: Ticket, say, alice: User
) -> None:
    say(alice, ticket, "Done", status="solved")
    files = [SimpleUploadedFile("photo.png", PNG), SimpleUploadedFile("note.txt", b"text")]
    response = carols.post(
        f"/requests/{ticket.pk}/replies/",
        {"body": "Not <b>yet</b>\n\nreally", "attachments": files},
    )
    assert (response.status_code, response["Location"]) == (302, f"/requests/{ticket.pk}/#end")
    comment = ticket.comments.latest("id")
    assert (comment.author, comment.is_public, comment.is_from_agent) == (carol, True, False)
    assert (comment.body, comment.channel) == ("Not <b>yet</b>\n\nreally", "web")
    assert comment.html == "<p>Not &lt;b&gt;yet&lt;/b&gt;</p>\n<p>really</p>"
    names = comment.attachments.order_by("id").values_list("filename", "content_type")
    assert list(names) == [("photo.png", "image/png"), ("note.txt", "text/plain")]
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN


def test_a_file_alone_is_a_reply(carols: Client, ticket: Ticket) -> None:
    data = {"body": "", "attachments": SimpleUploadedFile("photo.png", PNG)}
    assert carols.post(f"/requests/{ticket.pk}/replies/", data).status_code == 302
    assert ticket.comments.count() == 2


def test_an_empty_reply_is_refused(carols: Client, ticket: Ticket) -> None:
    response = carols.post(f"/requests/{ticket.pk}/replies/", {"body": "  "})
    assert response.status_code == 422
    assert b"Write something, or add a file." in response.content
    assert ticket.comments.count() == 1


def test_what_was_typed_is_kept_when_a_file_is_too_large(
    carols: Client, ticket: Ticket, settings
) -> None:
    settings.ATTACHMENT_MAX_BYTES = 10
    data = {"body": "My long story", "attachments": SimpleUploadedFile("film.txt", b"x" * 11)}
    response = carols.post(f"/requests/{ticket.pk}/replies/", data)
    assert response.status_code == 422
    assert "film.txt is larger than" in response.content.decode()
    assert "My long story" in response.content.decode()
    assert ticket.comments.count() == 1


def test_eleven_files_are_too_many(carols: Client, ticket: Ticket) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(11)]
    response = carols.post(f"/requests/{ticket.pk}/replies/", {"body": "x", "attachments": files})
    assert response.status_code == 422
    assert not Attachment.objects.exists()


def test_a_request_is_marked_as_solved_with_or_without_words(carols: Client, make_ticket) -> None:
    silent, spoken = make_ticket(), make_ticket()
    assert carols.post(f"/requests/{silent.pk}/solution/").status_code == 302
    carols.post(f"/requests/{spoken.pk}/replies/", {"body": "Thanks, it works", "solve": "1"})
    silent.refresh_from_db()
    spoken.refresh_from_db()
    assert (silent.status, spoken.status) == (Status.SOLVED, Status.SOLVED)
    assert (silent.comments.count(), spoken.comments.count()) == (1, 2)


def test_a_closed_request_takes_no_reply_but_keeps_what_was_typed(
    carols: Client, ticket: Ticket
) -> None:
    close(ticket)
    response = carols.post(f"/requests/{ticket.pk}/replies/", {"body": "One more thing"})
    assert response.status_code == 409
    assert "One more thing" in response.content.decode()
    assert f"/requests/new/?follow_up={ticket.pk}" in response.content.decode()
    assert ticket.comments.count() == 1
    assert carols.post(f"/requests/{ticket.pk}/solution/").status_code == 302


def test_a_follow_up_goes_on_from_a_closed_request(carols: Client, ticket: Ticket) -> None:
    close(ticket)
    form = carols.get(f"/requests/new/?follow_up={ticket.pk}").content.decode()
    assert "Follow-up: Where is my parcel?" in form
    carols.post("/requests/new/", {"subject": "Again", "body": "!", "follow_up": ticket.pk})
    assert Ticket.objects.latest("id").followup_source == ticket


def test_a_follow_up_of_somebody_elses_request_does_not_exist(
    ticket: Ticket, mallory: User
) -> None:
    close(ticket)
    client = client_of(mallory)
    assert client.get(f"/requests/new/?follow_up={ticket.pk}").status_code == 404
    data = {"subject": "x", "body": "y", "follow_up": ticket.pk}
    assert client.post("/requests/new/", data).status_code == 404
    assert Ticket.objects.count() == 1


def test_a_new_request_is_a_ticket_by_web_form(carols: Client, carol: User) -> None:
    data = {"subject": "My\nvoucher", "body": "It has expired.",
            "attachments": SimpleUploadedFile("v.png", PNG)}  # fmt: skip
    response = carols.post("/requests/new/", data)
    ticket = Ticket.objects.get()
    assert response["Location"] == f"/requests/{ticket.pk}/"
    assert (ticket.subject, ticket.requester, ticket.channel) == ("My voucher", carol, "web")
    assert (ticket.status, ticket.organization) == (Status.NEW, carol.organization)
    assert ticket.comments.get().attachments.count() == 1


def test_customers_cannot_set_what_is_not_theirs(carols: Client, alice: User) -> None:
    data = {"subject": "x", "body": "y", "status": "solved", "priority": "urgent",
            "assignee_id": alice.pk, "tags": "vip", "created_at": "2020-01-01"}  # fmt: skip
    carols.post("/requests/new/", data)
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.priority, ticket.assignee, ticket.tags) == ("new", "", None, [])
    assert ticket.created_at > datetime(2021, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"subject": "", "body": "y"}, "Say in a few words what this is about."),
        ({"subject": "x", "body": " "}, "Describe what happened."),
    ],
)
def test_an_incomplete_request_comes_back_with_what_was_typed(
    carols: Client, data: dict[str, str], message: str
) -> None:
    response = carols.post("/requests/new/", data)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Ticket.objects.exists()


def test_a_flood_of_requests_stops(carols: Client) -> None:
    codes = [
        carols.post("/requests/new/", {"subject": "x", "body": "y"}).status_code for _ in range(21)
    ]
    assert codes == [302] * 20 + [429]
    assert Ticket.objects.count() == 20


@pytest.mark.parametrize(
    ("data", "score"),
    [
        ({"score": "good"}, "good"),
        ({"score": "bad", "comment": "Too slow"}, "badwithcomment"),
    ],
)
def test_a_solved_request_can_be_rated_and_the_rating_changed(
    carols: Client, ticket: Ticket, say, alice: User, data: dict[str, str], score: str
) -> None:
    say(alice, ticket, "Done", status="solved")
    for sent in ({"score": "good", "comment": "Great"}, data):
        assert carols.post(f"/requests/{ticket.pk}/rating/", sent).status_code == 302
    ticket.refresh_from_db()
    assert ticket.satisfaction == score
    assert ticket.rating.comment == data.get("comment", "")
    assert "Change my rating" in carols.get(f"/requests/{ticket.pk}/").content.decode()


def test_an_unknown_score_is_refused(carols: Client, ticket: Ticket) -> None:
    assert carols.post(f"/requests/{ticket.pk}/rating/", {"score": "11"}).status_code == 422
    assert not SatisfactionRating.objects.exists()


def test_people_in_copy_do_not_rate(ticket: Ticket, dave: User, say, alice: User) -> None:
    Participant.objects.create(ticket=ticket, user=dave, role="cc", is_accepted=True,
                               created_at=clock.now())  # fmt: skip
    say(alice, ticket, "Done", status="solved")
    client = client_of(dave)
    assert "How was our help?" not in client.get(f"/requests/{ticket.pk}/").content.decode()
    assert client.post(f"/requests/{ticket.pk}/rating/", {"score": "bad"}).status_code == 403
    assert not SatisfactionRating.objects.exists()


def test_a_closed_request_cannot_be_rated_any_more(carols: Client, ticket: Ticket) -> None:
    close(ticket)
    assert carols.post(f"/requests/{ticket.pk}/rating/", {"score": "bad"}).status_code == 302
    assert not SatisfactionRating.objects.exists()
