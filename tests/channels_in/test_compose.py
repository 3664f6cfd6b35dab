"""What leaves the house: headers, recipients, texts."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from accounts.actions import find_or_create_customers
from accounts.models import User
from channels_in.actions import send_due
from channels_in.email.addresses import delivery_of_return_path, read_message_id, read_reply_address
from channels_in.models import ChannelAccount, LocalMail
from tests.channels_in.conftest import Arrive
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Delivery, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account", "local_outbox")]


def mails() -> list:
    """Everything in the local outbox as parsed messages, oldest first."""
    return [
        message_from_bytes(bytes(mail.raw), policy=policy.default)
        for mail in LocalMail.objects.order_by("id")
    ]


@pytest.fixture
def ticket(arrive: Arrive) -> Ticket:
    return arrive(subject="Ünïcode lamp", message_id="first@nordwind.example").ticket


def answer(ticket: Ticket, alice: User, body: str = "Hello Carol,\n\nit is on its way.") -> None:
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk,
        comment=CommentDraft(author_id=alice.pk, body=body),
    )  # fmt: skip
    while send_due():
        pass


def test_the_acknowledgement_is_marked_as_automatic_and_threads(ticket: Ticket) -> None:
    send_due()

    (mail,) = mails()
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["In-Reply-To"] == "<first@nordwind.example>"
    assert str(ticket.pk) in mail["Subject"]
    assert "Ünïcode" not in mail["Subject"]  # attack 9: nothing the attacker chose


def test_a_reply_is_multipart_with_signed_addresses(ticket: Ticket, alice: User) -> None:
    answer(ticket, alice)

    mail = mails()[-1]
    assert mail.get_content_type() == "multipart/alternative"
    assert mail["Subject"] == "Re: Ünïcode lamp"
    assert mail["To"] == "Carol Customer <carol.customer@nordwind.example>"
    assert "Alice Archer" in mail["From"]
    assert "support@example.com" in mail["From"]
    assert read_reply_address(str(mail["Reply-To"])) == (ticket.pk, ticket.requester_id)
    assert read_message_id(mail["Message-ID"].strip("<>"))[0] == ticket.pk
    assert mail["In-Reply-To"] == mail["References"].split()[-1] == "<first@nordwind.example>"
    assert mail["Auto-Submitted"] is None
    assert "it is on its way" in mail.get_body(("plain",)).get_content()
    assert "<p " in mail.get_body(("html",)).get_content()


def test_the_envelope_names_the_delivery(ticket: Ticket, alice: User) -> None:
    answer(ticket, alice)

    kept = LocalMail.objects.order_by("id").last()
    delivery = Delivery.objects.get(kind="comment")
    assert delivery_of_return_path(kept.sender) == delivery.pk
    assert kept.recipients == ["carol.customer@nordwind.example"]


def test_everybody_in_copy_gets_a_mail_of_their_own_and_is_shown(
    ticket: Ticket, alice: User
) -> None:
    dave = find_or_create_customers(names_by_email={"dave@x.example": "Dave"})["dave@x.example"]
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(cc_ids=(dave.pk,))
    )

    answer(ticket, alice)

    replies = [mail for mail in mails() if mail["Subject"].startswith("Re:")]
    assert [mail["To"].addresses[0].addr_spec for mail in replies] == [
        "carol.customer@nordwind.example", "dave@x.example",
    ]  # fmt: skip
    assert replies[0]["Cc"].addresses[0].addr_spec == "dave@x.example"
    assert replies[0]["Reply-To"] != replies[1]["Reply-To"]
    assert all(len(mail.recipients) == 1 for mail in LocalMail.objects.all())


def test_an_internal_note_never_leaves(ticket: Ticket, alice: User) -> None:
    send_due()
    before = LocalMail.objects.count()

    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk,
        comment=CommentDraft(author_id=alice.pk, body="She is lying", is_public=False),
    )  # fmt: skip
    send_due()

    assert LocalMail.objects.count() == before


@pytest.mark.parametrize(
    "name", ["Eve\r\nBcc: victim@x.example", 'Eve "the" <b>', "Евгения", "e" * 300, "\x00\x07"]
)
def test_e46_a_name_cannot_add_headers(arrive: Arrive, alice: User, name: str) -> None:
    people = find_or_create_customers(names_by_email={"eve@x.example": name})
    ticket = arrive(sender="eve@x.example").ticket
    assert ticket.requester == people["eve@x.example"]

    answer(ticket, alice)

    mail = mails()[-1]
    assert mail["Bcc"] is None
    assert mail["To"].addresses[0].addr_spec == "eve@x.example"


def test_e46_a_message_id_of_a_stranger_cannot_add_headers(arrive: Arrive, alice: User) -> None:
    raw = (
        b"From: eve@x.example\r\nTo: support@example.com\r\nSubject: a\r\n b\r\n"
        b"Message-ID: <x> <y\r\n\tBcc: victim@x.example>\r\n\r\nHello\r\n"
    )
    ticket = arrive(raw).ticket

    answer(ticket, alice)

    assert mails()[-1]["Bcc"] is None


def test_the_account_the_customer_wrote_to_is_the_sender(
    arrive: Arrive, alice: User, account: ChannelAccount
) -> None:
    ticket = arrive().ticket

    answer(ticket, alice)

    assert mails()[-1]["From"].addresses[0].addr_spec == account.address
