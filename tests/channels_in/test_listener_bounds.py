"""What strangers may do to the listener: encryption, smuggling, and the bounds on what they use."""

from __future__ import annotations

import select
import smtplib
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from channels_in.email import listener, protocol
from channels_in.email.certificate import Certificate
from channels_in.models import InboundItem
from tests.channels_in.conftest import make_mail
from tests.tls import write_certificate

pytestmark = pytest.mark.django_db(transaction=True)

ENVELOPE = b"MAIL FROM:<a@x.example>", b"RCPT TO:<support@example.com>"


@pytest.fixture
def certificate(tmp_path: Path, settings) -> tuple[Path, Path]:
    """The listener's certificate; ask for it before `ports`."""
    cert, key = write_certificate(tmp_path)
    settings.SMTP_TLS_CERT, settings.SMTP_TLS_KEY = str(cert), str(key)
    return cert, key


class Wire:
    """A connection on which a test says exactly what it wants."""

    def __init__(self, port: int, *, is_lmtp: bool = False) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.lines = self.socket.makefile("rb")
        self.greeting = self.answer()
        if self.greeting.startswith("220"):
            self.say(b"LHLO x" if is_lmtp else b"EHLO x")

    def answer(self) -> str:
        while True:
            line = self.lines.readline().decode()
            if line[3:4] != "-":
                return line.strip()

    def say(self, command: bytes) -> str:
        self.socket.sendall(command + b"\r\n")
        return self.answer()

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.lines.close()
        self.socket.close()


@pytest.fixture
def wire(ports: tuple[int, int]) -> Iterator[Wire]:
    with Wire(ports[0]) as wire:
        yield wire


def _let_in(port: int) -> Wire:
    """A connection, once the listener has seen earlier ones go."""
    while (wire := Wire(port)).greeting.startswith("421"):
        continue
    return wire


def _trusting(cert: Path | None = None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(cert) if cert else None)
    context.check_hostname = False
    if cert is None:
        context.verify_mode = ssl.CERT_NONE
    return context


def test_a_mail_comes_in_encrypted_and_nobody_is_asked_to_sign_in(certificate, ports) -> None:
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=10) as client:
        client.ehlo()
        assert client.has_extn("starttls")
        client.starttls(context=_trusting(certificate[0]))
        client.ehlo()
        assert client.sock.version() == "TLSv1.3"
        assert not client.has_extn("auth")
        assert not client.has_extn("starttls")
        client.sendmail("a@x.example", ["support@example.com"], make_mail())

    assert InboundItem.objects.count() == 1


def test_starttls_is_not_offered_without_a_certificate(ports) -> None:
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=10) as client:
        client.ehlo()

        assert not client.has_extn("starttls")


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_tls_below_1_2_is_refused(certificate, ports) -> None:
    context = _trusting()
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")

    with smtplib.SMTP("127.0.0.1", ports[0], timeout=10) as client, pytest.raises(OSError):  # noqa: PT011
        client.starttls(context=context)


def test_a_renewed_certificate_is_used_without_a_restart(certificate, ports) -> None:
    def presented() -> bytes:
        with smtplib.SMTP("127.0.0.1", ports[0], timeout=10) as client:
            client.starttls(context=_trusting())
            return client.sock.getpeercert(binary_form=True)

    before = presented()
    write_certificate(certificate[0].parent)

    assert presented() != before


def test_half_of_a_renewal_leaves_the_old_certificate_in_use(tmp_path: Path) -> None:
    cert, key = write_certificate(tmp_path)
    kept = Certificate(str(cert), str(key))
    first = kept.context()
    cert.write_text("half a certi")

    assert first is not None
    assert kept.context() is first


def test_required_encryption_means_no_mail_in_the_clear(certificate, settings, ports) -> None:
    settings.SMTP_TLS_REQUIRED = True

    with Wire(ports[0]) as wire:
        assert wire.say(ENVELOPE[0]).startswith("530")
    with Wire(ports[1], is_lmtp=True) as wire:
        assert wire.say(ENVELOPE[0]).startswith("250")


