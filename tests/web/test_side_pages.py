"""The side conversations of a ticket page: list, threads, forms, files, and who may."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from tests.factories import as_actor
from tickets.actions import (
    SideDraft,
    keep_upload,
    open_side_conversation,
    tell_parents,
    update_ticket,
)
from tickets.drafts import TicketChanges
from tickets.models import Attachment, Delivery, SideConversation, SideMessage, Ticket

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}
MAIL = {"kind": "email", "subject": "Parcel 12", "body": "Where is it?", "on_reply": "reopen"}


@pytest.fixture
def side(ticket, alice) -> SideConversation:
    return open_side_conversation(
        actor=as_actor(alice), ticket_id=ticket.pk, subject="Parcel 12",
        message=SideDraft(body="Where is it?", to={"carrie@carrier.example": "Carrie"}),
    )  # fmt: skip


def post(browser, ticket, path="", **form):
    return browser.post(f"/tickets/{ticket.pk}/side/{path}", form, headers=FRAGMENT)


def get(browser, ticket, path=""):
    return browser.get(f"/tickets/{ticket.pk}/side/{path}", headers=FRAGMENT)


def test_one_is_begun_by_mail_and_shown(browser_of, ticket, alice):
    answer = post(browser_of(alice), ticket, **MAIL, to=["Carrie@Carrier.example"])
    assert answer.status_code == 200
    assert "Where is it?" in answer.content.decode()
    side = SideConversation.objects.get()
    assert (side.ticket, side.subject, side.reopens_ticket) == (ticket, "Parcel 12", True)
    delivery = Delivery.objects.get(side_message__conversation=side)
    assert (delivery.address, delivery.kind) == ("carrie@carrier.example", "side_message")
    assert ticket.audits.last().events.get().type == "CollabThreadCreated"
    assert ticket.comments.count() == 1


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"to": ["nobody"]}, "is not an e-mail address"),
        ({"to": ["support@example.com"]}, "our own address"),
        ({"to": []}, "whom this goes to"),
        ({"to": ["a@b.example"], "body": " "}, "Write something"),
        ({"to": ["a@b.example"], "subject": " "}, "Write a subject"),
        ({"to": [f"p{n}@b.example" for n in range(21)]}, "At most 20"),
    ],
)
def test_a_mistake_is_said_and_the_form_keeps_what_it_has(browser_of, ticket, alice, form, words):
    answer = post(browser_of(alice), ticket, **{**MAIL, **form})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert form.get("body", "Where is it?").strip() in page
    assert not SideConversation.objects.exists()
    assert not SideMessage.objects.exists()


def test_writing_on_goes_to_everybody_in_the_line(browser_of, ticket, alice, side):
    answer = post(
        browser_of(alice), ticket, f"{side.uuid}/messages/", body="And now?",
        to=["carrie@carrier.example", "boss@carrier.example"],
    )  # fmt: skip
    assert answer.status_code == 200
    latest = side.messages.last()
    assert [row.address for row in latest.deliveries.order_by("id")] == [
        "carrie@carrier.example", "boss@carrier.example",
    ]  # fmt: skip
    assert side.participants.count() == 2


def test_it_is_closed_and_opened_and_set(browser_of, ticket, alice, side):
    browser = browser_of(alice)
    post(browser, ticket, f"{side.uuid}/state/", state="closed")
    side.refresh_from_db()
    assert side.state == "closed"
    post(browser, ticket, f"{side.uuid}/messages/", body="One more", to=["carrie@carrier.example"])
    side.refresh_from_db()
    assert side.state == "open"
    post(browser, ticket, f"{side.uuid}/state/", on_reply="note")
    side.refresh_from_db()
    assert (side.state, side.reopens_ticket) == ("open", False)
    assert post(browser, ticket, f"{side.uuid}/state/", state="new").status_code == 422


def test_a_file_comes_along_and_belongs_to_it(browser_of, ticket, alice, bob, side):
    upload = keep_upload(actor=as_actor(alice), file=ContentFile(b"bytes"), filename="proof.txt")
    path, to = f"{side.uuid}/messages/", ["carrie@carrier.example"]
    theirs = post(browser_of(bob), ticket, path, body="Mine now", to=to, upload=upload.pk)
    assert theirs.status_code == 422
    post(browser_of(alice), ticket, path, body="See", to=to, upload=upload.pk)
    file = side.messages.last().attachments.get()
    assert not Attachment.objects.exists()
    address = f"/tickets/{ticket.pk}/side/files/{file.pk}/proof.txt"
    answer = browser_of(bob).get(address)
    assert b"".join(answer.streaming_content) == b"bytes"
    assert answer["Content-Type"] == "application/octet-stream"


def test_unread_is_told_until_it_was_shown(browser_of, ticket, alice, bob, side):
    side.heard_at = side.message_added_at
    side.save()
    hers, his = browser_of(alice), browser_of(bob)
    assert get(hers, ticket, "count/").json() == {"all": 1, "open": 1, "unread": 1}
    assert 'aria-label="unread"' in get(hers, ticket).content.decode()
    assert post(hers, ticket, f"{side.uuid}/reading/").status_code == 204
    assert get(hers, ticket, "count/").json()["unread"] == 0
    assert get(his, ticket, "count/").json()["unread"] == 1


def test_a_child_ticket_is_opened_told_of_and_tells_its_parent(
    browser_of, ticket, alice, bob, billing, mailoutbox
):
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(status="hold"))
    answer = post(
        browser_of(alice), ticket, kind="child_ticket", subject="Refund it", body="€ 12, please",
        assignment=f"{billing.pk}/{bob.pk}", on_reply="reopen",
    )  # fmt: skip
    assert "Refund it" in answer.content.decode()
    side = SideConversation.objects.get()
    child = side.child
    assert (child.assignee, child.requester, child.is_public) == (bob, alice, False)
    assert ticket.links_out.get().target == child
    assert {row.recipient for row in child.deliveries.all()} <= {alice, bob}
    update_ticket(actor=as_actor(bob), ticket_id=child.pk, changes=TicketChanges(status="solved"))
    assert tell_parents(ticket_ids=[child.pk, ticket.pk]) == 1
    assert tell_parents(ticket_ids=[child.pk]) == 0
    ticket.refresh_from_db()
    side.refresh_from_db()
    note = ticket.comments.last()
    assert (ticket.status, side.state) == ("open", "closed")
    assert (note.is_public, note.is_from_agent) == (False, True)
    assert f"#{child.pk}" in note.body
    assert "#" in get(browser_of(alice), ticket).content.decode()
    update_ticket(actor=as_actor(bob), ticket_id=child.pk, changes=TicketChanges(status="open"))
    assert tell_parents(ticket_ids=[child.pk]) == 1
    side.refresh_from_db()
    assert side.state == "open"


def test_who_may(browser_of, ticket, alice, lightly, confined_bob, carol, side):
    path = f"{side.uuid}/"
    assert get(browser_of(lightly), ticket, path).status_code == 200
    for form_path in ("new/mail/", "new/ticket/"):
        assert get(browser_of(lightly), ticket, form_path).status_code == 403
    writes = [("", {**MAIL, "to": "a@b.example"}), (f"{path}messages/", {"body": "x"}),
              (f"{path}state/", {"state": "closed"}),
              ("", {"kind": "child_ticket", "subject": "s", "body": "b"})]  # fmt: skip
    for person, status in ((lightly, 403), (confined_bob, 404), (carol, 403)):
        for write_path, form in writes:
            assert post(browser_of(person), ticket, write_path, **form).status_code == status
    assert get(browser_of(confined_bob), ticket, path).status_code == 404
    assert SideMessage.objects.count() == 1


def test_it_is_found_under_its_own_ticket_alone(browser_of, ticket, make_ticket, alice, side):
    other = make_ticket(subject="Another")
    browser = browser_of(alice)
    for path in (f"{side.uuid}/", "00000000-0000-4000-8000-000000000000/"):
        assert get(browser, other, path).status_code == 404
        assert post(browser, other, f"{path}messages/", body="x").status_code == 404
        assert post(browser, other, f"{path}state/", state="closed").status_code == 404
        assert post(browser, other, f"{path}reading/").status_code == 404


def test_a_closed_ticket_takes_no_new_word(browser_of, ticket, alice, side):
    for status in ("solved", "closed"):
        update_ticket(
            actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(status=status)
        )
    browser = browser_of(alice)
    assert post(browser, ticket, **MAIL, to="a@b.example").status_code == 409
    assert post(browser, ticket, f"{side.uuid}/messages/", body="x").status_code == 409
    assert "side-reply" not in get(browser, ticket, f"{side.uuid}/").content.decode()


def test_those_of_a_merged_ticket_are_found_with_the_one_it_went_into(
    browser_of, ticket, make_ticket, alice, side
):
    target = make_ticket(subject="The other half")
    Ticket.objects.filter(pk=ticket.pk).update(
        merged_into=target, status="closed", solved_at=ticket.created_at,
        closed_at=ticket.created_at,
    )  # fmt: skip
    browser = browser_of(alice)
    assert "Parcel 12" in get(browser, target).content.decode()
    answer = post(browser, target, f"{side.uuid}/messages/", body="On", to="carrie@carrier.example")
    assert answer.status_code == 200
    assert target.audits.last().events.get().type == "CollabThreadReply"


def test_lists_and_threads_cost_the_same_however_long(
    browser_of, ticket, alice, side, django_assert_max_num_queries
):
    browser = browser_of(alice)

    def costs(path):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as counted:
            get(browser, ticket, path)
        return len(counted)

    get(browser, ticket)
    before = costs(""), costs(f"{side.uuid}/"), costs("count/")
    for place in range(4):
        open_side_conversation(
            actor=as_actor(alice), ticket_id=ticket.pk, subject=f"Parcel {place}",
            message=SideDraft("Where?", to={f"p{place}@carrier.example": "", "x@y.example": ""}),
        )  # fmt: skip
        post(browser, ticket, f"{side.uuid}/messages/", body=f"Again {place}")
    assert (costs(""), costs(f"{side.uuid}/"), costs("count/")) == before
