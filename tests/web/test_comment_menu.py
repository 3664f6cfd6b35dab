"""What can be done with one message, from its menu."""

from __future__ import annotations

import pytest

from tests.factories import as_actor
from tickets.actions import hide_comment, split_comment, undo_split, update_ticket
from tickets.drafts import CommentDraft, NewFile
from tickets.errors import InvalidChange
from tickets.models import Attachment, Audit, Comment, Delivery, EventType, Ticket, TicketLink

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def say(ticket, person, body: str, **draft: object) -> Comment:
    comment = CommentDraft(author_id=person.pk, body=body, **draft)
    update_ticket(actor=as_actor(person), ticket_id=ticket.pk, comment=comment)
    return ticket.comments.order_by("-id").first()


def menu(browser, comment) -> str:
    return browser.get(f"/comments/{comment.pk}/menu/", headers=HTMX).content.decode()


def test_the_menu_offers_what_the_reader_may_do(browser_of, make_ticket, alice, lead, lightly):
    comment = make_ticket().comments.get()
    agents = menu(browser_of(alice), comment)
    assert "Reply to this" in agents
    assert "Split into a new ticket" in agents
    assert "Make internal" in agents
    assert "Redact" not in agents
    assert "Redact" in menu(browser_of(lead), comment)
    light = menu(browser_of(lightly), comment)
    assert "Quote in a note" in light
    for words in ("Reply to this", "Split", "Make internal", "Redact"):
        assert words not in light


def test_agents_may_redact_where_the_house_says_so(browser_of, make_ticket, alice, settings):
    settings.AGENTS_MAY_REDACT = True
    assert "Redact" in menu(browser_of(alice), make_ticket().comments.get())


def test_a_public_message_becomes_internal_and_stays_so(browser_of, make_ticket, alice, carol):
    ticket = make_ticket()
    reply = say(ticket, alice, "Something secret slipped out")
    Delivery.objects.update(state="sent")
    browser = browser_of(alice)
    asked = browser.get(f"/comments/{reply.pk}/hiding/", headers=HTMX).content.decode()
    assert carol.email in asked
    answer = browser.post(f"/comments/{reply.pk}/hiding/", headers=HTMX)
    assert (answer.status_code, answer["HX-Trigger"]) == (204, "ticket-saved")
    reply.refresh_from_db()
    ticket.refresh_from_db()
    assert not reply.is_public
    assert "secret" not in ticket.preview
    assert "secret" not in browser_of(carol).get(f"/requests/{ticket.pk}/").content.decode()
    assert "made a message internal" in browser.get(f"/tickets/{ticket.pk}/").content.decode()
    again = browser.post(f"/comments/{reply.pk}/hiding/", headers=HTMX)
    assert (again.status_code, "internal already" in again.content.decode()) == (422, True)


def test_a_hidden_reply_that_still_waits_is_never_sent(make_ticket, alice):
    ticket = make_ticket()
    reply = say(ticket, alice, "Wrong customer")
    hide_comment(actor=as_actor(alice), comment_id=reply.pk)
    assert {row.state for row in reply.deliveries.all()} == {"cancelled"}
    with pytest.raises(InvalidChange):
        hide_comment(actor=as_actor(alice), comment_id=reply.pk)


@pytest.fixture
def second(make_ticket, carol):
    """A later message of carol's with a file, on a ticket of hers."""
    from core.storage import blobs

    ticket = make_ticket(subject="Two things")
    file = NewFile(blobs.keep(b"receipt"), "receipt.txt", "text/plain", 7, "1" * 64)
    return say(ticket, carol, "And my lamp is broken", files=(file,), message_id="m1@mail")


def test_a_message_is_copied_into_a_ticket_of_its_own(browser_of, second, alice, carol):
    answer = browser_of(alice).post(
        f"/comments/{second.pk}/split/",
        {"subject": "Lamp", "requester": carol.email, "what": "copy"}, headers=HTMX,
    )  # fmt: skip
    assert answer.status_code == 204
    made = Ticket.objects.latest("id")
    first = made.comments.get()
    assert (made.subject, made.requester, first.author) == ("Lamp", carol, carol)
    assert (first.body, first.is_public) == ("And my lamp is broken", True)
    copy = first.attachments.get()
    assert copy.key != second.attachments.get().key
    assert TicketLink.objects.filter(source=second.ticket, target=made).exists()
    fields = [
        (event.audit.ticket_id, event.field_name)
        for audit in Audit.objects.all()
        for event in audit.events.filter(type=EventType.SPLIT)
    ]
    assert sorted(fields) == [(second.ticket_id, "to"), (made.pk, "from")]
    assert not Delivery.objects.filter(ticket=made).exists()


