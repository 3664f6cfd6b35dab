"""docs/adding-a-channel.md, done: its code put where it says, then letters to and fro."""

from __future__ import annotations

import hashlib
import hmac
import importlib
import json
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

import channels_in
from accounts.models import Identity
from channels_in import adapters, funnel
from channels_in.actions import send_due
from channels_in.models import Connection, Fate, InboundItem
from tests.factories import as_actor, make_user, sign_in
from tickets.actions import retry_delivery, update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import InvalidChange
from tickets.models import Comment, Delivery, DeliveryState, Ticket

pytestmark = pytest.mark.django_db

PAGE = Path(settings.BASE_DIR, "docs", "adding-a-channel.md")
TOKEN = "corn-for-the-pigeons"


class PigeonPostOffice(BaseHTTPRequestHandler):
    """The other side, strict: tokens, JSON, and each key once."""

    def do_GET(self):
        if self._is_let_in():
            self._answer(200, {"loft": "Our.Loft", "keeper": "The Keeper"})

    def do_POST(self):
        if not self._is_let_in():
            return
        office = self.server
        letter = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        is_letter = set(letter) == {"to", "text", "key"} and len(letter["text"]) <= 300
        if office.refuses or not is_letter:
            self._answer(422, {"error": "not a letter"})
            return
        office.letters.setdefault(letter["key"], letter)
        self._answer(201, {"ring": f"ring-{letter['key']}"})

    def _is_let_in(self):
        office = self.server
        if self.headers["Authorization"] != f"Bearer {office.token}":
            self._answer(401, {"error": "who are you"})
            return False
        if office.is_busy:
            self._answer(429, {"error": "too many birds"}, {"Retry-After": "30"})
            return False
        return True

    def _answer(self, status, body, headers=()):
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **dict(headers)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def office():
    server = ThreadingHTTPServer(("127.0.0.1", 0), PigeonPostOffice)
    server.token, server.letters = TOKEN, {}
    server.is_busy = server.refuses = False
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def pigeon_post(tmp_path, monkeypatch):
    """The folder that the page describes, and its one line in CHANNELS."""
    files = re.findall(
        r"```python\n# channels_in/(pigeon/\w+\.py)\n(.*?)```", PAGE.read_text(), re.S
    )
    assert {name for name, _ in files} == {
        "pigeon/parse.py", "pigeon/client.py", "pigeon/network.py", "pigeon/adapter.py",
    }  # fmt: skip
    for name, code in [("pigeon/__init__.py", ""), *files]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(code)
    monkeypatch.setattr(channels_in, "__path__", [*channels_in.__path__, str(tmp_path)])
    monkeypatch.setitem(adapters.CHANNELS, "pigeon", "channels_in.pigeon.adapter")
    importlib.invalidate_caches()
    adapters.adapter_for.cache_clear()
    yield
    adapters.adapter_for.cache_clear()
    for name in [name for name in sys.modules if name.startswith("channels_in.pigeon")]:
        del sys.modules[name]
    channels_in.__dict__.pop("pigeon", None)


def signed_in(person):
    return sign_in(Client(), person)


@pytest.fixture
def account(pigeon_post, office, admin) -> Connection:
    given = {"server": office.url, "token": TOKEN}
    answer = signed_in(admin).post("/admin/networks/new/pigeon/", given)
    connection = Connection.objects.get()
    assert answer.url == f"/admin/networks/{connection.pk}/"
    return connection


@pytest.fixture
def post(account, client):
    """Lands a letter at our webhook, sealed as the network seals it."""

    def land(seal=None, query="", **letter):
        body = json.dumps(letter).encode()
        key = (seal or account.secret("seal")).encode()
        mark = hmac.new(key, body, hashlib.sha256).hexdigest()
        return client.post(
            f"/hooks/pigeon/{account.webhook_key}/{query}", body,
            content_type="application/json", headers={"x-seal": mark},
        )  # fmt: skip

    return land


LETTER = {"ring": "r1", "loft": "carols-roof", "keeper": "Carol", "text": "Where is my corn?"}


def answer_it(ticket, alice, text="It is on its way."):
    update_ticket(
        actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(status="pending"),
        comment=CommentDraft(author_id=alice.pk, body=text),
    )  # fmt: skip


def test_the_account_is_connected_when_the_network_says_who_it_is(account, office):
    assert account.account.address == "our.loft"
    assert account.account.name == "The Keeper"
    assert account.secret("token") == TOKEN
    assert len(account.secret("seal")) == 48
    assert TOKEN not in account.sealed_secrets


def test_what_the_network_refuses_is_not_kept(pigeon_post, office, admin):
    given = {"server": office.url, "token": "wrong"}
    answer = signed_in(admin).post("/admin/networks/new/pigeon/", given)
    assert answer.status_code == 422
    assert "who are you" in answer.content.decode()
    assert not Connection.objects.exists()


def test_a_letter_becomes_a_ticket_and_its_answer_leaves_by_pigeon(account, post, office, alice):
    assert post(**LETTER).status_code == 200
    funnel.process_due()
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.recipient) == ("pigeon", "our.loft")
    assert ticket.requester.name == "Carol"
    assert Identity.objects.get(user=ticket.requester).value == "pigeon:carols-roof"
    answer_it(ticket, alice)
    send_due()
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.state) == ("pigeon", DeliveryState.SENT)
    assert list(office.letters.values()) == [
        {"to": "carols-roof", "text": "It is on its way.", "key": f"delivery-{delivery.pk}"}
    ]
    assert post(query=f"?landed={delivery.provider_id}").status_code == 200
    assert post(query=f"?landed={delivery.provider_id}").status_code == 200
    delivery.refresh_from_db()
    assert delivery.delivered_at is not None


