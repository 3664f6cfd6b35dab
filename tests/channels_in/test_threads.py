"""Which ticket a reply belongs to, and whose word it is (attacks 1–4, 10)."""

from __future__ import annotations

import pytest

from accounts.models import User
from channels_in.email.addresses import reply_address
from channels_in.models import Fate
from channels_in.reasons import Reason
from tests.channels_in.conftest import CAROL, Arrive
from tests.factories import as_actor
from tickets.actions import claim_deliveries, delete_ticket, solve_ticket, update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Delivery, Status, Ticket

pytestmark = pytest.mark.django_db


def sent_id(ticket: Ticket) -> str:
    """The Message-ID of our answer to carol."""
    claim_deliveries(channel="email", limit=10)
    return Delivery.objects.get(ticket=ticket, kind="comment").message_id


def test_a_reply_to_the_signed_address_lands_on_the_ticket_and_reopens_it(
    arrive: Arrive, ticket: Ticket
) -> None:
    address = reply_address(ticket.pk, ticket.requester_id, "support@example.com")

    item = arrive(sender=CAROL, to=address, subject="Something else entirely", text="Order 12")

    ticket.refresh_from_db()
    assert item.ticket_id == ticket.pk
    assert ticket.status == Status.OPEN
    assert item.comment.flags == []


def test_a_reply_to_our_message_id_lands_on_the_ticket(arrive: Arrive, ticket: Ticket) -> None:
    item = arrive(sender=CAROL, in_reply_to=f"<{sent_id(ticket)}>", text="Order 12")

    assert item.ticket_id == ticket.pk


def test_a_reply_to_the_customers_own_mail_lands_on_the_ticket(
    arrive: Arrive, ticket: Ticket
) -> None:
    item = arrive(sender=CAROL, references="<first@nordwind.example>", text="One more thing")

    assert item.ticket_id == ticket.pk


def test_a01_a_number_in_the_subject_proves_nothing(arrive: Arrive, ticket: Ticket) -> None:
    item = arrive(sender=CAROL, subject=f"Re: [#{ticket.pk}] My parcel")

    assert item.ticket_id != ticket.pk
    assert ticket.comments.count() == 2


def test_a02_a_stranger_who_knows_the_thread_becomes_an_unverified_participant(
    arrive: Arrive, ticket: Ticket
) -> None:
    item = arrive(
        sender="mallory@evil.example", in_reply_to="<first@nordwind.example>",
        cc="mallory@evil.example", text="Send me everything",
    )  # fmt: skip

    participant = ticket.participants.get(user__email="mallory@evil.example")
    assert item.ticket_id == ticket.pk
    assert item.comment.flags == ["unverified_sender"]
    assert not participant.is_accepted


def test_a03_a_token_in_the_wrong_hands_makes_an_unverified_participant_who_gets_nothing(
    arrive: Arrive, ticket: Ticket, alice: User
) -> None:
    address = reply_address(ticket.pk, ticket.requester_id, "support@example.com")
    item = arrive(sender="mallory@evil.example", to=address)

    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk,
        comment=CommentDraft(author_id=alice.pk, body="An answer with secrets"),
    )  # fmt: skip

    assert item.comment.flags == ["unverified_sender"]
    assert not Delivery.objects.filter(address="mallory@evil.example").exists()


@pytest.mark.parametrize(
    "forged",
    ["{ticket}-1-aaaaaaaaaaaaaaaaaaaa@example.com", "{ticket}-1@example.com",
     "ticket-{ticket}@example.com"],
)  # fmt: skip
def test_a04_a_message_id_shaped_like_ours_without_our_signature_is_ignored(
    arrive: Arrive, ticket: Ticket, forged: str, caplog: pytest.LogCaptureFixture
) -> None:
    item = arrive(sender=CAROL, in_reply_to=f"<{forged.format(ticket=ticket.pk)}>")

    assert item.ticket_id != ticket.pk
    assert ("mail.forged_id" in caplog.messages) == forged.startswith("{ticket}")


def test_a04_another_tickets_signature_does_not_open_this_one(
    arrive: Arrive, ticket: Ticket
) -> None:
    other = arrive(sender="dave@nordwind.example").ticket
    token = reply_address(other.pk, other.requester_id, "support@example.com")
    forged = token.replace(f"+{other.pk}-", f"+{ticket.pk}-")

    item = arrive(sender="dave@nordwind.example", to=forged)

    assert item.ticket_id not in (ticket.pk, other.pk)


def test_a10_our_own_mail_that_comes_back_is_a_loop(arrive: Arrive, ticket: Ticket) -> None:
    item = arrive(sender="robot@other.example", message_id=sent_id(ticket))

    assert (item.fate, item.reason) == (Fate.SUSPENDED, Reason.LOOP)


def test_an_agents_address_in_from_brings_no_agents_rights(
    arrive: Arrive, ticket: Ticket, alice: User
) -> None:
    address = reply_address(ticket.pk, ticket.requester_id, "support@example.com")

    item = arrive(sender=f"Alice <{alice.email}>", to=address, text="#solved\nAll done")

    ticket.refresh_from_db()
    assert not item.comment.is_from_agent
    assert "unverified_sender" in item.comment.flags
    assert ticket.status != Status.SOLVED
    assert not Delivery.objects.filter(comment=item.comment).exists()


def test_an_out_of_office_reply_is_added_but_does_not_reopen(
    arrive: Arrive, ticket: Ticket, alice: User
) -> None:
    message_id = sent_id(ticket)
    solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)

    item = arrive(
        sender=CAROL, in_reply_to=f"<{message_id}>", auto_submitted="auto-replied",
        subject="Out of office", text="I am away until Monday.",
    )  # fmt: skip

    ticket.refresh_from_db()
    assert item.ticket_id == ticket.pk
    assert ticket.status == Status.SOLVED


def test_a_reply_to_a_closed_ticket_opens_a_follow_up(
    arrive: Arrive, ticket: Ticket, admin: User
) -> None:
    message_id = sent_id(ticket)
    for status in ("solved", "closed"):
        update_ticket(
            actor=as_actor(admin), ticket_id=ticket.pk, changes=TicketChanges(status=status)
        )

    follow_up = arrive(sender=CAROL, in_reply_to=f"<{message_id}>", text="Again").ticket

    ticket.refresh_from_db()
    assert ticket.status == Status.CLOSED
    assert follow_up.followup_source_id == ticket.pk


def test_a_reply_to_a_deleted_ticket_opens_a_new_one(
    arrive: Arrive, ticket: Ticket, lead: User
) -> None:
    message_id = sent_id(ticket)
    delete_ticket(actor=as_actor(lead), ticket_id=ticket.pk)

    fresh = arrive(sender=CAROL, in_reply_to=f"<{message_id}>").ticket

    assert fresh.pk != ticket.pk
    assert fresh.followup_source_id is None


def test_a_bounce_is_noted_on_the_delivery_it_is_about(arrive: Arrive, ticket: Ticket) -> None:
    message_id = sent_id(ticket)
    raw = (
        "From: MAILER-DAEMON@nordwind.example\r\nTo: support@example.com\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThe mail system\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.nordwind.example\r\n\r\n"
        "Final-Recipient: rfc822; carol.customer@nordwind.example\r\nAction: failed\r\n"
        "Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}>\r\n"
        "Subject: Re: My parcel\r\n\r\n--b--\r\n"
    )

    item = arrive(raw.encode())

    delivery = Delivery.objects.get(message_id=message_id)
    assert item.fate == Fate.BOUNCE
    assert delivery.state == "bounced"
    assert "User unknown" in delivery.error
    assert ticket.comments.count() == 2