def test_required_encryption_without_a_certificate_means_try_again(settings, ports) -> None:
    settings.SMTP_TLS_REQUIRED = True

    with Wire(ports[0]) as wire:
        assert wire.greeting.startswith("421")


def test_commands_sent_before_encryption_do_not_survive_it(certificate, ports) -> None:
    with Wire(ports[0]) as wire:
        wire.socket.sendall(b"STARTTLS\r\nMAIL FROM:<evil@x.example>\r\n")
        assert wire.answer().startswith("220")
        with _trusting().wrap_socket(wire.socket) as safe:
            safe.sendall(b"EHLO x\r\nRCPT TO:<support@example.com>\r\n")
            lines = safe.makefile("rb")
            while (line := lines.readline())[3:4] == b"-":
                continue

            assert line.startswith(b"250")
            assert lines.readline().startswith(b"503")


@pytest.mark.parametrize(
    "end", [b"\n.\n", b"\r.\r", b"\n.\r\n", b"\r.\r\n", b"\r\n.\n", b"\r\n.\r"]
)
def test_only_the_true_end_of_data_ends_a_message(wire: Wire, end: bytes) -> None:
    for command in (*ENVELOPE, b"DATA"):
        wire.say(command)
    smuggled = b"MAIL FROM:<ceo@x.example>\r\nRCPT TO:<support@example.com>\r\nDATA\r\nevil"
    body = b"From: a@x.example\r\n\r\none" + end + smuggled
    wire.socket.sendall(body + b"\r\n.\r\n")

    assert wire.answer().startswith("250")
    item = InboundItem.objects.get()
    assert bytes(item.raw) == body.replace(b"\r\n.", b"\r\n") + b"\r\n"  # one dot is stuffing
    assert item.envelope["from"] == "a@x.example"


def test_commands_may_come_all_at_once(wire: Wire) -> None:
    wire.socket.sendall(b"\r\n".join([*ENVELOPE, b"RCPT TO:<nobody@example.com>", b"DATA", b""]))

    assert [wire.answer()[:3] for _ in range(4)] == ["250", "250", "550", "354"]
    assert wire.say(make_mail() + b".").startswith("250")


def test_nobody_learns_which_addresses_there_are(wire: Wire) -> None:
    assert wire.say(b"VRFY support@example.com").startswith("502")
    assert wire.say(b"EXPN support").startswith("502")


def test_a_delivery_reports_empty_sender_is_taken(wire: Wire) -> None:
    for command in (b"MAIL FROM:<>", ENVELOPE[1], b"DATA"):
        wire.say(command)
    wire.say(make_mail() + b".")

    assert InboundItem.objects.get().envelope["from"] == ""


@pytest.mark.parametrize("address", [b"<", b"<@", b"<a,b@x.example>", b"<" + b"x" * 600 + b">"])
def test_a_broken_address_is_refused_for_good_and_harms_nothing(wire: Wire, address: bytes) -> None:
    assert wire.say(b"MAIL FROM:" + address)[0] == "5"
    assert wire.say(ENVELOPE[0]).startswith("250")


def test_bytes_that_no_database_takes_do_not_hold_up_mail(ports) -> None:
    with Wire(ports[0]) as wire:
        wire.say(b"EHLO a\0b\xff")
        for command in (b"MAIL FROM:<a\xff@x.example>", ENVELOPE[1], b"DATA"):
            wire.say(command)

        assert wire.say(make_mail() + b".").startswith("250")
    assert InboundItem.objects.get().envelope["from"] == "a?@x.example"


