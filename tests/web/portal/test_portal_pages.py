"""What a customer sees of a request, and what stays hidden (attacks 15, 16, 34)."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actor import system_actor
from accounts.models import Group, User
from core import clock
from tickets.actions import keep_upload, update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Attachment, Ticket

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


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


def test_what_agents_note_about_a_ticket_stays_with_them(
    carols: Client, ticket: Ticket, alice: User, support: Group, as_actor
) -> None:
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk,
        changes=TicketChanges(
            assignee_id=alice.pk, priority="urgent", tags=("difficult_person",),
            follower_ids=(alice.pk,),
        ),
    )  # fmt: skip
    for path in ("/requests/", f"/requests/{ticket.pk}/"):
        html = carols.get(path).content.decode()
        for secret in ("difficult_person", "urgent", "Urgent", alice.name, alice.email):
            assert secret not in html


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
