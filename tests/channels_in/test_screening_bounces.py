"""Addresses to which nothing can be delivered: marked by reports, cleared by life."""

from __future__ import annotations

import pytest

from accounts.actions import mark_undeliverable
from accounts.models import Identity, User
from channels_in.email.addresses import return_path
from channels_in.models import Fate, InboundItem
from tests.channels_in.conftest import Arrive
from tests.factories import as_actor
from tickets.actions import mark_bounced, retry_delivery, update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Delivery, Ticket

pytestmark = pytest.mark.django_db

CAROL = "carol.customer@nordwind.example"


@pytest.fixture
def delivery(arrive: Arrive, alice: User) -> Delivery:
    """Alice's answer to carol, which has left."""
    ticket = arrive().ticket
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk,
        comment=CommentDraft(author_id=alice.pk, body="Which order is it?"),
    )  # fmt: skip
    delivery = Delivery.objects.get(ticket=ticket, kind="comment")
    Delivery.objects.filter(pk=delivery.pk).update(state="sent", message_id="test@example.com")
    delivery.refresh_from_db()
    return delivery


def report(status: str, words: str, *, action: str = "failed", about: str = CAROL) -> bytes:
    return (
        "From: MAILER-DAEMON@nordwind.example\r\nTo: support@example.com\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThe mail system\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.nordwind.example\r\n\r\n"
        f"Final-Recipient: rfc822; {about}\r\nAction: {action}\r\n"
        f"Status: {status}\r\nDiagnostic-Code: smtp; {words}\r\n\r\n--b--\r\n"
    ).encode()


def bounce(arrive: Arrive, delivery: Delivery, *args: str, **more: str) -> InboundItem:
    return arrive(report(*args, **more), to=return_path(delivery.pk, "support@example.com"))


def is_marked(email: str = CAROL) -> bool:
    return Identity.objects.get(value=email).undeliverable_at is not None


@pytest.mark.parametrize(
    ("status", "words", "marked"),
    [
        ("5.1.1", "550 5.1.1 User unknown", True),
        ("5.1.2", "no such host", True),
        ("5.1.10", "556 Recipient address has null MX", True),
        ("5.0.0", "550 No such user here", True),
        ("5.2.1", "550-5.2.1 The email account that you tried to reach is disabled", True),
        ("5.2.2", "552 Mailbox full", False),
        ("5.7.1", "554 Message rejected because of your reputation", False),
        ("5.1.8", "553 Sender address rejected: domain not found", False),
    ],
)
def test_only_an_address_that_does_not_exist_is_marked(
    arrive: Arrive, delivery: Delivery, status: str, words: str, marked: bool
) -> None:
    item = bounce(arrive, delivery, status, words)

    delivery.refresh_from_db()
    assert (item.fate, delivery.state) == (Fate.BOUNCE, "bounced")
    assert is_marked() == marked


def test_a_delay_marks_nothing_and_is_noted(arrive: Arrive, delivery: Delivery) -> None:
    item = bounce(arrive, delivery, "4.4.1", "connection timed out", action="delayed")

    delivery.refresh_from_db()
    assert (item.fate, item.ticket_id) == (Fate.BOUNCE, delivery.ticket_id)
    assert "timed out" in item.detail
    assert delivery.state == "sent"
    assert not is_marked()


def test_a_report_cannot_mark_anybody_but_whom_we_wrote_to(
    arrive: Arrive, delivery: Delivery, alice: User
) -> None:
    bounce(arrive, delivery, "5.1.1", "550 User unknown", about=alice.email)

    assert not is_marked(alice.email)
    assert is_marked()


def test_a_report_without_our_signature_marks_nobody(arrive: Arrive, delivery: Delivery) -> None:
    item = arrive(report("5.1.1", "550 User unknown"))

    assert item.fate == Fate.SUSPENDED
    assert not is_marked()


def test_mail_from_the_address_clears_the_mark(arrive: Arrive, delivery: Delivery) -> None:
    mark_undeliverable(emails=[CAROL])

    arrive(text="I am back")

    assert not is_marked()


def test_an_agent_who_tries_again_clears_the_mark(delivery: Delivery, alice: User) -> None:
    mark_undeliverable(emails=[CAROL])
    mark_bounced(message_id=delivery.message_id, error="User unknown")

    retry_delivery(actor=as_actor(alice), delivery_id=delivery.pk)

    assert not is_marked()


def test_a_report_about_a_report_ends(arrive: Arrive, delivery: Delivery) -> None:
    before = Delivery.objects.count()

    items = [bounce(arrive, delivery, "5.1.1", f"550 {'no' * n}") for n in range(3)]

    assert {item.fate for item in items} == {Fate.BOUNCE}
    assert (Delivery.objects.count(), Ticket.objects.count()) == (before, 1)
