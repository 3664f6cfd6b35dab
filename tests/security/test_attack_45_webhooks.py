"""Attack 45: webhooks are signed and fresh, answers are capped, slow receivers stall nobody."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import ipaddress
import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from core import clock
from core.models import OutboxMessage
from macros.actions.webhooks import (
    BREAKS_AFTER,
    OF_ONE,
    WAITS,
    claim_calls,
    create_webhook,
    renew_secret,
    update_webhook,
)
from macros.models import InvocationState, Webhook, WebhookInvocation
from macros.webhooks import call_due, calling
from tests.factories import SETUP, make_ticket
from tests.macros.rules import CREATED, effect, events, submit, trigger

pytestmark = pytest.mark.django_db
LOOPBACK = [ipaddress.ip_address("127.0.0.1")]


class Receiver(ThreadingHTTPServer):
    """Answers as it is told to, and remembers what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[tuple[int, dict[str, str], bytes]] = []  # the next ones; then 200
        self.wait = 0.0


class Answers(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({key.lower(): value for key, value in self.headers.items()}, body))
        time.sleep(self.server.wait)
        status, headers, content = (
            self.server.answers.pop(0) if self.server.answers else (200, {}, b"thanks")
        )
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def receiver(monkeypatch) -> Iterator[Receiver]:
    """On loopback, which only a test's own judge lets through."""
    server = Receiver()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    judge = calling.allowed_addresses
    monkeypatch.setattr(
        calling, "allowed_addresses",
        lambda host: LOOPBACK if host == "receiver.example" else judge(host),
    )  # fmt: skip
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def secret(receiver) -> str:
    """That of a webhook which a trigger calls for every new ticket."""
    port = receiver.server_address[1]
    webhook, made = create_webhook(
        actor=SETUP, name="Shop", url=f"http://receiver.example:{port}/hook"
    )
    body = json.dumps({"title": "{{ticket.title}}", "by": ["{{ticket.requester.name}}"]})
    trigger("Call", [CREATED],
            effect("notification_webhook", {"webhook_id": webhook.pk, "body": body}))  # fmt: skip
    return made


def mac(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


def latest() -> WebhookInvocation:
    return WebhookInvocation.objects.latest("id")


def test_a_call_leaves_after_the_submit_signed_in_both_ways(secret, receiver, carol):
    now = clock.now().replace(microsecond=0)
    with clock.frozen(now):
        ticket = make_ticket(requester=carol)
        assert receiver.got == []
        assert OutboxMessage.objects.filter(topic="webhook.called").count() == 1
        assert call_due() == 1
        assert call_due() == 0
    ((headers, body),) = receiver.got
    assert json.loads(body) == {"title": ticket.subject, "by": ["Carol Customer"]}
    stamp, message_id = headers["webhook-timestamp"], headers["webhook-id"]
    assert stamp == str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{stamp}.".encode() + body
    assert headers["webhook-signature"] == f"v1,{mac(key, signed)}"
    theirs = headers["x-zendesk-webhook-signature-timestamp"].encode() + body
    assert headers["x-zendesk-webhook-signature"] == mac(secret.encode(), theirs)
    call = latest()
    assert (call.state, call.response, call.ticket) == ("delivered", "thanks", ticket)
    assert call.attempts[0]["status"] == 200
    assert call.cause["title"] == "Call"
    (event,) = [event for event in events(ticket) if event.field_name == "webhook"]
    assert event.cause == call.cause


def test_while_a_secret_is_changed_both_sign(secret, receiver, carol):
    newer = renew_secret(actor=SETUP, webhook_id=Webhook.objects.get().pk)
    make_ticket(requester=carol)
    call_due()
    headers, body = receiver.got[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"].split(" ") == [
        f"v1,{mac(base64.b64decode(one.removeprefix('whsec_')), signed)}" for one in (newer, secret)
    ]


def test_hostile_text_stays_inside_its_string(secret, receiver, carol):
    """Attack 22: neither quotes nor Liquid in what a customer writes mean anything."""
    subject = '"},"admin":true,{"x":"{{ticket.id}}{% assign a = 1 %}\\'
    make_ticket(requester=carol, subject=subject)
    call_due()
    assert json.loads(receiver.got[0][1])["title"] == subject


@pytest.mark.parametrize("status", [409, 429, 500, 503])
def test_what_may_pass_is_tried_again_later_with_the_same_id(secret, receiver, carol, status):
    receiver.answers = [(status, {}, b"busy")] * 2
    at = clock.now()
    with clock.frozen(at):
        make_ticket(requester=carol)
        call_due()
    call = latest()
    assert call.state == InvocationState.WAITING
    assert 0.8 * WAITS[0] <= (call.next_attempt_at - at).total_seconds() <= 1.2 * WAITS[0]
    for seconds in (0, 20, 80):
        with clock.frozen(at + timedelta(seconds=seconds)):
            call_due()
    call.refresh_from_db()
    assert call.state == InvocationState.DELIVERED
    assert [attempt["status"] for attempt in call.attempts] == [status, status, 200]
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1


def test_a_receiver_may_say_when_within_an_hour(secret, receiver, carol):
    for asked, waits in (("100", 100), ("999999", 3600), ("soon", WAITS[0] * 1.2)):
        receiver.answers = [(429, {"Retry-After": asked}, b"")]
        at = clock.now()
        with clock.frozen(at):
            make_ticket(requester=carol)
            call_due()
        assert (latest().next_attempt_at - at).total_seconds() <= waits
        WebhookInvocation.objects.all().delete()


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 410, 422])
def test_what_was_refused_is_not_sent_again_nor_elsewhere(secret, receiver, carol, status):
    receiver.answers = [(status, {"Location": "http://169.254.169.254/"}, b"no")]
    make_ticket(requester=carol)
    call_due()
    assert latest().state == InvocationState.FAILED
    assert str(status) in latest().attempts[0]["error"]
    assert len(receiver.got) == 1


