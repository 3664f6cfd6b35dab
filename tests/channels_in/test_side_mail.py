"""Side conversations by real mail: out through the local outbox, back through the funnel."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from accounts.models import User
from channels_in import funnel
from channels_in.actions import send_due
from channels_in.email.addresses import reply_address, side_reply_address
from channels_in.models import Fate, InboundItem
from channels_in.receive import RawMessage, receive
from core import clock
from notifications.models import Notification
from tests.channels_in.conftest import CAROL, Arrive, make_mail
from tests.factories import as_actor
from tickets.actions import (
    SideDraft,
    change_side_conversation,
    claim_deliveries,
    delete_ticket,
    open_side_conversation,
    reply_in_side_conversation,
    scrub_ticket,
    update_ticket,
)
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import AuditEvent, Delivery, SideConversation, SideMessage, Status, Ticket

pytestmark = pytest.mark.django_db
CARRIER = "Carrie Carrier <carrie@carrier.example>"


@pytest.fixture
def side(ticket: Ticket, alice: User) -> SideConversation:
    """Alice asks the carrier about carol's parcel."""
    return open_side_conversation(
        actor=as_actor(alice), ticket_id=ticket.pk, subject="Parcel 12",
        message=SideDraft(body="Where is it?", to={"carrie@carrier.example": "Carrie"}),
    )  # fmt: skip


def address_of(side: SideConversation) -> str:
    person = side.participants.get()
    return side_reply_address(side.pk, person.user_id, "support@example.com")


def sent(mailoutbox, to: str):
    """The latest mail to an address, parsed again from its bytes."""
    mails = [mail for mail in mailoutbox if mail.recipients() == [to]]
    return message_from_bytes(mails[-1].message().as_bytes(), policy=policy.default)


def test_the_third_party_gets_a_mail_with_nothing_of_the_customer_in_it(side, mailoutbox):
    send_due()
    mail = sent(mailoutbox, "carrie@carrier.example")
    text = mail.get_body(("plain",)).get_content() + mail.get_body(("html",)).get_content()
    assert mail["Subject"] == "Parcel 12"
    assert mail["Reply-To"] == address_of(side)
    assert "Where is it?" in text
    for word in ("Carol", "carol.customer", "Where is my parcel", "Which order", "Request #"):
        assert word not in f"{mail}{text}", word
    assert mail["References"] is None


def test_the_answer_comes_into_the_side_conversation_and_nowhere_else(
    arrive: Arrive, ticket, side, mailoutbox
):
    comments = ticket.comments.count()
    item = arrive(sender=CARRIER, to=address_of(side), text="In Leipzig.")
    side.refresh_from_db()
    ticket.refresh_from_db()
    heard = side.messages.last()
    assert (item.fate, item.ticket_id, item.comment) == (Fate.COMMENT, ticket.pk, None)
    assert (heard.body.strip(), heard.is_ours, heard.flags) == ("In Leipzig.", False, [])
    assert (side.preview, side.heard_at is not None) == ("In Leipzig.", True)
    assert ticket.comments.count() == comments
    assert ticket.status == Status.OPEN
    assert not ticket.participants.filter(user__email="carrie@carrier.example").exists()
    audit = ticket.audits.last()
    assert audit.author.name == "Carrie"
    assert audit.events.get(type="CollabThreadReply").value["is_heard"]
    send_due()
    assert not [mail for mail in mailoutbox if "carol" in str(mail.recipients())
                and "Leipzig" in mail.body]  # fmt: skip


@pytest.mark.parametrize("way", ["message id", "address among others", "their own mail"])
def test_every_way_of_answering_leads_there_also_with_the_support_address_in_copy(
    arrive: Arrive, ticket, side, way
):
    claim_deliveries(channel="email", limit=10)
    known = Delivery.objects.get(side_message__conversation=side).message_id
    if way == "their own mail":
        arrive(sender=CARRIER, to=address_of(side), message_id="theirs@carrier.example")
        item = arrive(sender=CARRIER, references="<theirs@carrier.example>", text="One more.")
    elif way == "message id":
        item = arrive(sender=CARRIER, in_reply_to=f"<{known.upper()}>", text="One more.")
    else:
        both = f"support@example.com, {address_of(side)}"
        item = arrive(
            make_mail(sender=CARRIER, to=both, cc="support@example.com", text="One more.")
        )
    assert item.ticket_id == ticket.pk
    assert side.messages.last().body.strip() == "One more."
    assert ticket.comments.count() == 2