def test_what_follows_in_the_conversation_goes_to_the_same_ticket(account, post):
    for number, text in enumerate(("One", "Two", "Three")):
        post(**LETTER | {"ring": f"r{number}", "text": text})
    funnel.process_due()
    post(**LETTER | {"ring": "r9", "text": "Four"})
    funnel.process_due()
    assert Ticket.objects.count() == 1
    assert list(Comment.objects.order_by("id").values_list("body", flat=True)) == [
        "One", "Two", "Three", "Four",
    ]  # fmt: skip


def test_a_letter_that_lands_twice_is_one_comment(account, post):
    for _ in range(3):
        assert post(**LETTER).status_code == 200
    funnel.process_due()
    post(**LETTER)
    funnel.process_due()
    assert (InboundItem.objects.count(), Comment.objects.count()) == (1, 1)


def test_a_broken_seal_brings_nothing_in(account, post):
    assert post(seal="forged", **LETTER).status_code == 403
    assert not InboundItem.objects.exists()


def test_what_is_no_letter_is_kept_with_its_reason(account, post):
    assert post(ring="r1", loft="x").status_code == 200
    funnel.process_due()
    item = InboundItem.objects.get()
    assert (item.fate, item.detail) == (
        Fate.SUSPENDED, "This is no letter of the pigeon post.",
    )  # fmt: skip


def test_an_expired_token_is_shown_and_nothing_is_lost(account, post, office, alice, admin):
    post(**LETTER)
    funnel.process_due()
    answer_it(Ticket.objects.get(), alice)
    office.token = "a new one"
    send_due()
    account.refresh_from_db()
    delivery = Delivery.objects.get()
    assert (account.needs_sign_in, delivery.state, delivery.attempts) == (
        True, DeliveryState.QUEUED, 0,
    )  # fmt: skip
    page = signed_in(admin).get(f"/admin/networks/{account.pk}/").content.decode()
    assert "asks to sign in again" in page
    given = {"server": office.url, "token": "a new one"}
    signed_in(admin).post(f"/admin/networks/{account.pk}/sign-in/", given)
    Delivery.objects.update(next_attempt_at=delivery.created_at)
    send_due()
    assert Delivery.objects.get().state == DeliveryState.SENT
    assert len(office.letters) == 1


def test_a_busy_network_is_left_alone_for_as_long_as_it_asks(account, post, office, alice):
    post(**LETTER)
    funnel.process_due()
    answer_it(Ticket.objects.get(), alice)
    office.is_busy = True
    send_due()
    account.refresh_from_db()
    delivery = Delivery.objects.get()
    wait = (account.retry_at - account.failed_at).total_seconds()
    assert 30 <= wait <= 33.1
    assert (delivery.state, delivery.attempts) == (DeliveryState.QUEUED, 0)
    assert "too many birds" in account.error


def test_what_the_network_refuses_is_shown_and_can_be_sent_again(account, post, office, alice):
    post(**LETTER)
    funnel.process_due()
    answer_it(Ticket.objects.get(), alice)
    office.refuses = True
    send_due()
    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.FAILED
    assert "422" in delivery.error
    retry_delivery(actor=as_actor(alice), delivery_id=delivery.pk)
    assert Delivery.objects.get().state == DeliveryState.QUEUED


def test_what_is_too_long_for_the_network_is_not_written_at_all(account, post, alice):
    post(**LETTER)
    funnel.process_due()
    with pytest.raises(InvalidChange, match="301"):
        answer_it(Ticket.objects.get(), alice, text="x" * 301)
    assert Comment.objects.count() == 1


def test_no_rule_sends_the_same_by_mail(account, post, alice):
    post(**LETTER)
    funnel.process_due()
    ticket = Ticket.objects.get()
    ticket.requester.email = "carol@example.com"
    ticket.requester.save()
    answer_it(ticket, alice)
    assert list(Delivery.objects.values_list("channel", flat=True)) == ["pigeon"]


def test_only_who_manages_channels_sees_the_accounts(account, alice, lead, admin):
    cache.clear()
    for person, status in ((alice, 403), (lead, 403), (admin, 200)):
        assert signed_in(person).get("/admin/networks/").status_code == status
        assert signed_in(person).get(f"/admin/networks/{account.pk}/").status_code == status


def test_disconnecting_keeps_tickets_and_forgets_secrets(account, post, admin):
    post(**LETTER)
    funnel.process_due()
    signed_in(admin).post(f"/admin/networks/{account.pk}/removal/")
    account.refresh_from_db()
    assert (account.sealed_secrets, account.account.is_active) == ("", False)
    assert Ticket.objects.count() == 1
    assert post(**LETTER).status_code == 404


def test_a_customer_who_is_suspended_is_held(account, post, alice):
    carol = make_user("Carol Pigeon")
    Identity.objects.create(
        user=carol, kind="custom", value="pigeon:carols-roof", created_at=carol.created_at
    )
    carol.suspended_at = carol.created_at
    carol.save()
    post(**LETTER)
    funnel.process_due()
    assert InboundItem.objects.get().reason == "sender_suspended"
