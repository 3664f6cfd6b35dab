"""Signatures of our domains: the bytes that are signed are the bytes that arrive."""

from __future__ import annotations

import dkim
import dns.resolver
import pytest

from channels_in.email.sending.dkim import check_dkim, make_dkim_key
from channels_in.models import LocalMail, OutgoingServer
from core.crypto import seal
from tests.channels_in.sending.conftest import Sink
from tickets.models import Delivery, DeliveryState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account", "local_outbox")]


@pytest.fixture(scope="module")
def key() -> tuple[str, str]:
    return make_dkim_key()


def sign_with(key: tuple[str, str]) -> None:
    OutgoingServer.objects.update(
        dkim_domain="example.com", dkim_selector="desk", sealed_dkim_key=seal(key[0])
    )


def verifies(raw: bytes, record: str) -> bool:
    def txt(name: bytes, timeout: int = 5) -> bytes:
        assert name == b"desk._domainkey.example.com."
        return record.encode()

    return dkim.verify(raw, dnsfunc=txt)


@pytest.mark.parametrize(
    "body",
    [
        "Hello Carol.",
        "Grüße — 你好 مرحبا 👋\n\n-- \nA trailing space above",
        "From the beginning of a line\n.\n..dots\nfrom",
        "x" * 3000 + "\n" + "ü" * 3000,
        "Trailing spaces   \t\n\n\n\nand empty lines\n\n\n",
    ],
)
def test_the_signature_holds_after_the_way_through_smtp(
    ticket, own_server, sink: Sink, answer, key, body
):
    sign_with(key)
    answer(ticket, body)

    raw = sink.envelopes[-1].content
    assert raw.startswith(b"DKIM-Signature:")
    assert verifies(raw, key[1])
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_a_header_that_is_added_on_the_way_breaks_it(ticket, own_server, sink, answer, key):
    sign_with(key)
    answer(ticket)

    raw = sink.envelopes[-1].content
    for name in (b"From", b"Subject", b"Reply-To", b"References", b"Cc", b"Content-Type"):
        assert not verifies(name + b": mallory@x.example\r\n" + raw, key[1]), name
    assert not verifies(raw.replace(b"Hello", b"Hallo"), key[1])


def test_mail_by_the_servers_own_way_is_signed_too(ticket, account, answer, key):
    OutgoingServer.objects.create(account=account, kind=OutgoingServer.Kind.DEFAULT)
    sign_with(key)
    answer(ticket)

    kept = LocalMail.objects.latest("id")
    assert verifies(bytes(kept.raw).replace(b"\n", b"\r\n"), key[1])
    assert kept.subject == "Re: My lamp"


def test_a_key_that_cannot_sign_holds_the_mail_back(ticket, own_server, sink, answer):
    sign_with(("no key at all", ""))
    answer(ticket)

    assert sink.envelopes[1:] == []
    assert Delivery.objects.get(kind="comment").state == DeliveryState.QUEUED
    own_server.refresh_from_db()
    assert "DKIM key of example.com cannot sign" in own_server.error


def test_the_dns_is_compared_with_the_key(own_server, key):
    sign_with(key)
    own_server.refresh_from_db()

    def nothing(name: str) -> list[str]:
        raise dns.resolver.NXDOMAIN

    def silence(name: str) -> list[str]:
        raise dns.resolver.LifetimeTimeout(timeout=5, errors=[])

    assert check_dkim(own_server, look_up=lambda name: [key[1]]) == ""
    assert "no TXT record at desk._domainkey.example.com" in check_dkim(own_server, look_up=nothing)
    assert "did not answer" in check_dkim(own_server, look_up=silence)
    assert "another key" in check_dkim(own_server, look_up=lambda name: [make_dkim_key()[1]])
    assert "more than one" in check_dkim(own_server, look_up=lambda name: [key[1], key[1]])
    own_server.sealed_dkim_key = ""
    assert "not signed" in check_dkim(own_server)
