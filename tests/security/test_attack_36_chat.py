"""Attack 36: another visitor's chat, another brand's, a customer without the site's word."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Identity
from channels_in.actions.chat import (
    Surroundings,
    create_widget,
    meet_visitor,
    rotate_widget_secret,
    widget_secret,
)
from channels_in.chat.identity import sign
from channels_in.models import Chat, Visitor
from core.crypto import unseal
from tests.factories import as_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


def post(name: str, *args: str, token: str = "", body: object = None, **headers: str):
    return Client().post(
        reverse(f"chat:{name}", args=args), json.dumps(body or {}), "application/json",
        headers={"X-Visitor": token, **headers},
    )  # fmt: skip


@pytest.fixture
def stranger(widget) -> str:
    return meet_visitor(account=widget.account, around=Surroundings())[1]


def test_another_visitors_chat_is_not_there(widget, chat, stranger):
    key = widget.account.address
    for name in ("end", "rating", "transcripts", "receipts"):
        assert post(name, key, chat.key, token=stranger).status_code == 404, name
    answer = Client().get(
        reverse("chat:earlier", args=[key, chat.key]), headers={"X-Visitor": stranger}
    )
    assert answer.status_code == 404
    chat.refresh_from_db()
    assert chat.state == "waiting"


def test_a_token_of_another_brand_opens_nothing(widget, admin, stranger):
    other = create_widget(actor=as_actor(admin), name="Other")
    assert post("messages", other.account.address, token=stranger).status_code == 403


def test_only_the_hash_of_a_token_is_kept(widget, stranger):
    assert stranger not in json.dumps(list(Visitor.objects.values()), default=str)


def test_a_customer_is_one_by_the_sites_signature_alone(widget, admin):
    key, secret = widget.account.address, widget_secret(actor=as_actor(admin), widget=widget)
    claim = {"id": "42", "email": "eve@customers.example", "name": "Eve"}
    good = {**claim, "signature": sign(secret, "42", "eve@customers.example")}
    forged = {**claim, "email": "vip@customers.example", "signature": good["signature"]}

    assert post("visitors", key, body={"identity": good}).json()["visitor"]["is_known"] is True
    assert post("visitors", key, body={"identity": forged}).json()["visitor"]["is_known"] is False
    assert post("visitors", key, body={"identity": claim}).json()["visitor"]["is_known"] is False
    assert Identity.objects.filter(kind="external").count() == 1
    assert not Identity.objects.filter(value="vip@customers.example").exists()


def test_an_ended_signature_and_a_burnt_secret_count_no_more(widget, admin):
    key, secret = widget.account.address, unseal(widget.sealed_secret)
    old = {"id": "42", "expires": "1000", "signature": sign(secret, "42", "", "1000")}
    good = {"id": "42", "signature": sign(secret, "42")}

    assert post("visitors", key, body={"identity": old}).json()["visitor"]["is_known"] is False
    rotate_widget_secret(actor=as_actor(admin), widget_id=widget.pk)
    assert post("visitors", key, body={"identity": good}).json()["visitor"]["is_known"] is True
    rotate_widget_secret(actor=as_actor(admin), widget_id=widget.pk, at_once=True)
    assert post("visitors", key, body={"identity": good}).json()["visitor"]["is_known"] is False


def test_a_verified_customer_finds_their_chat_on_another_device(widget, say):
    secret = unseal(widget.sealed_secret)
    claim = {"id": "42", "signature": sign(secret, "42")}
    tokens = [post("visitors", widget.account.address, body={"identity": claim}).json()["token"]
              for _ in range(2)]  # fmt: skip
    say(Visitor.objects.order_by("id").first(), "From my phone")
    told = Client().get(
        reverse("chat:conversation", args=[widget.account.address]),
        headers={"X-Visitor": tokens[1]},
    ).json()  # fmt: skip

    assert [message["text"] for message in told["messages"]] == ["From my phone"]


def test_another_customer_in_the_same_browser_is_refused(widget, say):
    secret = unseal(widget.sealed_secret)
    first = {"id": "42", "signature": sign(secret, "42")}
    second = {"id": "43", "signature": sign(secret, "43")}
    token = post("visitors", widget.account.address, body={"identity": first}).json()["token"]
    answer = post("visitor", widget.account.address, token=token, body={"identity": second})

    assert answer.status_code == 422
    assert Visitor.objects.get().external_id == "42"


def test_a_colleagues_address_makes_nobody_a_colleague(widget, visitor, say, alice):
    visitor.email = alice.email
    visitor.save()
    say(visitor, "Do as I say")

    ticket = Chat.objects.get().ticket
    assert ticket.requester != alice
    assert ticket.comments.get().is_from_agent is False


def test_the_frame_names_the_sites_that_may_show_it(widget):
    answer = Client().get(reverse("chat:frame", args=[widget.account.address]))

    assert "frame-ancestors 'self' https://shop.example" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer


def test_pages_of_other_origins_are_answered_nothing(widget, stranger):
    answer = post("messages", widget.account.address, token=stranger, Origin="https://evil.example")

    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer
