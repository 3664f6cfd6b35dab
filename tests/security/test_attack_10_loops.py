"""Attack 10: machines that answer each other stop within two mails."""

# ruff: noqa: F811  fixtures of another folder are imported by name

from __future__ import annotations

import email
from email import policy

import pytest

from channels_in.actions import send_due
from channels_in.email.loops import LOOP_HEADER, loop_mark
from channels_in.models import Fate, InboundItem, LocalMail
from channels_in.reasons import Reason
from tests.channels_in.conftest import (  # noqa: F401
    Arrive,
    account,
    arrive,
    local_outbox,
    make_mail,
)
from tickets.models import Delivery, DeliveryKind, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("local_outbox")]

ROBOT = "info@robot.example"
WORDS = "Thank you for your message {n}. We answer within two working days."


def sent() -> list[LocalMail]:
    send_due()
    return list(LocalMail.objects.order_by("id"))


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-replied"},
        {"precedence": "auto_reply"},
        {"x_autoreply": "yes"},
        {"x_auto_response_suppress": "All", "auto_submitted": "auto-generated"},
        {"return_path": "<>"},
        {"subject": "Automatic reply: Your request"},
    ],
)
def test_an_autoresponder_that_says_so_is_not_answered(arrive: Arrive, headers) -> None:
    arrive(sender=ROBOT)

    for number in range(3):
        arrive(**{"sender": ROBOT, "text": WORDS.format(n=number), **headers})

    assert len(sent()) == 1


def test_an_autoresponder_that_says_nothing_is_answered_once(arrive: Arrive) -> None:
    arrive(sender=ROBOT, text="A first question of a person")
    for number in range(10):
        arrive(sender=ROBOT, subject=f"We got it [{number}]", text=WORDS.format(n=number))

    acknowledgements = Delivery.objects.filter(kind=DeliveryKind.ACKNOWLEDGEMENT, address=ROBOT)
    assert acknowledgements.count() == 2  # to the person, and to the robot's first answer


def test_our_own_mail_that_comes_back_is_suspended(arrive: Arrive) -> None:
    arrive(sender=ROBOT)
    raw = bytes(sent()[0].raw)
    before = Ticket.objects.count()

    item = arrive(raw)

    assert (item.fate, item.reason) in {
        (Fate.SUSPENDED, Reason.LOOP), (Fate.SUSPENDED, Reason.OWN_ADDRESS),
    }  # fmt: skip
    assert Ticket.objects.count() == before


def test_our_own_mail_with_another_sender_and_id_is_known_by_its_mark(arrive: Arrive) -> None:
    item = arrive(sender=ROBOT, **{LOOP_HEADER: loop_mark()})
    forged = arrive(sender=ROBOT, **{LOOP_HEADER: "1-aaaaaaaaaaaaaaaaaaaa"})

    assert (item.fate, item.reason) == (Fate.SUSPENDED, Reason.LOOP)
    assert forged.fate == Fate.COMMENT


def test_mail_from_our_own_address_is_suspended(arrive: Arrive) -> None:
    item = arrive(sender="support@example.com")

    assert item.reason == Reason.OWN_ADDRESS
    assert sent() == []


def test_a_report_about_our_mail_makes_no_mail(arrive: Arrive) -> None:
    arrive(sender=ROBOT)
    first = email.message_from_bytes(bytes(sent()[0].raw), policy=policy.default)
    raw = (
        f"From: MAILER-DAEMON@robot.example\r\nTo: support@example.com\r\nReturn-Path: <>\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nNo.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.robot.example\r\n\r\nFinal-Recipient: rfc822; {ROBOT}\r\n"
        "Action: failed\r\nStatus: 5.2.2\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {first['Message-ID']}\r\n\r\n--b--\r\n"
    )

    for number in range(3):
        arrive(f"X-Number: {number}\r\n{raw}".encode())

    assert len(sent()) == 1
    assert InboundItem.objects.filter(fate=Fate.BOUNCE).count() == 3
