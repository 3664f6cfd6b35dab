"""What mail providers post: proven, stored once, or refused (attack 45)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from accounts.models import Identity
from channels_in import funnel
from channels_in.email import webhooks
from channels_in.email.compose import METADATA
from channels_in.models import ChannelAccount, InboundItem, OutgoingServer
from core import clock, ids
from core.crypto import seal
from tests.channels_in.conftest import make_mail
from tickets.models import Comment, Delivery, DeliveryState, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account", "local_outbox")]

SECRET = "helpdesk:s3cret-of-this-address"
KEY = "key-0123456789"
Post = Callable[..., HttpResponse]


def provider(account: ChannelAccount, name: str, *, secret: str = "", **stored: str):
    """The address sends through this provider."""
    server, _ = OutgoingServer.objects.update_or_create(
        account=account,
        defaults={
            "kind": OutgoingServer.Kind.PROVIDER, "provider": name,
            "sealed_provider_settings": seal(json.dumps(stored)),
            "sealed_webhook_secret": seal(secret),
        },
    )  # fmt: skip
    return server


def path_of(server: OutgoingServer, kind: str) -> str:
    return webhooks.webhook_urls(server)[kind].removeprefix("http://localhost:8000")


def basic(secret: str = SECRET) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def post_json(path: str, body: object, **headers: str) -> HttpResponse:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    content = body if isinstance(body, str) else json.dumps(body)
    return client.post(path, content, content_type="application/json", **headers)


def items() -> list[InboundItem]:
    return list(InboundItem.objects.order_by("id"))


# Postmark: user and password (https://postmarkapp.com/developer/webhooks)


def postmark_inbound(**changes: object) -> dict[str, object]:
    return {
        "FromName": "Carol Customer", "From": "carol.customer@nordwind.example",
        "FromFull": {
            "Email": "carol.customer@nordwind.example", "Name": "Carol Customer", "MailboxHash": "",
        },
        "To": "support@example.com",
        "ToFull": [{"Email": "support@example.com", "Name": "", "MailboxHash": ""}],
        "Cc": "", "CcFull": [], "Bcc": "", "BccFull": [],
        "OriginalRecipient": "support@example.com",
        "Subject": "Ünïcode lamp", "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
        "ReplyTo": "", "MailboxHash": "", "Date": "Fri, 20 Nov 2026 10:00:00 +0000",
        "TextBody": "Where is my lamp? — Carol", "HtmlBody": "", "StrippedTextReply": "", "Tag": "",
        "Headers": [
            {"Name": "Return-Path", "Value": "<carol.customer@nordwind.example>"},
            {"Name": "Message-ID", "Value": "<lamp-1@nordwind.example>"},
            {"Name": "MIME-Version", "Value": "1.0"},
        ],
        "Attachments": [
            {
                "Name": "größe.txt", "Content": base64.b64encode(b"two meters").decode(),
                "ContentType": "text/plain", "ContentLength": 10,
            }
        ],
        **changes,
    }  # fmt: skip


@pytest.fixture
def postmark(account) -> OutgoingServer:
    return provider(account, "postmark", secret=SECRET, server_token="t")


def test_a_posted_mail_becomes_a_ticket_with_its_files(postmark) -> None:
    answered = post_json(path_of(postmark, "inbound"), postmark_inbound(), **basic())
    funnel.process_due()

    assert answered.status_code == 200
    ticket = Ticket.objects.get()
    assert ticket.subject == "Ünïcode lamp"
    comment = Comment.objects.get()
    assert "Where is my lamp? — Carol" in comment.body
    assert [file.filename for file in comment.attachments.all()] == ["größe.txt"]
    (item,) = items()
    assert item.envelope["from"] == "carol.customer@nordwind.example"
    assert item.envelope["to"] == ["support@example.com"]


def test_a_raw_mail_is_stored_as_it_came(postmark) -> None:
    raw = make_mail(subject="Raw lamp").decode()
    post_json(path_of(postmark, "inbound"), postmark_inbound(RawEmail=raw), **basic())
    funnel.process_due()

    assert Ticket.objects.get().subject == "Raw lamp"


def test_the_same_post_twice_is_one_message(postmark) -> None:
    for _ in range(3):
        assert (
            post_json(path_of(postmark, "inbound"), postmark_inbound(), **basic()).status_code
            == 200
        )
    assert len(items()) == 1


@pytest.mark.parametrize("headers", [{}, basic("helpdesk:wrong"), basic(""), basic(":")])
@pytest.mark.parametrize("kind", ["inbound", "tracking"])
def test_without_the_right_password_nothing_counts(postmark, headers, kind) -> None:
    answered = post_json(path_of(postmark, kind), postmark_inbound(), **headers)
    assert answered.status_code == 403
    assert items() == []


def test_without_any_password_set_up_nothing_counts(account) -> None:
    server = provider(account, "postmark", server_token="t")
    for headers in ({}, basic(""), basic(":"), basic()):
        assert (
            post_json(path_of(server, "inbound"), postmark_inbound(), **headers).status_code == 403
        )
    assert items() == []


def test_addresses_that_are_nobodys_are_not_there(postmark, account) -> None:
    good = path_of(postmark, "inbound")
    token = good.split("/")[4]
    other = ids.sign("mail-hook", account.pk + 1)
    for path in (
        good.replace(token, "guess"), good.replace(token, other), good.replace(token, token[:-1]),
        good.replace("postmark", "mailgun"), good.replace("postmark", "amazon_ses"),
        good.replace("inbound", "elsewhere"),
    ):  # fmt: skip
        assert post_json(path, postmark_inbound(), **basic()).status_code == 404
    ChannelAccount.objects.update(is_active=False)
    assert post_json(good, postmark_inbound(), **basic()).status_code == 404


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"RecordType": "Bounce"}'])
def test_what_cannot_be_read_is_refused(postmark, body) -> None:
    answered = post_json(path_of(postmark, "inbound"), body, **basic())
    assert answered.status_code == 400
    assert items() == []


def test_a_post_may_be_large_but_not_endless(postmark, settings) -> None:
    path = path_of(postmark, "inbound")
    assert post_json(path, postmark_inbound(TextBody="x" * 6_000_000), **basic()).status_code == 200
    settings.MAIL_MAX_BYTES = 1_000_000
    answered = post_json(path, postmark_inbound(TextBody="y" * 3_000_000), **basic())
    assert answered.status_code == 413
    assert len(items()) == 1


def test_while_the_database_is_away_the_provider_tries_again(postmark, monkeypatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(webhooks, "receive", away)
    answered = post_json(path_of(postmark, "inbound"), postmark_inbound(), **basic())
    assert answered.status_code == 503


def test_only_posts_are_taken(postmark) -> None:
    path = path_of(postmark, "inbound")
    assert Client().get(path).status_code == 405
    assert Client().head(path).status_code == 200
    assert Client().head(path.replace("postmark", "brevo")).status_code == 404


# What became of a message


@pytest.fixture
def delivery(ticket: Ticket, postmark) -> Delivery:
    """The acknowledgement, as Postmark took it."""
    Delivery.objects.update(provider_id="pm-1", state=DeliveryState.SENT)
    return Delivery.objects.get()


def bounce(delivery: Delivery, **changes: object) -> dict[str, object]:
    return {
        "RecordType": "Bounce", "ID": 4323372036854775807, "Type": "HardBounce", "TypeCode": 1,
        "Name": "Hard bounce", "Tag": "", "MessageID": "pm-1", "ServerID": 23,
        "MessageStream": "outbound", "Description": "The server was unable to deliver your message",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": delivery.address, "From": "support@example.com",
        "BouncedAt": "2026-11-20T10:00:00Z", "DumpAvailable": True, "Inactive": True,
        "CanActivate": True, "Subject": "x",
        "Metadata": {METADATA: ids.sign(METADATA, delivery.pk)},
        **changes,
    }  # fmt: skip


def tell(server: OutgoingServer, body: object) -> None:
    assert post_json(path_of(server, "tracking"), body, **basic()).status_code == 200


def test_a_bounce_stands_on_the_delivery_and_the_address_is_marked(delivery, postmark) -> None:
    tell(postmark, bounce(delivery))

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.BOUNCED
    assert "550 5.1.1 The email account" in delivery.error
    assert Identity.objects.get(value=delivery.address).undeliverable_at is not None


def test_a_bounce_of_the_attempt_before_changes_nothing(delivery, postmark) -> None:
    Delivery.objects.update(provider_id="pm-2")
    tell(postmark, bounce(delivery))
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT


@pytest.mark.parametrize(
    "changes",
    [
        {"Metadata": {METADATA: "1-aaaaaaaaaaaaaaaaaaaa"}, "MessageID": "other"},
        {"Metadata": {}, "MessageID": "other"},
        {"Metadata": {}, "MessageID": ""},
        {"Metadata": {METADATA: ["x"]}, "MessageID": "other"},
    ],
)
def test_reports_about_nothing_of_ours_are_passed_over(delivery, postmark, changes) -> None:
    tell(postmark, bounce(delivery, **changes))
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT


def test_another_address_cannot_speak_of_this_ones_mail(
    delivery, postmark, billing_address
) -> None:
    other = provider(billing_address, "postmark", secret=SECRET, server_token="t")
    tell(other, bounce(delivery))
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT


def test_a_delay_is_no_bounce(delivery, postmark) -> None:
    tell(postmark, bounce(delivery, Type="Transient", TypeCode=2))
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT


def test_a_complaint_is_noted(delivery, postmark) -> None:
    tell(postmark, bounce(delivery, RecordType="SpamComplaint", Type="SpamComplaint"))
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT
    assert "spam" in delivery.error


def test_a_delivery_notice_ends_what_was_not_known(delivery, postmark) -> None:
    Delivery.objects.update(state=DeliveryState.UNKNOWN)
    notice = {
        "RecordType": "Delivery", "MessageID": "pm-1", "Recipient": delivery.address,
        "DeliveredAt": "2026-11-20T10:00:00Z", "Details": "250 OK", "Tag": "", "ServerID": 23,
        "Metadata": {METADATA: ids.sign(METADATA, delivery.pk)}, "MessageStream": "outbound",
    }  # fmt: skip
    tell(postmark, notice)
    tell(postmark, notice)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT


# Mailgun: a signature over time and token (documentation.mailgun.com, "Securing Webhooks")


def mailgun_proof(*, age: int = 0, key: str = KEY, token: str = "a" * 50) -> dict[str, str]:
    stamp = str(int(clock.now().timestamp()) - age)
    digest = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": stamp, "token": token, "signature": digest}


def mailgun_form(**proof: str) -> dict[str, object]:
    return {
        "recipient": "support@example.com", "sender": "carol.customer@nordwind.example",
        "from": "Carol <carol.customer@nordwind.example>", "subject": "My lamp",
        "body-plain": "Where is it?", "stripped-text": "Where is it?",
        "message-headers": json.dumps([
            ["From", "Carol <carol.customer@nordwind.example>"], ["To", "support@example.com"],
            ["Subject", "My lamp"], ["Message-Id", "<mg-1@nordwind.example>"],
        ]),
        "attachment-count": "1",
        "attachment-1": SimpleUploadedFile("lamp.txt", b"bright", "text/plain"),
        **proof,
    }  # fmt: skip


@pytest.fixture
def mailgun(account) -> OutgoingServer:
    return provider(account, "mailgun", api_key="k", webhook_signing_key=KEY)


def test_mailgun_is_believed_by_its_signature(mailgun) -> None:
    answered = Client().post(path_of(mailgun, "inbound"), mailgun_form(**mailgun_proof()))
    funnel.process_due()

    assert answered.status_code == 200
    assert Ticket.objects.get().subject == "My lamp"
    assert Comment.objects.get().attachments.get().filename == "lamp.txt"


@pytest.mark.parametrize(
    "proof",
    [
        lambda: {}, lambda: mailgun_proof(key="other"), lambda: mailgun_proof(age=600),
        lambda: mailgun_proof(age=-600), lambda: {**mailgun_proof(), "signature": ""},
        lambda: {**mailgun_proof(), "token": "b" * 50},
        lambda: {**mailgun_proof(), "timestamp": "0"},
    ],
)  # fmt: skip
def test_mailgun_without_a_fresh_signature_is_refused(mailgun, proof) -> None:
    answered = Client().post(path_of(mailgun, "inbound"), mailgun_form(**proof()))
    assert answered.status_code == 403
    assert items() == []


def test_a_signature_is_good_for_one_message(mailgun) -> None:
    proof = mailgun_proof()
    Client().post(path_of(mailgun, "inbound"), mailgun_form(**proof))
    Client().post(path_of(mailgun, "inbound"), {**mailgun_form(**proof), "body-plain": "forged"})
    assert len(items()) == 1


def test_mailgun_without_a_key_of_ours_is_refused(account) -> None:
    server = provider(account, "mailgun", secret=SECRET, api_key=KEY)
    form = mailgun_form(**mailgun_proof())
    assert Client().post(path_of(server, "inbound"), form, **basic()).status_code == 403


def test_mailgun_reports_a_failure(ticket, mailgun) -> None:
    Delivery.objects.update(provider_id="<mg@x>", state=DeliveryState.SENT)
    report = {
        "signature": mailgun_proof(),
        "event-data": {
            "event": "failed", "severity": "permanent", "reason": "bounce", "id": "G9Bn5sl1TC6nu",
            "timestamp": 1521472262.908181, "recipient": "carol.customer@nordwind.example",
            "delivery-status": {"code": 550, "message": "5.1.1 no such user", "description": ""},
            "message": {"headers": {"message-id": "mg@x", "to": "carol.customer@nordwind.example"}},
            "user-variables": {METADATA: ids.sign(METADATA, Delivery.objects.get().pk)},
        },
    }  # fmt: skip
    assert post_json(path_of(mailgun, "tracking"), report).status_code == 200
    assert Delivery.objects.get().state == DeliveryState.BOUNCED
    assert "no such user" in Delivery.objects.get().error
    report["signature"] = {**mailgun_proof(), "signature": "0" * 64}
    assert post_json(path_of(mailgun, "tracking"), report).status_code == 403


# SendGrid's inbound parse: user and password (docs.sendgrid.com, "Inbound Parse Webhook")


def test_sendgrid_posts_fields_and_files(account) -> None:
    server = provider(account, "sendgrid", secret=SECRET, api_key="k")
    form = {
        "headers": "From: Carol <carol.customer@nordwind.example>\nTo: support@example.com\n"
        "Subject: My lamp\nMessage-ID: <sg-1@nordwind.example>\n",
        "to": "support@example.com", "from": "Carol <carol.customer@nordwind.example>",
        "subject": "My lamp", "text": "Where is it? ö", "attachments": "1",
        "attachment-info": json.dumps(
            {"attachment1": {"filename": "lamp.txt", "name": "lamp.txt", "type": "text/plain"}}
        ),
        "attachment1": SimpleUploadedFile("lamp.txt", b"bright", "text/plain"),
        "charsets": json.dumps({"text": "utf-8", "subject": "utf-8"}),
        "envelope": json.dumps(
            {"to": ["support@example.com"], "from": "carol.customer@nordwind.example"}
        ),
        "SPF": "pass", "spam_score": "0.1", "spam_report": "x",
    }  # fmt: skip
    assert Client().post(path_of(server, "inbound"), form).status_code == 403
    form["attachment1"].seek(0)
    assert Client().post(path_of(server, "inbound"), form, **basic()).status_code == 200
    form["attachment1"].seek(0)
    assert Client().post(path_of(server, "inbound"), form, **basic()).status_code == 200
    funnel.process_due()

    assert Ticket.objects.count() == 1, "SendGrid names no event: the Message-ID tells them apart"
    assert Comment.objects.get().attachments.get().filename == "lamp.txt"


# Mandrill: a signature over the address and all fields (mailchimp.com, "Authenticating webhooks")


def mandrill_post(server: OutgoingServer, events: object, *, key: str = KEY) -> HttpResponse:
    url = webhooks.webhook_urls(server)["inbound"]
    fields = {"mandrill_events": json.dumps(events)}
    words = url + "".join(name + fields[name] for name in sorted(fields))
    digest = base64.b64encode(hmac.new(key.encode(), words.encode(), hashlib.sha1).digest())
    return Client().post(
        path_of(server, "inbound"), urlencode(fields),
        content_type="application/x-www-form-urlencoded",
        HTTP_X_MANDRILL_SIGNATURE=digest.decode(),
    )  # fmt: skip


def test_mandrill_posts_raw_mail_in_a_batch(account) -> None:
    server = provider(account, "mandrill", api_key="k", webhook_key=KEY)
    events = [
        {
            "event": "inbound", "ts": 1368214102,
            "msg": {
                "raw_msg": make_mail(subject=f"Lamp {n}").decode(), "email": "support@example.com",
                "from_email": "carol.customer@nordwind.example", "subject": f"Lamp {n}",
                "headers": {}, "text": "", "spam_report": {"score": 0.1}, "sender": None,
            },
        }
        for n in range(2)
    ]  # fmt: skip
    assert mandrill_post(server, events, key="other").status_code == 403
    assert items() == []
    assert mandrill_post(server, events).status_code == 200
    funnel.process_due()
    assert sorted(Ticket.objects.values_list("subject", flat=True)) == ["Lamp 0", "Lamp 1"]
