"""Networks of messages under test: a fake server each, a connected account, and the real funnel."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from accounts.models import User
from channels_in import funnel
from channels_in.actions import send_due
from channels_in.actions.connections import connect
from channels_in.meta import graph
from channels_in.models import Connection, InboundItem
from channels_in.networks.fetching import fetch_due_files
from channels_in.networks.network import Profile
from channels_in.networks.registry import network_of
from channels_in.networks.ways import kept_connected
from channels_in.sms import client as sms_client
from channels_in.telegram import client as telegram_client
from channels_in.whatsapp import client as whatsapp_client
from tests.channels_in.messaging import fake_messenger, fake_telegram, fake_twilio, fake_whatsapp
from tests.channels_in.messaging.fake_server import FakeServer, serving
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Comment, Delivery, Ticket


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Which networks are connected is kept for seconds; tests are quicker."""
    kept_connected.forget()
    yield
    kept_connected.forget()


@dataclass
class Desk:
    """One connected account, and both directions of it."""

    connection: Connection
    api: Any  # what the fake network knows
    server: FakeServer
    posted: Callable[..., tuple[bytes, dict[str, str]]] | None = None

    @property
    def path(self) -> str:
        return f"/hooks/{self.connection.channel}/{self.connection.webhook_key}/"

    @property
    def url(self) -> str:
        return f"{django_settings.SITE_URL}{self.path}"

    def post(self, body: bytes, headers: dict[str, str]) -> Any:
        """As the network posts to our door."""
        kind = headers.get("content-type", "application/json")
        given = {f"HTTP_{n.upper().replace('-', '_')}": v for n, v in headers.items()}
        return Client().post(self.path, body, content_type=kind, **given)

    def hear(self, body: bytes, headers: dict[str, str]) -> InboundItem:
        """The same, processed; the latest message."""
        answer = self.post(body, headers)
        assert answer.status_code < 300, answer.content
        funnel.process_due()
        return InboundItem.objects.order_by("-id").first()

    def reply(self, ticket: Ticket, agent: User, text: str, **more: Any) -> Delivery:
        """An agent answers; the worker sends. Returns what became of it."""
        answer(ticket, agent, text, **more)
        send_due([self.connection.channel])
        return Delivery.objects.filter(channel=self.connection.channel).latest("id")

    def fetch(self) -> list[Any]:
        """The files of the latest message, once the worker has fetched them."""
        fetch_due_files()
        return list(Comment.objects.latest("id").attachments.order_by("id"))


def answer(ticket: Ticket, agent: User, text: str, **more: Any) -> Ticket:
    draft = CommentDraft(author_id=agent.pk, body=text, **more)
    return update_ticket(actor=as_actor(agent), ticket_id=ticket.pk, comment=draft)


def connected(admin: User, channel: str, address: str, plain: dict, hidden: dict) -> Connection:
    network = network_of(channel)
    assert network is not None
    return connect(
        actor=as_actor(admin), network=network, profile=Profile(address, "Nordwind"),
        plain=plain, hidden=hidden,
    )  # fmt: skip


@pytest.fixture
def whatsapp(db, admin: User, monkeypatch) -> Iterator[Desk]:
    api = fake_whatsapp.FakeWhatsApp()
    with serving(api) as server:
        api.base = server.url
        monkeypatch.setattr(graph, "HOST", server.url)
        monkeypatch.setattr(whatsapp_client, "MEDIA_HOSTS", ("127.0.0.1",))
        plain = {
            "phone_number_id": fake_whatsapp.NUMBER_ID,
            "business_account_id": fake_whatsapp.BUSINESS_ID,
        }
        hidden = {"access_token": fake_whatsapp.TOKEN, "app_secret": fake_whatsapp.SECRET,
                  "verify_token": fake_whatsapp.VERIFY}  # fmt: skip
        connection = connected(admin, "whatsapp", "+15550783881", plain, hidden)
        yield Desk(connection, api, server)


@pytest.fixture
def telegram(db, admin: User, monkeypatch) -> Iterator[Desk]:
    api = fake_telegram.FakeTelegram()
    with serving(api) as server:
        monkeypatch.setattr(telegram_client, "HOST", server.url)
        hidden = {"token": fake_telegram.TOKEN, "webhook_secret": "s3cret"}
        yield Desk(connected(admin, "telegram", "nordwindbot", {}, hidden), api, server)


@pytest.fixture
def messenger(db, admin: User, monkeypatch) -> Iterator[Desk]:
    yield from _of_meta(admin, monkeypatch, "messenger")


@pytest.fixture
def instagram(db, admin: User, monkeypatch) -> Iterator[Desk]:
    yield from _of_meta(admin, monkeypatch, "instagram")


def _of_meta(admin: User, monkeypatch, channel: str) -> Iterator[Desk]:
    api = fake_messenger.FakeMessenger()
    with serving(api) as server:
        monkeypatch.setattr(graph, "HOST", server.url)
        hidden = {"access_token": fake_messenger.TOKEN, "app_secret": fake_whatsapp.SECRET,
                  "verify_token": fake_whatsapp.VERIFY}  # fmt: skip
        yield Desk(connected(admin, channel, fake_messenger.PAGE, {}, hidden), api, server)


@pytest.fixture
def sms(db, admin: User, monkeypatch) -> Iterator[Desk]:
    api = fake_twilio.FakeTwilio()
    with serving(api) as server:
        monkeypatch.setattr(sms_client, "HOST", server.url)
        monkeypatch.setattr(sms_client, "MEDIA_HOST", "127.0.0.1")
        plain = {"account_sid": fake_twilio.SID, "sender": fake_twilio.NUMBER}
        hidden = {"auth_token": fake_twilio.TOKEN}
        yield Desk(connected(admin, "sms", fake_twilio.NUMBER, plain, hidden), api, server)


def telegram_post(update: dict[str, Any], told: str = "s3cret") -> tuple[bytes, dict[str, str]]:
    return json.dumps(update).encode(), {"x-telegram-bot-api-secret-token": told}
