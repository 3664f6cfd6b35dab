"""A channel that somebody built themselves: docs/custom-channel.md, kept to the letter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from channels_in import signatures
from channels_in.actions import send_due
from channels_in.custom.parse import problem_of
from channels_in.models import InboundItem
from channels_in.payloads import Payload
from core import clock
from tests.channels_in.messaging.conftest import Desk, connected
from tests.channels_in.messaging.fake_server import Answer, Request, serving
from tickets.models import Comment, Ticket

SECRET = "shared"
MESSAGE = {"type": "message", "id": "m1", "conversation": "c1", "text": "Hello",
           "author": {"id": "42", "name": "Nia"}}  # fmt: skip


class OtherSide:
    """Whoever built the channel: checks our signature and keeps what came."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []

    def __call__(self, request: Request) -> Answer:
        stamp, given = request.headers["x-desk-timestamp"], request.headers["x-desk-signature"]
        if given != signatures.custom_signature(request.body, stamp, SECRET):
            return Answer(401, {"error": "bad signature"})
        self.got.append(request.json)
        return Answer(200, {"id": f"theirs-{len(self.got)}"})


@pytest.fixture
def custom(db, admin, settings) -> Iterator[Desk]:
    settings.WEBHOOKS_ON_PRIVATE_NETWORKS = True
    api = OtherSide()
    with serving(api) as server:
        plain = {"name": "shop-chat", "url": f"{server.url}/replies"}
        yield Desk(connected(admin, "custom", "shop-chat", plain, {"secret": SECRET}), api, server)


def post(event: Any, *, secret: str = SECRET, age: int = 0) -> tuple[bytes, dict[str, str]]:
    body = json.dumps(event).encode()
    stamp = str(int(clock.now().timestamp()) - age)
    return body, {
        "x-desk-timestamp": stamp,
        "x-desk-signature": signatures.custom_signature(body, stamp, secret),
    }


def test_a_message_becomes_a_ticket_and_the_answer_is_posted_back(custom: Desk, alice):
    ticket = custom.hear(*post(MESSAGE)).ticket
    assert (ticket.channel, ticket.requester.name) == ("custom", "Nia")
    delivery = custom.reply(ticket, alice, "Hi Nia")
    assert (delivery.state, delivery.provider_id) == ("sent", "theirs-1")
    (got,) = custom.api.got
    assert got == {
        "type": "message", "id": f"delivery-{delivery.pk}", "conversation": "c1",
        "to": {"id": "42", "name": "Nia"}, "text": "Hi Nia", "reply_to": None, "attachments": [],
    }  # fmt: skip


def test_receipts_are_taken(custom: Desk, alice):
    ticket = custom.hear(*post(MESSAGE)).ticket
    delivery = custom.reply(ticket, alice, "Hi")
    said = custom.post(*post({"type": "receipt", "id": delivery.provider_id, "state": "read"}))
    assert (said.status_code, said.json()) == (202, {"taken": 1})
    delivery.refresh_from_db()
    assert delivery.read_at


def test_replayed_old_and_forged_posts_make_nothing(custom: Desk):
    custom.hear(*post(MESSAGE))
    custom.hear(*post(MESSAGE))  # the same again
    for odd in (post(MESSAGE, age=301), post(MESSAGE, age=-301), post(MESSAGE, secret="x")):
        assert custom.post(*odd).status_code == 403
    body, headers = post({**MESSAGE, "id": "m2"})
    assert custom.post(body.replace(b"Hello", b"Hellp"), headers).status_code == 403
    assert InboundItem.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": ""}, "Event 0: “id” is missing"),
        ({"author": {}}, "Event 0: “author.id” is missing"),
        ({"text": " "}, "Event 0: “text” is missing"),
        ({"type": "hello"}, "Event 0: “type” is “message” or “receipt”."),
        ({"attachments": [{}]}, "needs a “url” or its “content”"),
        ({"attachments": [{"content": "é"}]}, "is no base64"),
        ({"attachments": [{"url": "file:///etc/passwd"}]}, "does not begin with https://"),
    ],
)
def test_a_mistake_is_answered_with_what_is_wrong(custom: Desk, change, said):
    answer = custom.post(*post({**MESSAGE, **change}))
    assert answer.status_code == 422
    assert said in answer.json()["error"]
    assert InboundItem.objects.count() == 0


def test_a_batch_is_taken_whole_or_not_at_all(custom: Desk):
    good = [{**MESSAGE, "id": f"m{n}", "text": f"line {n}"} for n in range(3)]
    assert custom.post(*post({"events": [*good, {"type": "x"}]})).status_code == 422
    assert InboundItem.objects.count() == 0
    custom.hear(*post({"events": good}))
    assert Comment.objects.count() == 3
    assert Ticket.objects.count() == 1


def test_a_reply_is_tried_again_with_the_same_id(custom: Desk, alice):
    ticket = custom.hear(*post(MESSAGE)).ticket
    custom.server.next_answers = [Answer(503, {"error": "later"})]
    delivery = custom.reply(ticket, alice, "Hi")
    assert delivery.state == "queued"
    with clock.frozen(clock.now() + timedelta(minutes=20)):
        send_due(["custom"])
    assert custom.api.got[-1]["id"] == f"delivery-{delivery.pk}"
    assert custom.server.requests[0].json["id"] == f"delivery-{delivery.pk}"


def test_a_refusal_is_shown_with_its_words(custom: Desk, alice):
    ticket = custom.hear(*post(MESSAGE)).ticket
    custom.server.next_answers = [Answer(410, {"error": "conversation closed"})]
    delivery = custom.reply(ticket, alice, "Hi")
    assert delivery.state == "failed"
    assert "conversation closed" in delivery.error


def test_replies_are_not_posted_into_our_own_network(custom: Desk, alice, settings):
    settings.WEBHOOKS_ON_PRIVATE_NETWORKS = False
    ticket = custom.hear(*post(MESSAGE)).ticket
    delivery = custom.reply(ticket, alice, "Hi")
    assert custom.server.requests == []
    assert delivery.state in ("failed", "queued")
    assert "must not be used" in delivery.error


def test_the_examples_of_the_documentation_hold():
    page = (Path(django_settings.BASE_DIR) / "docs/custom-channel.md").read_text()
    blocks = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", page, re.DOTALL)]
    messages = [b for b in blocks if b.get("type") == "message" and "author" in b]
    assert messages
    assert [problem_of(Payload(message)) for message in messages] == [""] * len(messages)
    secret, stamp, body = re.search(
        r"secret `(\w+)`, timestamp `(\d+)`, body `(.*?)`", page
    ).groups()
    assert signatures.custom_signature(body.encode(), stamp, secret) in page