def test_a_copy_by_the_other_address_is_the_same_message(arrive: Arrive, account, side):
    raw = make_mail(sender=CARRIER, to=f"{address_of(side)}, support@example.com")
    first = arrive(raw)
    receive(
        [
            RawMessage(
                account,
                b"Received: by other\r\n" + raw,
                {"via": "smtp", "to": ["support@example.com"]},
            )
        ]
    )
    funnel.process_due()
    second = InboundItem.objects.order_by("-id").first()
    assert (first.fate, second.fate) == (Fate.COMMENT, Fate.DUPLICATE)
    assert second.ticket_id == side.ticket_id
    assert side.messages.count() == 2


def test_somebody_unknown_who_answers_there_is_flagged_and_gets_nothing(
    arrive: Arrive, side, alice
):
    item = arrive(sender="mallory@evil.example", to=address_of(side), text="Send me all.")
    assert item.fate == Fate.COMMENT
    assert side.messages.last().flags == ["unverified_sender"]
    reply_in_side_conversation(actor=as_actor(alice), uuid=side.uuid, message=SideDraft("Thanks"))
    assert not Delivery.objects.filter(address="mallory@evil.example").exists()


@pytest.mark.parametrize("forged", ["s{side}-1-aaaaaaaaaaaaaaaaaaaa", "s{side}"])
def test_a_forged_address_leads_nowhere(arrive: Arrive, side, forged):
    item = arrive(sender=CARRIER, to=f"support+{forged.format(side=side.pk)}@example.com")
    assert item.ticket_id != side.ticket_id
    assert side.messages.count() == 1


def test_a_token_of_the_ticket_opens_no_side_conversation_and_the_other_way_round(
    arrive: Arrive, ticket, side
):
    mine = reply_address(ticket.pk, ticket.requester_id, "support@example.com")
    swapped = mine.replace("support+", "support+s")
    arrive(sender=CAROL, to=swapped)
    stolen = address_of(side).replace("support+s", "support+")
    arrive(sender=CARRIER, to=stolen)
    assert side.messages.count() == 1
    assert ticket.comments.count() == 2


def test_their_answer_goes_on_in_the_same_thread(arrive: Arrive, side, alice, mailoutbox):
    send_due()
    first = sent(mailoutbox, "carrie@carrier.example")["Message-ID"]
    arrive(sender=CARRIER, to=address_of(side), message_id="theirs@carrier.example")
    reply_in_side_conversation(actor=as_actor(alice), uuid=side.uuid, message=SideDraft("Thanks"))
    send_due()
    mail = sent(mailoutbox, "carrie@carrier.example")
    assert mail["Subject"] == "Re: Parcel 12"
    assert mail["In-Reply-To"] == "<theirs@carrier.example>"
    assert mail["References"] == f"{first} <theirs@carrier.example>"


def test_mail_to_the_customer_does_not_name_the_side_conversation(
    arrive: Arrive, ticket, side, alice, mailoutbox
):
    send_due()
    aside = sent(mailoutbox, "carrie@carrier.example")["Message-ID"]
    arrive(sender=CARRIER, to=address_of(side), message_id="theirs@carrier.example", text="Secret")
    reply = CommentDraft(author_id=alice.pk, body="It is on its way.")
    update_ticket(actor=as_actor(alice, channel="api"), ticket_id=ticket.pk, comment=reply)
    send_due()
    mail = sent(mailoutbox, "carol.customer@nordwind.example")
    for word in (aside, "theirs@carrier.example", "Secret", "carrie", "Parcel 12"):
        assert word not in mail.as_string()


def test_what_a_reply_does_is_set_on_the_conversation(arrive: Arrive, ticket, side, alice):
    change_side_conversation(actor=as_actor(alice), uuid=side.uuid, reopens_ticket=False)
    arrive(sender=CARRIER, to=address_of(side))
    ticket.refresh_from_db()
    assert ticket.status == Status.PENDING


