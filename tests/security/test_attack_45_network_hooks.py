"""Attack 45 on the doors of networks: what no network has signed makes nothing, whatever it is."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from channels_in.actions.connections import connect
from channels_in.adapters import CHANNELS
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Profile
from channels_in.networks.registry import network_of
from tests.factories import as_actor

HOOKED = [
    channel for channel in CHANNELS if (found := network_of(channel)) and found.has_webhook
]  # fmt: skip
SECRETS = {"app_secret": "a", "verify_token": "b", "webhook_secret": "c", "auth_token": "d",
           "secret": "e", "access_token": "f", "token": "g"}  # fmt: skip
BODIES = (
    b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"a=b&a=c", json.dumps({"entry": [{"id": 1}]}).encode(),
    json.dumps({"update_id": 1, "message": {"from": {"id": 1}}}).encode(),
)  # fmt: skip
HEADERS = (
    {},
    {"HTTP_X_HUB_SIGNATURE_256": "sha256=" + "0" * 64, "HTTP_X_TWILIO_SIGNATURE": "AAAA"},
    {"HTTP_X_TELEGRAM_BOT_API_SECRET_TOKEN": "é", "HTTP_X_DESK_TIMESTAMP": "1",
     "HTTP_X_DESK_SIGNATURE": "sha256="},
)  # fmt: skip


@pytest.fixture
def hook(db, admin):
    def make(channel: str, **hidden: str) -> Connection:
        network = network_of(channel)
        assert network is not None
        return connect(
            actor=as_actor(admin), network=network, profile=Profile("us"), plain={}, hidden=hidden
        )

    return make


@pytest.mark.parametrize("channel", HOOKED)
@pytest.mark.parametrize("hidden", [SECRETS, {}], ids=["with secrets", "with none"])
def test_nothing_unsigned_is_taken(hook, channel, hidden):
    connection = hook(channel, **hidden)
    path = f"/hooks/{channel}/{connection.webhook_key}/"
    for headers in HEADERS:
        for body in BODIES:
            answer = Client().post(path, body, content_type="application/json", **headers)
            assert answer.status_code in (400, 403), (body, headers)
        assert Client().get(path, {"hub.mode": "subscribe"}, **headers).status_code in (400, 403)
    assert InboundItem.objects.count() == 0


def test_an_address_of_nobody_answers_the_same_for_every_network(hook):
    hook("telegram", **SECRETS)
    for channel in ("telegram", "whatsapp", "email", "nowhere"):
        path = f"/hooks/{channel}/{'x' * 32}/"
        answer = Client().post(path, b"{}", content_type="application/json")
        assert answer.status_code == 404


def test_a_body_beyond_the_limit_is_not_read(hook):
    connection = hook("custom", **SECRETS)
    path = f"/hooks/custom/{connection.webhook_key}/"
    answer = Client().post(path, b"x" * (3 * 1024 * 1024 + 1), content_type="application/json")
    assert answer.status_code == 413