def test_a_moved_message_is_folded_away_and_comes_back(browser_of, second, alice, carol):
    browser, source = browser_of(alice), second.ticket
    actor = as_actor(alice)
    split = split_comment(
        actor=actor, comment_id=second.pk, subject="Lamp", requester_id=carol.pk, is_move=True
    )
    second.refresh_from_db()
    assert (second.is_public, second.message_id) == (False, None)
    assert split.made.comments.get().message_id == "m1@mail"
    page = browser.get(f"/tickets/{source.pk}/").content.decode()
    assert f'<a class="link num" href="/tickets/{split.made.pk}/">' in page
    assert "lamp" not in browser_of(carol).get(f"/requests/{source.pk}/").content.decode()
    answer = browser.post(f"/tickets/{split.made.pk}/split/undo/", headers=HTMX)
    assert answer.status_code == 200
    second.refresh_from_db()
    assert (second.is_public, second.message_id, second.flags) == (True, "m1@mail", [])
    split.made.refresh_from_db()
    assert split.made.is_deleted
    assert not TicketLink.objects.exists()
    assert "split into" in browser.get(f"/tickets/{source.pk}/").content.decode()


def test_a_split_is_not_undone_once_somebody_has_worked_on_it(second, alice, carol, browser_of):
    split = split_comment(
        actor=as_actor(alice), comment_id=second.pk, subject="Lamp", requester_id=carol.pk
    )
    say(split.made, alice, "We send a new one")
    answer = browser_of(alice).post(f"/tickets/{split.made.pk}/split/undo/", headers=HTMX)
    assert (answer.status_code, "has worked on" in answer.json()["error"]) == (409, True)
    split.made.refresh_from_db()
    assert not split.made.is_deleted


def test_first_messages_and_replies_are_copied_only(make_ticket, alice, carol, browser_of):
    ticket = make_ticket()
    reply = say(ticket, alice, "An answer")
    for comment in (ticket.comments.first(), reply):
        with pytest.raises(InvalidChange, match="copy it instead"):
            split_comment(
                actor=as_actor(alice), comment_id=comment.pk, subject="x",
                requester_id=carol.pk, is_move=True,
            )  # fmt: skip
    made = split_comment(
        actor=as_actor(alice), comment_id=reply.pk, subject="x", requester_id=carol.pk
    ).made
    note = made.comments.get()
    assert (note.is_public, note.author) == (False, alice)
    assert "> An answer" in note.body


def test_forwarding_takes_the_text_and_copies_of_the_files_along(browser_of, second, alice):
    answer = browser_of(alice).post(f"/comments/{second.pk}/forward/", headers=HTMX).json()
    assert answer["subject"] == "Fwd: Two things"
    assert answer["body"].endswith("And my lamp is broken")
    assert "From: Carol Customer" in answer["body"]
    (upload,) = answer["uploads"]
    copy = Attachment.objects.get(pk=upload["id"])
    assert (copy.comment, copy.uploaded_by, copy.filename) == (None, alice, "receipt.txt")
    assert copy.key != second.attachments.get().key


def test_what_no_split_made_is_not_undone(make_ticket, alice):
    with pytest.raises(InvalidChange, match="not made by splitting"):
        undo_split(actor=as_actor(alice), ticket_id=make_ticket().pk)


@pytest.mark.parametrize("what", ["menu", "hiding", "redaction", "split"])
def test_others_find_no_message_there(browser_of, make_ticket, confined_bob, lightly, what):
    comment = make_ticket().comments.get()
    path = f"/comments/{comment.pk}/{what}/"
    assert browser_of(confined_bob).get(path).status_code == 404
    expected = 200 if what == "menu" else 403
    assert browser_of(lightly).get(path).status_code == expected
    if what != "menu":
        assert browser_of(lightly).post(path, {"subject": "x"}).status_code == 403
    assert Ticket.objects.count() == 1
