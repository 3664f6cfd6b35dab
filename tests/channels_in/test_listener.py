"""The real listener on loopback, spoken to by a real SMTP client."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Iterator

import pytest
from django.db import OperationalError

from channels_in.email import listener
from channels_in.models import InboundItem
from tests.channels_in.conftest import LISTENER_LIMIT, make_mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(ports: tuple[int, int]) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=20) as smtp:
        yield smtp


def test_an_accepted_mail_is_stored_with_its_envelope(client: smtplib.SMTP) -> None:
    raw = make_mail()

    client.sendmail("bounce@x.example", ["support@example.com"], raw)

    item = InboundItem.objects.get()
    assert bytes(item.raw) == raw
    assert item.envelope["from"] == "bounce@x.example"
    assert item.envelope["to"] == ["support@example.com"]


def test_a_tagged_address_is_ours(client: smtplib.SMTP) -> None:
    client.sendmail("a@x.example", ["support+1-2-abc@example.com"], make_mail())

    assert InboundItem.objects.count() == 1


def test_an_unknown_recipient_is_refused_at_once(client: smtplib.SMTP) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("a@x.example", ["nobody@example.com"], make_mail())

    assert refused.value.recipients["nobody@example.com"][0] == 550
    assert not InboundItem.objects.exists()


def test_a_mail_that_is_too_large_is_refused_with_its_reason(client: smtplib.SMTP) -> None:
    with pytest.raises(smtplib.SMTPResponseException) as refused:
        client.sendmail(
            "a@x.example", ["support@example.com"], make_mail(text="large " * (LISTENER_LIMIT // 5))
        )

    assert refused.value.smtp_code == 552
    assert not InboundItem.objects.exists()


def test_the_listener_stays_well_after_a_client_breaks_off(
    ports: tuple[int, int], client: smtplib.SMTP
) -> None:
    with socket.create_connection(("127.0.0.1", ports[0]), timeout=5) as broken:
        broken.recv(100)
        broken.sendall(
            b"EHLO x\r\nMAIL FROM:<a@x.example>\r\nRCPT TO:<support@example.com>\r\nDATA\r\nSub"
        )

    client.sendmail("a@x.example", ["support@example.com"], make_mail())

    assert InboundItem.objects.count() == 1


def test_a_database_that_is_away_means_try_again(client: smtplib.SMTP, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(listener, "receive", fail)

    with pytest.raises(smtplib.SMTPDataError) as refused:
        client.sendmail("a@x.example", ["support@example.com"], make_mail())

    assert refused.value.smtp_code == 451


def test_many_senders_at_once_are_all_stored(ports: tuple[int, int]) -> None:
    def send(number: int) -> None:
        with smtplib.SMTP("127.0.0.1", ports[0], timeout=20) as smtp:
            for index in range(5):
                smtp.sendmail(
                    "a@x.example", ["support@example.com"], make_mail(subject=f"{number}/{index}")
                )

    threads = [threading.Thread(target=send, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert InboundItem.objects.count() == 50


def test_lmtp_answers_for_each_recipient_and_stores_once(ports: tuple[int, int]) -> None:
    # smtplib's LMTP reads one answer only; RFC 2033 §4.2 wants one for each recipient.
    with socket.create_connection(("127.0.0.1", ports[1]), timeout=10) as wire:
        lines = wire.makefile("rb")
        commands = [
            b"LHLO x", b"MAIL FROM:<a@x.example>", b"RCPT TO:<support@example.com>",
            b"RCPT TO:<support+x@example.com>", b"DATA",
        ]  # fmt: skip
        lines.readline()
        for command in commands:
            wire.sendall(command + b"\r\n")
            while lines.readline()[3:4] == b"-":
                continue
        wire.sendall(make_mail() + b".\r\n")
        answers = [lines.readline()[:3], lines.readline()[:3]]

    assert answers == [b"250", b"250"]
    assert InboundItem.objects.count() == 1
