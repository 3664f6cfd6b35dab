"""A customer's requests: what they see, what they may do, and what stays hidden from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actor import system_actor
from accounts.models import User
from core import clock
from tickets.actions import close_tickets, keep_upload, update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Attachment, Comment, Participant, SatisfactionRating, Status, Ticket

pytestmark = pytest.mark.usefixtures("clean_cache")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def carols(carol: User) -> Client:
    return client_of(carol)


@pytest.fixture
def ticket(make_ticket: Callable[..., Ticket]) -> Ticket:
    return make_ticket(subject="Where is my parcel?", body="It did not come.")


@pytest.fixture
def say(as_actor) -> Callable[..., Comment]:
    """`say(alice, ticket, "text", is_public=False, status="solved")` → the comment."""

    def write(who: User, ticket: Ticket, text: str, *, is_public: bool = True, html: str = "",
              files: tuple[int, ...] = (), **changes: object) -> Comment:  # fmt: skip
        draft = CommentDraft(
            author_id=who.pk, body=text, html=html, is_public=is_public, upload_ids=files
        )
        update_ticket(
            actor=as_actor(who), ticket_id=ticket.pk, changes=TicketChanges(**changes),
            comment=draft,
        )  # fmt: skip
        return ticket.comments.latest("id")

    return write


def close(ticket: Ticket) -> None:
    close_tickets(actor=system_actor("tests"), ticket_ids=[ticket.pk])


# Who may enter


PAGES = ("/requests/", "/requests/new/", "/requests/{number}/")
POSTS = ("replies", "solution", "rating")


@pytest.mark.parametrize("path", PAGES)
def test_visitors_are_asked_to_sign_in(ticket: Ticket, path: str) -> None:
    response = Client().get(path.format(number=ticket.pk))
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


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


# What is seen


def test_the_list_says_where_each_request_stands(
    carols: Client, ticket: Ticket, say, alice: User
) -> None:
    assert "Received" in carols.get("/requests/").content.decode()
    say(alice, ticket, "Which number?", status="pending")
    assert "Waiting for you" in carols.get("/requests/").content.decode()
    say(alice, ticket, "Found it.", status="solved")
    assert "parcel" not in carols.get("/requests/").content.decode()
    assert "Where is my parcel?" in carols.get("/requests/?show=solved").content.decode()


def test_internal_notes_never_reach_the_customer(
    carols: Client, ticket: Ticket, say, alice: User, as_actor
) -> None:
    file = keep_upload(
        actor=as_actor(alice), file=SimpleUploadedFile("salary.txt", b"x"), filename="salary.txt"
    )
    at = clock.now() + timedelta(hours=5)
    with clock.frozen(at):
        say(alice, ticket, "Secret note", is_public=False, html="<p>Secret note</p>",
            files=(file.pk,))  # fmt: skip
    shown = carols.get(f"/requests/{ticket.pk}/").content.decode()
    listed = carols.get("/requests/").content.decode()
    assert "Secret" not in shown + listed
    assert "salary" not in shown
    assert at.isoformat(timespec="seconds") not in listed  # nor that anything happened then
    assert carols.get(f"/files/{file.pk}/salary.txt").status_code == 404


def test_html_of_strangers_is_inert(carols: Client, ticket: Ticket, say, alice: User) -> None:
    say(alice, ticket, "x", html=(
        '<p onclick="a()" style="position:fixed">Hello</p><script>alert(1)</script>'
        '<img src="http://track.example/p.gif"><a href="javascript:a()">go</a><form></form>'
    ))  # fmt: skip
    html = carols.get(f"/requests/{ticket.pk}/").content.decode()
    body = html.partition("Hello")[0][-40:] + html.partition("Hello")[2][:200]
    assert "<p>" in body
    for word in ("onclick", "alert(1)", ' src="http', "javascript:", "position:fixed"):
        assert word not in html


def test_subjects_and_names_are_text(carols: Client, carol: User, make_ticket) -> None:
    User.objects.filter(pk=carol.pk).update(name="<b>Carol</b>")
    made = make_ticket(subject="<script>alert(1)</script>", body="<i>words</i>")
    for path in ("/requests/", f"/requests/{made.pk}/"):
        html = carols.get(path).content.decode()
        assert "<script>alert" not in html
        assert "<b>Carol" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_pictures_inside_a_mail_come_from_us(
    carols: Client, ticket: Ticket, say, alice: User, as_actor
) -> None:
    picture = SimpleUploadedFile("a.png", PNG)
    file = keep_upload(actor=as_actor(alice), file=picture, filename="a.png")
    Attachment.objects.filter(pk=file.pk).update(content_id="pic@1", is_inline=True)
    say(alice, ticket, "x", html='<p>See <img data-cid="pic@1" alt="A plan"></p>', files=(file.pk,))
    html = carols.get(f"/requests/{ticket.pk}/").content.decode()
    assert f'src="/files/{file.pk}/a.png"' in html
    assert "file-chip" not in html


def test_quoted_history_is_left_out(carols: Client, carol: User, ticket: Ticket) -> None:
    update_ticket(
        actor=system_actor("mail", channel="email"), ticket_id=ticket.pk,
        comment=CommentDraft(
            author_id=carol.pk, body="New words\n\n> old words", reply_text="New words",
            html="<p>New words</p><blockquote>old words</blockquote>",
        ),
    )  # fmt: skip
    html = carols.get(f"/requests/{ticket.pk}/").content.decode()
    assert "New words" in html
    assert "old words" not in html


def test_requests_come_in_pages(carols: Client, make_ticket) -> None:
    for number in range(30):
        make_ticket(subject=f"Matter {number:02}")
    first = carols.get("/requests/").content.decode()
    assert "Matter 29" in first
    assert "Matter 04" not in first
    cursor = first.partition("?cursor=")[2].partition('"')[0]
    assert "Matter 04" in carols.get(f"/requests/?cursor={cursor}").content.decode()
    assert carols.get("/requests/?cursor=%00bad").status_code == 400


def test_the_list_asks_a_constant_number_of_questions(
    carols: Client, make_ticket, django_assert_max_num_queries
) -> None:
    for _ in range(10):
        make_ticket()
    with django_assert_max_num_queries(6):
        carols.get("/requests/")


# What can be done


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