def test_one_message_that_cannot_be_stored_does_not_hold_up_the_others(
    ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = listener.receive

    def refuse_bad(messages: list) -> None:
        if any(b"poison" in message.raw for message in messages):
            raise ValueError("poison")
        store(messages)

    monkeypatch.setattr(listener, "receive", refuse_bad)
    wires = [Wire(ports[0]) for _ in range(6)]
    for wire in wires:
        for command in (*ENVELOPE, b"DATA"):
            wire.say(command)
    for number, wire in enumerate(wires):
        text = "poison" if number == 0 else "fine"
        wire.socket.sendall(make_mail(text=text) + b".\r\n")

    assert [wire.answer()[:3] for wire in wires] == ["451", "250", "250", "250", "250", "250"]
    assert InboundItem.objects.count() == 5


def test_our_own_mistakes_stay_out_of_the_answer(wire: Wire, monkeypatch) -> None:
    monkeypatch.setattr(listener, "account_of", lambda _: 1 / 0)
    wire.say(ENVELOPE[0])

    answer = wire.say(ENVELOPE[1])

    assert answer.startswith("451")
    assert "Zero" not in answer


def test_one_peer_has_so_many_connections_and_no_more(ports, monkeypatch) -> None:
    monkeypatch.setattr(protocol, "CONNECTIONS_OF_A_PEER", 2)

    with _let_in(ports[0]) as first, _let_in(ports[0]), Wire(ports[0]) as third:
        assert third.greeting.startswith("421")
        first.say(b"QUIT")
        with _let_in(ports[0]) as fourth:
            assert fourth.say(b"NOOP").startswith("250")


def test_all_peers_together_have_so_many_connections(ports, monkeypatch) -> None:
    monkeypatch.setattr(protocol, "CONNECTIONS", 1)

    with _let_in(ports[0]), Wire(ports[0]) as second:
        assert second.greeting.startswith("421")


def test_a_session_has_so_many_commands(wire: Wire) -> None:
    answers = [wire.say(b"NOOP")[:3] for _ in range(51)]

    assert answers == ["250"] * 50 + ["421"]


def test_a_slow_client_is_let_go(ports, monkeypatch) -> None:
    monkeypatch.setattr(protocol, "IDLE_SECONDS", 0.2)
    monkeypatch.setattr(protocol, "DATA_SECONDS", 0.3)

    with Wire(ports[0]) as wire:
        for command in (*ENVELOPE, b"DATA"):
            wire.say(command)
        wire.socket.sendall(b"Subject: never")

        assert wire.lines.read() == b""
    assert not InboundItem.objects.exists()


def test_memory_for_unfinished_messages_is_bounded(ports, monkeypatch) -> None:
    monkeypatch.setattr(protocol, "BYTES_IN_FLIGHT", 60_000)
    monkeypatch.setattr(protocol, "SMALL_BYTES", 30_000)

    with Wire(ports[0]) as first, Wire(ports[0]) as second, Wire(ports[0]) as small:
        for wire in (first, second, small):
            for command in (*ENVELOPE, b"DATA"):
                wire.say(command)
        first.socket.sendall((b"x" * 70 + b"\r\n") * 600)
        second.socket.sendall((b"x" * 70 + b"\r\n") * 600)
        told = select.select([first.socket, second.socket], [], [], 10)[0]
        assert [line.recv(3) for line in told] == [b"421"]
        assert small.say(make_mail() + b".").startswith("250")

    assert InboundItem.objects.count() == 1


def test_who_sends_many_times_the_limit_is_cut_off(wire: Wire) -> None:
    for command in (*ENVELOPE, b"DATA"):
        wire.say(command)

    with pytest.raises(OSError, match="reset|pipe"):
        wire.socket.sendall((b"x" * 70_000 + b"\r\n") * 1_000)

    assert not InboundItem.objects.exists()


def test_the_hundred_and_first_recipient_is_for_another_time(wire: Wire) -> None:
    wire.say(ENVELOPE[0])

    answers = [wire.say(ENVELOPE[1])[:3] for _ in range(101)]

    assert answers == ["250"] * 100 + ["452"]
