"""Bounces, absence notices, receipts, complaints, and when a machine may answer."""

from __future__ import annotations

import pytest

from channels_in.email.parse import parse

PERSON = b"From: Carol <carol@example.com>\r\nTo: support@example.org\r\nSubject: Help\r\n"


def _report(action: str, status: str, diagnostic: str = "", returned: str = "") -> bytes:
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.com\r\nTo: support@example.org\r\n"
        "Subject: Undelivered Mail\r\nAuto-Submitted: auto-replied\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\n\r\nYour mail could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; carol@example.com\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: {diagnostic}\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <t.1@example.org>\r\n"
        f"Subject: Re: Help\r\n\r\n{returned}\r\n--b--\r\n"
    ).encode()


def test_a_failed_delivery_names_the_mail_the_person_and_the_reason() -> None:
    message = parse(_report("failed", "5.1.1", "smtp; 550 5.1.1 no such user"))
    assert message.is_bounce
    assert message.is_auto_reply is False
    assert message.may_be_answered is False
    assert message.bounce is not None
    assert message.bounce.original_message_id == "t.1@example.org"
    assert message.bounce.recipient == "carol@example.com"
    assert message.bounce.status == "5.1.1"
    assert message.bounce.is_permanent is True
    assert message.bounce.diagnostic == "smtp; 550 5.1.1 no such user"


def test_a_person_who_forwards_a_report_with_its_parts_is_no_bounce() -> None:
    raw = _report("failed", "5.1.1").replace(b"Return-Path: <>\r\n", b"")
    raw = raw.replace(b"MAILER-DAEMON@mx", b"carol@mx").replace(b"Subject: Un", b"Subject: Fwd: Un")
    assert parse(raw).is_bounce is False


def test_a_delay_is_a_bounce_that_is_not_permanent() -> None:
    bounce = parse(_report("delayed", "4.4.1")).bounce
    assert bounce is not None
    assert bounce.is_permanent is False


def test_a_general_status_gives_way_to_the_diagnostic() -> None:
    bounce = parse(_report("failed", "5.0.0", "smtp; 552 5.2.2 mailbox full")).bounce
    assert bounce is not None
    assert bounce.status == "5.2.2"


def test_a_notice_of_success_is_no_bounce() -> None:
    message = parse(_report("delivered", "2.0.0"))
    assert message.is_bounce is False
    assert message.may_be_answered is False


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        (
            "MAILER-DAEMON@mx.example.com",
            "failure notice",
            "Sorry, no mailbox here by that name. user unknown",
        ),
        (
            "Mail Delivery System <x@mx.example.com>",
            "Mail delivery failed",
            "550 5.1.1 unknown user",
        ),
        (
            "postmaster@example.com",
            "Unzustellbar: Hilfe",
            "Die Nachricht konnte nicht zugestellt werden.",
        ),
        ("postmaster@example.com", "Non remis : Aide", "Votre message n'a pas pu être remis."),
        ("postmaster@example.jp", "配信エラー", "宛先不明のため配信できませんでした。"),
    ],
)
def test_reports_in_prose_are_bounces(sender: str, subject: str, text: str) -> None:
    raw = (
        f"From: {sender}\r\nSubject: {subject}\r\n\r\n{text}\r\n\r\n"
        "Message-ID: <t.1@example.org>\r\n"
    )
    message = parse(raw.encode())
    assert message.is_bounce
    assert message.bounce is not None
    assert message.bounce.original_message_id == "t.1@example.org"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("My mail was returned to sender", "I get: 550 5.1.1 user unknown. Why?"),
        ("Re: Undelivered Mail Returned to Sender", "my mail could not be delivered, please help"),
        ("User unknown", "The login says user unknown, and the account does not exist."),
        ("Mailbox full", "My mailbox is full and quota exceeded, how do I get more room?"),
        ("Delivery delayed", "My parcel has not been delivered yet."),
        ("Parcel not delivered", "The order was not delivered."),
    ],
)
def test_a_person_who_writes_about_a_bounce_is_no_bounce(subject: str, text: str) -> None:
    message = parse(f"From: carol@example.com\r\nSubject: {subject}\r\n\r\n{text}\r\n".encode())
    assert message.is_bounce is False
    assert message.may_be_answered is True


@pytest.mark.parametrize(
    "sender", ["System Administrator <it@customer.example>", "postmaster@customer.example"]
)
def test_an_administrator_who_asks_is_a_person(sender: str) -> None:
    raw = f"From: {sender}\r\nSubject: New colleague\r\n\r\nHer account does not exist yet.\r\n"
    assert parse(raw.encode()).is_bounce is False