def test_it_ends_after_the_last_attempt(secret, receiver, carol):
    receiver.answers = [(500, {}, b"")] * 20
    at = clock.now()
    with clock.frozen(at):
        make_ticket(requester=carol)
    for hour in range(20):
        with clock.frozen(at + timedelta(hours=2 * hour)):
            call_due()
    assert latest().state == InvocationState.FAILED
    assert len(latest().attempts) == len(WAITS) + 1


def test_an_answer_is_read_and_kept_in_part(secret, receiver, carol):
    receiver.answers = [(200, {}, b"x\x00" * 1_000_000)]
    make_ticket(requester=carol)
    call_due()
    assert latest().state == InvocationState.DELIVERED
    assert len(latest().response) == calling.RESPONSE_BYTES // 2


def test_a_slow_receiver_is_cut_off_and_stalls_neither_tickets_nor_others(
    secret, receiver, carol, alice, monkeypatch
):
    monkeypatch.setattr(calling, "SECONDS", 0.3)
    receiver.wait = 3
    for _ in range(OF_ONE + 3):
        make_ticket(requester=carol)
    began = time.monotonic()
    assert call_due() == OF_ONE
    assert time.monotonic() - began < 2  # all at once, and none longer than its limit
    assert latest().webhook.failures + OF_ONE >= OF_ONE
    assert WebhookInvocation.objects.filter(state=InvocationState.WAITING).count() == OF_ONE + 3
    submit(make_ticket(requester=carol), alice, "Tickets go on")


def test_one_worker_at_a_time_is_busy_with_calls(secret, receiver, carol):
    make_ticket(requester=carol)
    at = clock.now()
    with clock.frozen(at):
        assert len(claim_calls()) == 1
        make_ticket(requester=carol)
        assert claim_calls() == []
    with clock.frozen(at + timedelta(minutes=3)):  # its worker has died
        assert call_due() == 2


def test_a_broken_receiver_is_left_alone_for_a_while(secret, receiver, carol):
    receiver.answers = [(503, {}, b"")] * 50
    at = clock.now()
    with clock.frozen(at):
        for _ in range(BREAKS_AFTER + 2):
            make_ticket(requester=carol)
        call_due()
        call_due()
        assert len(receiver.got) >= BREAKS_AFTER
        known = len(receiver.got)
        assert call_due() == 0
    webhook = Webhook.objects.get()
    assert webhook.paused_until > at
    with clock.frozen(at + timedelta(minutes=20)):
        receiver.answers = []
        assert call_due() == 1, "one call, to see whether it is back"
        assert call_due() > 1
    assert len(receiver.got) > known
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.paused_until) == (0, None)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost:6379/", "http://169.254.169.254/latest/", "http://[::1]/",
     "http://10.0.0.1/", "http://2130706433/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/"],
)  # fmt: skip
def test_inner_addresses_are_never_called(secret, receiver, carol, url, monkeypatch):
    """Attack 44."""
    import socket

    def connect(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", connect)
    update_webhook(actor=SETUP, webhook_id=Webhook.objects.get().pk, url=url)
    make_ticket(requester=carol)
    call_due()
    assert latest().state == InvocationState.FAILED
    assert "must not be used" in latest().attempts[0]["error"]


def test_a_call_of_a_submit_that_is_undone_never_leaves(secret, receiver, carol):
    from django.db import transaction

    with contextlib.suppress(RuntimeError), transaction.atomic():
        make_ticket(requester=carol)
        raise RuntimeError
    assert call_due() == 0
    assert receiver.got == []
