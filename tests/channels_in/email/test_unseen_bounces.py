"""Delivery reports in the words of many mail systems, and people who only talk about them."""

# ruff: noqa: E501 (tables of whole mails)
from __future__ import annotations

import pytest

from channels_in.email.parse import parse
from channels_in.messages import IncomingMessage

TO = "gone@example.org"


def mail(text: str, **fields: str) -> IncomingMessage:
    """A plain mail; `_` in the name of a field stands for `-`."""
    fields = {"From": "x@example.org", "To": "desk@example.net", "Subject": "x", **fields}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return parse((head + "\r\n" + text).encode())


def report(
    status: str,
    *,
    notice: str = "It failed.",
    subject: str = "Report",
    sender: str = "MAILER-DAEMON@mx.example.org",
    kind: str = "message/delivery-status",
    original: str = "text/rfc822-headers",
) -> IncomingMessage:
    raw = (
        f"From: Mail Delivery <{sender}>\r\nTo: desk@example.net\r\nSubject: {subject}\r\n"
        "Return-Path: <>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"\r\n\r\n'
        f"--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{notice}\r\n"
        f"--b1\r\nContent-Type: {kind}\r\n\r\n{status}\r\n"
        f"--b1\r\nContent-Type: {original}\r\n\r\nFrom: desk@example.net\r\nMessage-ID: <t.42@example.net>\r\nSubject: Lamp\r\n\r\n--b1--\r\n"
    )
    return parse(raw.encode())


