"""Social networks as strict servers on loopback, connected through the guided way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from channels_in import funnel
from channels_in.actions import send_due
from channels_in.instagram import network as instagram_network
from channels_in.meta import graph, lookups
from channels_in.models import Connection, StreamPost
from channels_in.networks.connecting import connect_account
from channels_in.networks.polling import poll_due
from channels_in.networks.registry import network_of
from channels_in.reddit import client as reddit_client
from channels_in.reddit import tokens
from channels_in.x import client as x_client
from core import clock
from tests.channels_in.messaging.conftest import kept_connected
from tests.channels_in.messaging.fake_server import FakeServer, serving
from tests.channels_in.social import (
    fake_facebook,
    fake_instagram,
    fake_mastodon,
    fake_reddit,
    fake_x,
)
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Delivery, Ticket


@pytest.fixture(autouse=True)
def _loopback(settings) -> Iterator[None]:
    settings.NETWORKS_ALLOW_PRIVATE = True
    kept_connected.forget()
    yield
    kept_connected.forget()


@dataclass
class House:
    """One connected account with the fake behind it, and both directions of it."""

    connection: Connection
    api: Any
    server: FakeServer

    def poll(self) -> list[StreamPost]:
        Connection.objects.filter(pk=self.connection.pk).update(
            next_poll_at=clock.now(), retry_at=None
        )
        poll_due()
        funnel.process_due()
        self.connection.refresh_from_db()
        return list(StreamPost.objects.order_by("id").select_related("item__ticket"))

    def reply(self, agent: User, ticket: Ticket, text: str, **metadata: str) -> Delivery:
        draft = CommentDraft(author_id=agent.pk, body=text, metadata=metadata)
        update_ticket(actor=as_actor(agent), ticket_id=ticket.pk, comment=draft)
        return self.send()

    def post(self, body: bytes, headers: dict[str, str] | None = None) -> int:
        """As Meta posts to the address of this account, signed unless told otherwise."""
        url = f"/hooks/{self.connection.channel}/{self.connection.webhook_key}/"
        given = fake_facebook.signed(body) if headers is None else headers
        answer = Client().post(url, body, content_type="application/json", **given)
        funnel.process_due()
        return answer.status_code

    def send(self) -> Delivery:
        send_due()
        return Delivery.objects.filter(channel=self.connection.channel).latest("id")


def connected(admin: User, channel: str, given: dict[str, str]) -> Connection:
    connection = connect_account(actor=as_actor(admin), network=network_of(channel), given=given)
    kept_connected.forget()
    return connection


@pytest.fixture
def mastodon(db, admin: User) -> Iterator[House]:
    api = fake_mastodon.FakeMastodon()
    with serving(api) as server:
        given = {"server": server.url, "access_token": fake_mastodon.TOKEN}
        house = House(connected(admin, "mastodon", given), api, server)
        house.poll()  # a new account is read from now on
        yield house


@pytest.fixture
def x(db, admin: User, monkeypatch) -> Iterator[House]:
    api = fake_x.FakeX()
    with serving(api) as server:
        api.url = server.url
        monkeypatch.setattr(x_client, "HOST", server.url)
        given = {
            "api_key": "key", "api_secret": "secret", "access_token": "token",
            "access_secret": "token-secret",
        }  # fmt: skip
        house = House(connected(admin, "x", given), api, server)
        house.poll()
        yield house


def _on_reddit(admin: User, monkeypatch: pytest.MonkeyPatch, **more: str) -> Iterator[House]:
    api = fake_reddit.FakeReddit()
    api.comment("an old one")
    api.watched("an old one")
    api.watched("an old one", title="Lamps")
    tokens._kept.clear()
    with serving(api) as server:
        monkeypatch.setattr(reddit_client, "HOST", server.url)
        monkeypatch.setattr(tokens, "HOST", server.url)
        house = House(connected(admin, "reddit", {**fake_reddit.GIVEN, **more}), api, server)
        house.poll()
        yield house


@pytest.fixture
def reddit(db, admin: User, monkeypatch) -> Iterator[House]:
    yield from _on_reddit(admin, monkeypatch)


@pytest.fixture
def watching(db, admin: User, monkeypatch) -> Iterator[House]:
    """Reddit with a subreddit that is watched."""
    yield from _on_reddit(admin, monkeypatch, subreddits="r/lamps")


@pytest.fixture
def facebook(db, admin: User, monkeypatch) -> Iterator[House]:
    api = fake_facebook.FakeFacebook()
    with serving(api) as server:
        monkeypatch.setattr(graph, "HOST", server.url)
        given = {"access_token": fake_facebook.TOKEN, "app_secret": fake_facebook.SECRET}
        yield House(connected(admin, "facebook", given), api, server)


@pytest.fixture
def messenger_of_page(db, admin: User, facebook: House) -> House:
    """The same page connected for its messages, by the same app."""
    given = {"access_token": fake_facebook.TOKEN, "app_secret": fake_facebook.SECRET}
    return House(connected(admin, "messenger", given), facebook.api, facebook.server)


@pytest.fixture
def instagram(db, admin: User, monkeypatch) -> Iterator[House]:
    api = fake_instagram.FakeInstagram()
    instagram_network._permalinks.clear()
    with serving(api) as server:
        monkeypatch.setattr(lookups, "INSTAGRAM_HOST", server.url)
        given = {"access_token": fake_instagram.TOKEN, "app_secret": fake_instagram.SECRET}
        yield House(connected(admin, "instagram", given), api, server)