@pytest.mark.parametrize(
    "header",
    [
        b"Auto-Submitted: auto-replied",
        b"Auto-Submitted: auto-generated",
        b"Auto-Submitted: auto-replied (vacation)",
        b"X-Autoreply: yes",
        b"X-Autorespond: x",
        b"X-Auto-Reply-From: carol@example.com",
        b"Precedence: auto_reply",
        b"X-Apple-Action: VACATION",
        b"X-Auto-Response-Suppress: All\r\nX-MS-Exchange-Inbox-Rules-Loop: carol@example.com",
        b"X-POST-MessageClass: 9; Autoresponder",
        b"Delivered-To: Autoresponder",
    ],
)
def test_machine_answers_are_known_by_their_headers(header: bytes) -> None:
    message = parse(header + b"\r\n" + PERSON + b"\r\nI am away.")
    assert message.is_auto_reply
    assert message.may_be_answered is False
    assert message.auto_reply_reason
    assert message.reply_text == "I am away."


@pytest.mark.parametrize(
    "subject",
    [
        "Out of Office: Help",
        "Automatic reply: Help",
        "Abwesenheitsnotiz: Help",
        "Automatische Antwort: Help",
        "Réponse automatique : Help",
        "Respuesta automática: Help",
        "Resposta automática: Help",
        "Risposta automatica: Help",
        "Automatisch antwoord: Help",
        "Autosvar: Help",
        "Automaattinen vastaus: Help",
        "Odpowiedź automatyczna: Help",
        "Automatická odpověď: Help",
        "Automatikus válasz: Help",
        "Răspuns automat: Help",
        "Автоматический ответ: Help",
        "Αυτόματη απάντηση: Help",
        "Otomatik Yanıt: Help",
        "自動応答: Help",
        "自动答复: Help",
        "자동 회신: Help",
        "رد تلقائي: Help",
        "תשובה אוטומטית: Help",
    ],
)
def test_absence_notices_are_known_by_their_subject(subject: str) -> None:
    message = parse(f"From: carol@example.com\r\nSubject: {subject}\r\n\r\nx".encode())
    assert message.is_auto_reply
    assert message.auto_reply_reason == "out-of-office"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (b"Return-Path: <>", "null-return-path"),
        (b"List-Id: <l.example.com>", "list"),
        (b"List-Unsubscribe: <mailto:x@example.com>", "list"),
        (b"Precedence: list", "list"),
        (b"Precedence: bulk", "bulk"),
        (b"X-Auto-Response-Suppress: OOF, AutoReply", "suppressed"),
        (b"X-Loop: x", "loop"),
        (b"Auto-Submitted: auto-forwarded", "auto-forwarded"),
    ],
)
def test_some_mail_of_people_must_not_be_answered(header: bytes, reason: str) -> None:
    message = parse(header + b"\r\n" + PERSON + b"\r\nx")
    assert message.is_auto_reply is False
    assert message.may_be_answered is False
    assert message.auto_reply_reason == reason


@pytest.mark.parametrize(
    "address",
    [
        "no-reply@x.example",
        "noreply@x.example",
        "do-not-reply+1@x.example",
        "shop-noreply@x.example",
        "mailer-daemon@x.example",
        "postmaster@x.example",
        "donotreply@x.example",
    ],
)
def test_senders_that_read_nothing_are_not_answered(address: str) -> None:
    assert parse(f"From: {address}\r\n\r\nx".encode()).may_be_answered is False


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"Auto-Submitted: no\r\n",
        b"X-Auto-Response-Suppress: None\r\n",
        b"Precedence: normal\r\n",
        b"X-Autoreply: no\r\n",
    ],
)
def test_ordinary_mail_may_be_answered(head: bytes) -> None:
    message = parse(head + PERSON + b"\r\nx")
    assert message.may_be_answered is True
    assert message.is_auto_reply is False
    assert message.auto_reply_reason == ""


def test_an_answer_to_an_absence_notice_is_a_persons() -> None:
    message = parse(b"From: carol@example.com\r\nSubject: Re: Automatic reply: x\r\n\r\nx")
    assert message.is_auto_reply is False


def test_a_read_receipt_is_an_auto_reply() -> None:
    message = parse(
        PERSON + b"Content-Type: multipart/report; boundary=b;\r\n"
        b" report-type=disposition-notification\r\n\r\n"
        b"--b\r\n\r\nread\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
        b"Disposition: manual-action/MDN-sent-manually; displayed\r\n--b--\r\n"
    )
    assert message.is_auto_reply
    assert message.auto_reply_reason == "receipt"
    assert message.is_bounce is False


def test_a_complaint_is_a_feedback_report_and_no_bounce() -> None:
    message = parse(
        PERSON + b"Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"
        b"--b\r\n\r\nspam\r\n"
        b"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nx\r\n--b--\r\n"
    )
    assert message.is_feedback_report
    assert message.is_bounce is False
    assert message.may_be_answered is False