# name: (subject, sender, other fields, text, status or None, is_permanent)
WORDS = {
    "postfix": ("Undelivered Mail Returned to Sender", "MAILER-DAEMON@mx.example.org (Mail Delivery System)", {}, f"This is the mail system at host mx.example.org.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<{TO}>: host mx.example.org[192.0.2.1] said: 550 5.1.1\n    <{TO}>: Recipient address rejected: User unknown (in reply to RCPT TO command)", "5.1.1", True),
    "exim": ("Mail delivery failed: returning message to sender", "Mail Delivery System <Mailer-Daemon@mx.example.org>", {"X_Failed_Recipients": TO}, f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  {TO}\n    Unrouteable address", None, None),
    "exim warning": ("Warning: message 1pZ-0004 delayed 24 hours", "Mail Delivery System <Mailer-Daemon@mx.example.org>", {}, f"This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\n  {TO}\n\nNo action is required on your part. Delivery attempts will continue", None, False),
    "sendmail": ("Returned mail: see transcript for details", "Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>", {}, f"The original message was received at Fri, 20 Nov 2026 10:04:33 GMT\n\n   ----- The following addresses had permanent fatal errors -----\n<{TO}>\n    (reason: 550 5.1.1 <{TO}>... User unknown)\n\n   ----- Transcript of session follows -----", "5.1.1", True),
    "sendmail warning": ("Warning: could not send message for past 4 hours", "Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>", {}, f"    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n\n   ----- The following addresses had transient non-fatal errors -----\n<{TO}>", None, False),
    "qmail": ("failure notice", "MAILER-DAEMON@mx.example.org", {}, f"Hi. This is the qmail-send program at mx.example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<{TO}>:\nSorry, no mailbox here by that name. (#5.1.1)", "5.1.1", True),
    "gmail": ("Delivery Status Notification (Failure)", "Mail Delivery Subsystem <mailer-daemon@googlemail.example>", {"X_Failed_Recipients": TO}, f"** Address not found **\n\nYour message wasn't delivered to {TO} because the address couldn't be found, or is unable to receive mail.\n\nThe response was:\n\n550 5.1.1 The email account that you tried to reach does not exist.", "5.1.1", True),
    "gmail blocked": ("Delivery Status Notification (Failure)", "Mail Delivery Subsystem <mailer-daemon@googlemail.example>", {}, f"** Message blocked **\n\nYour message to {TO} has been blocked. See technical details below for more information.", None, None),
    "gmail delay": ("Delivery Status Notification (Delay)", "Mail Delivery Subsystem <mailer-daemon@googlemail.example>", {}, f"** Delivery incomplete **\n\nThere was a temporary problem delivering your message to {TO}. Gmail will retry for 46 more hours. You'll be notified if the delivery fails permanently.", None, False),
    "exchange de": ("Unzustellbar: Lampe", "postmaster@shop.example.org", {}, f"Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\n{TO}\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'", "5.1.10", True),
    "exchange delay de": ("Verzögert: Lampe", "postmaster@shop.example.org", {}, f"Ihre Nachricht an {TO} konnte noch nicht zugestellt werden.", None, False),
    "exchange fr": ("Non remis : Lampe", "Microsoft Outlook <MicrosoftExchange329e@shop.example.org>", {}, f"Échec de la remise pour ces destinataires ou groupes :\n\n{TO}\nL'adresse de messagerie que vous avez entrée est introuvable.", None, None),
    "exchange es": ("No se puede entregar: Lampe", "postmaster@shop.example.org", {}, f"No se pudo entregar el mensaje a estos destinatarios o grupos:\n\n{TO}\nNo se encontró la dirección de correo", None, None),
    "exchange it": ("Recapito non riuscito: Lampe", "postmaster@shop.example.org", {}, f"Recapito non riuscito per i seguenti destinatari o gruppi:\n\n{TO}\n550 5.1.1 non trovato", "5.1.1", True),
    "exchange nl": ("Onbestelbaar: Lamp", "postmaster@shop.example.org", {}, f"Uw bericht aan {TO} kan niet worden bezorgd.\n\n550 5.1.1 niet gevonden", "5.1.1", True),
    "exchange pt": ("Não é possível entregar: Lamp", "postmaster@shop.example.org", {}, f"Falha na entrega a estes destinatários ou grupos:\n\n{TO}\nO endereço de email não foi encontrado. 550 5.1.1", "5.1.1", True),
    "exchange da": ("Kan ikke leveres: Lamp", "postmaster@shop.example.org", {}, f"Din meddelelse kunne ikke leveres til {TO}. 550 5.1.1 ukendt", "5.1.1", True),
    "exchange sv": ("Kan inte levereras: Lamp", "postmaster@shop.example.org", {}, f"Det gick inte att leverera till följande mottagare: {TO}. 550 5.1.1 okänd", "5.1.1", True),
    "exchange pl": ("Niedostarczone: Lamp", "postmaster@shop.example.org", {}, f"Dostarczenie wiadomości do następujących adresatów lub grup nie powiodło się:\n\n{TO}\n550 5.1.1 brak", "5.1.1", True),
    "exchange ru": ("Недоставлено: Lamp", "postmaster@shop.example.org", {}, f"Не удалось доставить сообщение следующим получателям или группам:\n\n{TO}\n550 5.1.1 нет", "5.1.1", True),
    "exchange tr": ("Teslim Edilemedi: Lamp", "postmaster@shop.example.org", {}, f"Şu alıcılara veya gruplara teslim edilemedi:\n\n{TO}\n550 5.1.1 yok", "5.1.1", True),
    "exchange ja": ("配信不能: Lamp", "postmaster@shop.example.org", {}, f"次の受信者またはグループへの配信に失敗しました:\n\n{TO}\n550 5.1.1", "5.1.1", True),
    "exchange zh": ("无法送达: Lamp", "postmaster@shop.example.org", {}, f"无法传递到以下收件人或组:\n\n{TO}\n550 5.1.1 not found", "5.1.1", True),
    "yahoo": ("Failure Notice", "MAILER-DAEMON@mta.yahoo.example", {}, f"Sorry, we were unable to deliver your message to the following address.\n\n<{TO}>:\n554: delivery error: dd This user doesn't have a yahoo account (0)", "5.0.0", True),
    "icloud": ("Undelivered Mail Returned to Sender", "Mail Delivery System <MAILER-DAEMON@icloud.example>", {}, f"<{TO}>: 552 5.2.2 Mailbox full (in reply to end of DATA command)", "5.2.2", True),
    "ses": ("Delivery Status Notification (Failure)", "MAILER-DAEMON@eu-west-1.amazonses.example", {}, f"An error occurred while trying to deliver the mail to the following recipients:\n{TO}", None, None),
    "sendgrid": ("Undelivered Mail", "MAILER-DAEMON@sendgrid.example", {}, f"Your message could not be delivered to the following recipients:\n<{TO}>: 550 5.1.1 unknown", "5.1.1", True),
    "mailgun": ("Undelivered Mail: Lamp", "postmaster@mg.example.org", {}, f"The following message could not be delivered to {TO}: 550 5.1.1 no such user", "5.1.1", True),
    "mimecast": ("[Postmaster] Message Delivery Failure", "postmaster@mimecast.example.org", {}, f"The message you sent requires attention because the recipient email server reported it could not be delivered.\n\nRecipient: {TO}\n550 Rejected by header based manually Blocked Senders: block\nMessage Delivery Failure", "5.0.0", True),
    "mimecast hold": ("[Postmaster] Email Delivery Failure", "no-reply@mimecast.example.org", {"Return_Path": "<>"}, f"Email Delivery Failure\n\nThis is a delivery failure notification message indicating that an email you addressed to email address :\n-- {TO}\n\ncould not be delivered.", None, None),
    "barracuda": ("**Message you sent blocked by our bulk email filter**", "barracuda@gw.example.org", {"Return_Path": "<>"}, f"Your message to: {TO}\nwas blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:\n\nSubject: Lamp", None, None),
    "cisco": ("Delivery Status Notification (Failure)", "Mail Delivery System <MAILER-DAEMON@ironport.example.org>", {}, f"The following message to <{TO}> was undeliverable.\nThe reason for the problem:\n5.1.0 - Unknown address error 550-'5.1.1 {TO} unknown'", "5.1.1", True),
    "domino": ("DELIVERY FAILURE: User gone (gone@example.org) not listed in Domino Directory", "postmaster@notes.example.org", {}, f"Your message\n\n  Subject: Lamp\n\nwas not delivered to:\n\n  {TO}\n\nbecause:\n\n  User gone ({TO}) not listed in Domino Directory", None, None),
    "mdaemon": ("Permanent Delivery Failure", "MDaemon at example.org <MDaemon@example.org>", {}, f"The attached message had PERMANENT fatal delivery errors.\n\nAfter one or more unsuccessful delivery attempts the attached message has\nbeen removed from the mail queue on this server.\n\n  {TO}", None, None),
    "hmailserver": ("Message undeliverable: Lamp", "mailer-daemon@hm.example.org", {}, f"Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\n{TO}\n   Error Type: SMTP\n   550 Unknown user", "5.0.0", True),
    "zimbra": ("Undelivered Mail Returned to Sender", "MAILER-DAEMON (Mail Delivery System)", {"Return_Path": "<>"}, f"<{TO}>: mail for example.org loops back to myself", None, None),
    "docomo": ("Mail System Error - Returned Mail", "Postmaster@docomo.example", {}, f"The user(s) account is disabled.\n\n<{TO}>: 550 Unknown user {TO}", "5.0.0", True),
    "kddi": ("Mail System Error - Returned Mail", "Postmaster@ezweb.example", {}, f"The user(s) account is temporarily over quota.\n\n<{TO}>", None, None),
    "gmx": ("Mail delivery failed: returning message to sender", "GMX Mailer Daemon <mailer-daemon@gmx.example>", {}, f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of\nits recipients. This is a permanent error. The following address\nfailed:\n\n{TO}:\nSMTP error from remote server for RCPT TO command, host: mx (192.0.2.1)\nreason: 550 5.7.1 rejected", "5.7.1", True),
    "t-online": ("Mail delivery failed: returning message to sender", "Mail Delivery Subsystem <mailer-daemon@t.example>", {}, f"|------------------------- Message log follows: -------------------------|\n no valid recipients were found for this message\n|------------------------- Failed addresses follow: ---------------------|\n <{TO}> ... unknown user", None, None),
    "mail.ru": ("Недоставленное сообщение", "mailer-daemon@corp.mail.example", {}, f"Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n{TO}: user not found", None, None),
    "qq": ("来自qq.com的退信", "PostMaster@qq.example", {}, f"抱歉，您的邮件被退回来了……\n原邮件主题：Lamp\n收件人：{TO}\n退信原因：收件人邮件地址不存在", None, None),
    "163": ("系统退信/Systems bounce", "Postmaster@163.example", {}, f"抱歉，您的邮件被退回来了……\n收件人：{TO}\nSMTP error, RCPT TO: 550 User not found", "5.0.0", True),
    "naver": ("[발송실패 안내] 메일이 전송되지 못했습니다", "mail_sender <MAILER-DAEMON@naver.example>", {}, f"메일이 전송되지 못했습니다. 받는 사람: {TO}\n존재하지 않는 이메일 주소", None, None),
    "quota": ("Returned mail: quota exceeded", "MAILER-DAEMON@mx.example.org", {}, f"<{TO}>: mailbox full. 452 4.2.2 over quota", "4.2.2", False),
    "opensmtpd": ("Delivery status notification: error", "Mailer Daemon <MAILER-DAEMON@mx.example.org>", {}, f"    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\n{TO}: 550 5.1.1 Invalid recipient", "5.1.1", True),
    "james": ("Re:Lamp [Delivery Status Notification]", "postmaster@james.example.org", {"Return_Path": "<>"}, f"Hi. This is the James mail server at james.example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n  {TO}", None, None),
    "courier": ("NOTICE: mail delivery status.", "Courier mail server at mx <@mx.example.org>", {"Return_Path": "<>"}, f"This is a delivery status notification from mx.example.org,\nrunning the Courier mail server.\n\nUNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<{TO}>:\n    550 User unknown.", "5.0.0", True),
    "fortimail": ("Delivery Status Notification (Failure)", "postmaster@forti.example.org", {}, f"This message was generated automatically.\nDelivery to the following recipients failed permanently:\n * <{TO}>\nReason: 550 5.1.1 no", "5.1.1", True),
    "smtp32": ("Undeliverable Mail", "Postmaster <postmaster@mx.example.org>", {}, f"Invalid final delivery userid: {TO}\n\n\nOriginal message follows.", None, None),
    "local user": ("Delivery failure", "postmaster@mx.example.org", {}, f"Your message has encountered delivery problems\nto local user gone.\n(Originally addressed to {TO})", None, None),
    "gateway": ("Mail could not be delivered", "gateway@mx.example.org", {}, f"Sent <<< RCPT TO:<{TO}>\nReceived >>> 550 5.1.1 unknown user.\n\nUnable to deliver message to <{TO}>", "5.1.1", True),
    "empty sender": ("Mail Error", '"Mail System" <>', {}, f"Your mail cannot be delivered to the following address(es):\n\n {TO} mail box space not enough", None, None),
    "postponed": ("Mail Delivery Warning", "Postmaster <postmaster@mx.example.org>", {}, f"Delivery of email to this address\n\n{TO}\n\nhas been postponed due to a full mailbox. We will continue to try to deliver your message.", None, False),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_a_report_in_words_is_a_bounce(name: str) -> None:
    subject, sender, fields, text, status, is_permanent = WORDS[name]
    message = mail(text, **{"Subject": subject, "From": sender, **fields})
    assert message.is_bounce
    assert not message.may_be_answered
    assert message.bounce is not None
    assert message.bounce.recipient == TO
    assert (message.bounce.status, message.bounce.is_permanent) == (status, is_permanent)


FAILED = f"Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; {TO}\r\nAction: failed\r\nStatus: 5.1.1\r\n"


def test_the_parts_of_a_report_are_read() -> None:
    message = report(FAILED)
    assert message.bounce is not None
    assert message.bounce.recipient == TO
    assert message.bounce.status == "5.1.1"
    assert message.bounce.original_message_id == "t.42@example.net"


def test_an_internationalised_report_is_read() -> None:
    status = "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: utf-8; жанна@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    message = report(
        status, kind="message/global-delivery-status", original="message/global-headers"
    )
    assert message.bounce is not None
    assert message.bounce.recipient == "жанна@example.org"
    assert message.bounce.original_message_id == "t.42@example.net"


def returned(kind: str, notice: str, sender: str) -> IncomingMessage:
    """A mail that brings back another one as an attachment."""
    return parse(
        f"From: {sender}\r\nTo: desk@example.net\r\nSubject: Mail delivery failed\r\n"
        f"Content-Type: {kind}; boundary=b1\r\n\r\n--b1\r\n\r\n{notice}\r\n"
        "--b1\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <t.42@example.net>\r\n\r\nLamp\r\n--b1--\r\n".encode()
    )


def test_a_report_without_an_address_is_known_by_the_mail_it_returns() -> None:
    notice = "This message was created automatically. A message that you sent could not be delivered to one of its recipients."
    bounce = returned("multipart/mixed", notice, "ndr@example.org").bounce
    assert bounce is not None
    assert bounce.original_message_id == "t.42@example.net"


def test_a_report_that_a_gateway_has_repacked_is_a_bounce() -> None:
    kind = "multipart/mixed; report-type=delivery-status"
    assert returned(kind, "", "gateway@example.org").is_bounce


def test_a_person_who_attaches_what_came_back_stays_a_person() -> None:
    notice = "My mail to you could not be delivered. What is your right address? It was rejected."
    assert not returned("multipart/mixed", notice, "carol@example.com").is_bounce


@pytest.mark.parametrize("action", ["relayed", "delivered", "expanded"])
def test_a_notice_of_success_is_no_bounce(action: str) -> None:
    status = FAILED.replace("failed", action).replace("5.1.1", "2.0.0")
    message = report(
        status,
        notice="Your message was successfully delivered to the destination",
        subject="Relayed: Lamp",
    )
    assert not message.is_bounce
    assert not message.may_be_answered


def test_a_delay_is_not_permanent() -> None:
    message = report(FAILED.replace("failed", "delayed").replace("5.1.1", "4.4.1"))
    assert message.bounce is not None
    assert message.bounce.is_permanent is False


def test_the_failed_one_of_many_is_named() -> None:
    many = (
        "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; ok@example.org\r\nAction: relayed\r\nStatus: 2.1.5\r\n\r\n"
        + FAILED.split("\r\n\r\n")[1]
    )
    message = report(many)
    assert message.bounce is not None
    assert message.bounce.recipient == TO


HUMAN = {
    "asks about one": ("Undeliverable mails", f"Hello,\n\nsince Monday my mails to {TO} come back with 550 5.1.1 User unknown. Why?\n\nCarol"),
    "forwards one": ("Fwd: Undelivered Mail Returned to Sender", f"Please look.\n\n---------- Forwarded message ---------\nFrom: MAILER-DAEMON@mx.example.org\nSubject: Undelivered Mail Returned to Sender\n\n<{TO}>: User unknown"),
    "forwards one as attachment text": ("WG: Unzustellbar: Lampe", "Was ist das?\n\nVon: postmaster@shop.example.org\nGesendet: heute\nAn: Carol\nBetreff: Unzustellbar: Lampe\n\nkonnte nicht zugestellt werden"),
    "complains": ("Delivery failed", "The parcel with my lamp was not delivered. Delivery attempt failed twice. Please send it again.\n\nCarol"),
    "parcel": ("Non-delivery of order 42", "My parcel was returned to sender. The address was rejected, the user unknown to the driver."),
    "mailbox full": ("Mailbox full", "Our mailbox is full. Can you give us more space? We exceeded storage.\n\nCarol"),
    "postmaster in person": ("Our new MX", "Hello, I run the mail for example.org. Your server is on our list now.\n\nBob, postmaster"),
    "service problem": ("Failure notice of pump 3", "The pump gave a failure notice. See the message below: over quota."),
    "reply to one": ("Re: Undelivered Mail Returned to Sender", "I get this each day. What shall I do?"),
    "returned parcel": ("Returned to sender", "DHL returned my lamp to sender. The label says: address unknown."),
    "returned mail": ("Returned mail", "Our letter came back from you: returned mail, stamped recipient unknown. What is your address?"),
}  # fmt: skip


@pytest.mark.parametrize("name", HUMAN)
def test_people_who_write_about_bounces_stay_people(name: str) -> None:
    subject, text = HUMAN[name]
    message = mail(text, Subject=subject, From="Carol <carol@example.com>")
    assert not message.is_bounce
    assert not message.is_auto_reply
    assert message.may_be_answered


def test_a_postmaster_who_writes_himself_stays_a_person() -> None:
    message = mail(
        "Hello, our new gateway starts on Monday. Bob",
        From="postmaster@example.org",
        Subject="New gateway",
    )
    assert not message.is_bounce


def test_an_absence_notice_that_speaks_of_undeliverable_mail_is_no_bounce() -> None:
    text = "I am away until Monday. Mail to my old address is undeliverable and was not delivered."
    message = mail(
        text,
        Subject="Automatic reply: Lamp",
        Return_Path="<>",
        Auto_Submitted="auto-replied",
        From="Carol <carol@example.com>",
    )
    assert not message.is_bounce
    assert message.is_auto_reply


@pytest.mark.parametrize("disposition", ["displayed", "deleted"])
def test_a_receipt_is_no_bounce(disposition: str) -> None:
    subject = {"displayed": "Read: Lamp", "deleted": "Not read: Lamp"}[disposition]
    raw = (
        f"From: carol@example.com\r\nTo: desk@example.net\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nYour message was deleted without being read; it was not delivered to a person.\r\n"
        "--b\r\nContent-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822;carol@example.com\r\n"
        f"Disposition: automatic-action/MDN-sent-automatically; {disposition}\r\n\r\n--b--\r\n"
    )
    message = parse(raw.encode())
    assert not message.is_bounce
    assert message.is_auto_reply
    assert not message.may_be_answered


def test_a_complaint_is_no_bounce() -> None:
    raw = (
        "From: fbl@isp.example\r\nTo: abuse@example.net\r\nSubject: FW: Lamp\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is an email abuse report.\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: X/1\r\nVersion: 1\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: desk@example.net\r\nSubject: Lamp\r\n\r\nHi\r\n--b--\r\n"
    )
    message = parse(raw.encode())
    assert message.is_feedback_report
    assert not message.is_bounce
    assert not message.may_be_answered
