"""The live test: through the real listener, and what each half says when it fails."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core import mail

from channels_in import funnel
from channels_in.email.live_test import HEADER, message_of_test, new_token, read_token
from channels_in.models import Fate, InboundItem
from channels_in.reasons import Reason
from channels_in.receive import RawMessage, receive
from core import clock, ids
from tests.channels_in.conftest import free_port
from tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def take_in(account, raw: bytes) -> InboundItem:
    receive([RawMessage(account, raw, {"via": "smtp", "to": [account.address]})])
    funnel.process_due()
    return InboundItem.objects.order_by("-id").first()


def test_the_message_arrives_through_the_listener_and_becomes_no_ticket(
    chief, account, ports, settings
):
    settings.SMTP_LISTEN = f"127.0.0.1:{ports[0]}"
    answer = chief.post(f"/admin/channels/{account.pk}/test/", {"guided": "1"})
    assert answer.status_code == 302
    waiting = chief.get(answer.url, headers={"HX-Request": "true"}).content.decode()
    assert "Waiting for it to arrive" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    funnel.process_due()
    arrived = chief.get(answer.url, headers={"HX-Request": "true"}).content.decode()
    assert "Arrived, " in arrived
    assert "hx-trigger" not in arrived
    item = InboundItem.objects.get()
    assert (item.fate, item.reason) == (Fate.DELETED, Reason.TEST)
    assert not Ticket.objects.exists()
    assert "Live test" in chief.get(f"/admin/channels/{account.pk}/").content.decode()


def test_a_listener_that_is_away_is_said_at_once(chief, account, settings):
    settings.SMTP_LISTEN = f"127.0.0.1:{free_port()}"
    answer = chief.post(f"/admin/channels/{account.pk}/test/")
    assert answer.status_code == 422
    assert "Not sent" in answer.content.decode()
    assert "Nothing answers at the server" in answer.content.decode()


def test_with_a_server_of_the_installation_the_message_leaves_through_it(chief, account, settings):
    settings.EMAIL_URL = "smtp://mail.example.com"
    assert chief.post(f"/admin/channels/{account.pk}/test/").status_code == 302
    (sent,) = mail.outbox
    assert sent.recipients() == ["support@example.com"]
    assert read_token(sent.message()[HEADER]).account_id == account.pk


def test_after_two_minutes_the_page_says_what_to_check(chief, account):
    with clock.frozen(clock.now() - timedelta(minutes=3)):
        token = new_token(account)
    url = f"/admin/channels/{account.pk}/test/{token}/"
    page = chief.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "not arrived in two minutes" in page
    assert "among the spam" in page
    assert "hx-trigger" not in page


def test_a_token_of_another_address_or_of_nobody_is_not_found(chief, account, second):
    token = new_token(second)
    assert chief.get(f"/admin/channels/{account.pk}/test/{token}/").status_code == 404
    assert chief.get(f"/admin/channels/{account.pk}/test/guess/").status_code == 404


def test_a_server_that_drops_our_header_leaves_the_message_id(account):
    built = message_from_bytes(message_of_test(account, new_token(account)).message().as_bytes())
    del built[HEADER]
    assert take_in(account, built.as_bytes()).reason == Reason.TEST


@pytest.mark.parametrize(
    "token", ["1-2-3-aaaaaaaaaaaaaaaaaaaa", ids.sign("reply", 1, 2, 3), ids.sign("channel-test", 1)]
)
def test_a_made_up_token_makes_no_message_vanish(account, token):
    raw = (
        f"From: carol@customers.example\r\nTo: support@example.com\r\nSubject: Hello\r\n"
        f"{HEADER}: {token}\r\nMessage-ID: <{token}@customers.example>\r\n\r\nHello"
    ).encode()
    item = take_in(account, raw)
    assert item.reason != Reason.TEST
    assert item.fate == Fate.COMMENT