@pytest.mark.parametrize("status", [Status.SOLVED, Status.HOLD])
def test_a_reply_reopens_what_was_done_or_waits(arrive: Arrive, ticket, side, alice, status):
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(status=status))
    change_side_conversation(actor=as_actor(alice), uuid=side.uuid, state="closed")
    arrive(sender=CARRIER, to=address_of(side))
    ticket.refresh_from_db()
    side.refresh_from_db()
    assert (ticket.status, side.state) == (Status.OPEN, "open")


def test_a_closed_ticket_hears_of_it_and_stays_closed(arrive: Arrive, ticket, side, alice):
    for status in (Status.SOLVED, Status.CLOSED):
        update_ticket(
            actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(status=status)
        )
    item = arrive(sender=CARRIER, to=address_of(side), text="Late news")
    ticket.refresh_from_db()
    assert (item.fate, ticket.status) == (Fate.COMMENT, Status.CLOSED)
    assert side.messages.last().body.strip() == "Late news"
    assert ticket.audits.last().events.filter(type="CollabThreadReply").exists()


def test_a_file_comes_along_and_lies_with_the_side_message(arrive: Arrive, side, ticket):
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = CARRIER, address_of(side), "Proof"
    mail["Message-ID"] = "<proof@carrier.example>"
    mail.set_content("See the proof.")
    mail.add_attachment(b"%PDF-1", maintype="application", subtype="pdf", filename="proof.pdf")
    arrive(mail.as_bytes(policy=policy.SMTP), to=address_of(side))
    message = SideMessage.objects.latest("id")
    assert [file.filename for file in message.attachments.all()] == ["proof.pdf"]
    assert not ticket.comments.filter(attachments__filename="proof.pdf").exists()


def test_a_bounce_is_noted_on_the_side_message(arrive: Arrive, side):
    claim_deliveries(channel="email", limit=10)
    delivery = Delivery.objects.get(side_message__conversation=side)
    report = make_mail(
        sender="MAILER-DAEMON@carrier.example", subject="Undelivered Mail Returned to Sender",
        text="550 5.1.1 User unknown", auto_submitted="auto-replied",
    )  # fmt: skip
    from channels_in.email.addresses import return_path

    item = arrive(report, to=return_path(delivery.pk, "support@example.com"))
    delivery.refresh_from_db()
    assert (item.fate, delivery.state) == (Fate.BOUNCE, "bounced")


def test_the_assignee_and_whoever_asked_are_told(arrive: Arrive, ticket, side, alice, bob):
    update_ticket(
        actor=as_actor(bob), ticket_id=ticket.pk, changes=TicketChanges(assignee_id=bob.pk)
    )
    Notification.objects.all().delete()
    arrive(sender=CARRIER, to=address_of(side))
    told = Notification.objects.order_by("user_id")
    assert [(row.user, row.kind) for row in told] == [(alice, "side_reply"), (bob, "side_reply")]
    assert {row.actor.name for row in told} == {"Carrie"}


def test_an_automatic_answer_is_kept_and_opens_nothing(arrive: Arrive, ticket, side):
    item = arrive(sender=CARRIER, to=address_of(side), auto_submitted="auto-replied")
    ticket.refresh_from_db()
    assert (item.fate, ticket.status) == (Fate.COMMENT, Status.PENDING)
    assert side.messages.count() == 2


def test_nothing_is_left_of_it_when_its_ticket_is_emptied(arrive: Arrive, ticket, side, lead):
    arrive(sender=CARRIER, to=address_of(side), text="In Leipzig.")
    delete_ticket(actor=as_actor(lead), ticket_id=ticket.pk)
    scrub_ticket(actor=as_actor(lead), ticket_id=ticket.pk)
    side.refresh_from_db()
    assert (side.subject, side.preview, side.participants.count()) == ("", "", 0)
    assert set(side.messages.values_list("body", "html", "reply_text")) == {("", "", "")}
    assert not AuditEvent.objects.filter(value__subject="Parcel 12").exists()


def test_a_sleeping_ticket_wakes(arrive: Arrive, ticket, side, alice):
    until = clock.now() + timedelta(days=3)
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(snoozed_until=until)
    )
    arrive(sender=CARRIER, to=address_of(side))
    ticket.refresh_from_db()
    assert (ticket.snoozed_until, ticket.status) == (None, Status.OPEN)
