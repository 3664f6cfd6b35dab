"""The virus scanner: its protocol against a strict stand-in, the whole way with a real clamd."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from accounts.errors import NotPermitted
from channels_in import funnel
from channels_in.actions import recover_item
from channels_in.models import Fate, InboundItem
from core import clamav, clock
from tests.channels_in.conftest import make_mail
from tests.factories import as_actor
from tickets.actions import keep_upload
from tickets.errors import InvalidChange, TicketError
from tickets.models import Attachment, Comment

# The test file of eicar.org in two pieces, so that no scanner takes offence at this source.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class FakeClamd:
    """Speaks INSTREAM as clamd(8) says, and nothing else; finds EICAR; takes 1 MB at most."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listening.getsockname()[1]}"
        self.answer: bytes | None = None
        self.scanned: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            with line, contextlib.suppress(OSError):
                line.sendall(self._scan(line))

    def _scan(self, line: socket.socket) -> bytes:
        if self.answer is not None:
            return self.answer
        if self._read(line, 10) != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND\0"
        content = b""
        while length := struct.unpack("!I", self._read(line, 4))[0]:
            content += self._read(line, length)
            if len(content) > 1024 * 1024:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.scanned.append(content)
        return b"stream: Eicar-Test FOUND\0" if EICAR in content else b"stream: OK\0"

    @staticmethod
    def _read(line: socket.socket, length: int) -> bytes:
        content = b""
        while len(content) < length:
            piece = line.recv(length - len(content))
            if not piece:
                raise OSError
            content += piece
        return content


@pytest.fixture
def clamd(settings) -> Iterator[FakeClamd]:
    fake = FakeClamd()
    settings.CLAMAV_ADDRESS = fake.address
    yield fake
    fake.listening.close()


@pytest.fixture(scope="session")
def real_clamd(tmp_path_factory) -> Iterator[str]:
    """A clamd of this machine on a socket, whose only signature is that of the EICAR file."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("There is no clamd: install the package clamav-daemon to try a real scanner.")
    folder = tmp_path_factory.mktemp("clamd")
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "eicar.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    path = folder / "clamd.sock"
    config = folder / "clamd.conf"
    user = "User root\n" if os.geteuid() == 0 else ""
    config.write_text(
        f"LocalSocket {path}\nDatabaseDirectory {signatures}\nForeground yes\nMaxThreads 2\n"
        f"LogFile {folder / 'log'}\nTemporaryDirectory {folder}\nStreamMaxLength 60M\n{user}"
    )
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen([program, "--config-file", config], stdout=out, stderr=out)
    try:
        for _ in range(300):
            if path.exists():
                break
            if process.poll() is not None:
                pytest.skip(f"clamd does not start here: {(folder / 'out').read_text()[-300:]}")
            time.sleep(0.1)
        yield str(path)
    finally:
        process.terminate()
        process.wait(10)


def with_file(content: bytes, name: str = "invoice.pdf") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "carol@nordwind.example", "support@example.com"
    mail["Subject"], mail["Message-ID"] = (
        "Invoice",
        f"<{hashlib.sha256(content).hexdigest()}@x.example>",
    )
    mail.set_content("See the file.")
    mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes(policy=policy.SMTP)


def test_without_an_address_nothing_is_asked(settings):
    settings.CLAMAV_ADDRESS = ""
    assert clamav.scan(EICAR) == ""


def test_content_is_handed_over_whole_and_in_order(clamd):
    content = bytes(range(256)) * 2000
    assert clamav.scan(content) == ""
    assert clamav.scan([b"a", b"", b"b" * 10]) == ""
    assert clamav.scan(b"x" + EICAR) == "Eicar-Test"
    assert clamd.scanned[:2] == [content, b"a" + b"b" * 10]


def test_a_file_past_the_scanners_limit_is_not_called_clean(clamd):
    with pytest.raises(clamav.TooLargeToScan):
        clamav.scan(b"x" * 5_000_000)


@pytest.mark.parametrize(
    "answer", [b"", b"OK", b"stream: ", b"stream: OK and more\0", b"ERROR\0", b"\0", b"x" * 9000]
)
def test_an_answer_that_is_not_understood_is_not_called_clean(clamd, answer):
    clamd.answer = answer
    with pytest.raises(clamav.ScannerAway):
        clamav.scan(b"x")


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock", "nonsense", ":"])
def test_a_scanner_that_is_not_there_is_not_called_clean(settings, address):
    settings.CLAMAV_ADDRESS = address
    with pytest.raises(clamav.ScannerAway):
        clamav.scan(b"x")


def test_a_silent_scanner_is_given_up(settings, monkeypatch):
    monkeypatch.setattr(clamav, "ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CLAMAV_ADDRESS = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(clamav.ScannerAway):
            clamav.scan(b"x")


@pytest.mark.django_db
def test_mail_with_a_virus_is_suspended_and_makes_no_ticket(arrive, clamd):
    item = arrive(with_file(EICAR))
    assert (item.fate, item.reason, item.detail) == (Fate.SUSPENDED, "virus", "Eicar-Test")
    assert not Comment.objects.exists()
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_clean_mail_comes_through_and_all_of_it_was_looked_at(arrive, clamd):
    item = arrive(with_file(b"%PDF-1.4"))
    assert item.fate == Fate.COMMENT
    assert b"%PDF-1.4" in clamd.scanned
    assert any(b"See the file." in content for content in clamd.scanned)


@pytest.mark.django_db
def test_only_who_manages_channels_can_let_a_virus_through_and_must_say_so(
    arrive, clamd, lead, admin
):
    item = arrive(with_file(EICAR))
    with pytest.raises(NotPermitted):
        recover_item(actor=as_actor(lead), item_id=item.pk, accepts_virus=True)
    with pytest.raises(TicketError, match="Eicar-Test"):
        recover_item(actor=as_actor(admin), item_id=item.pk)
    assert not Comment.objects.exists()
    recover_item(actor=as_actor(admin), item_id=item.pk, accepts_virus=True)
    assert Attachment.objects.get().filename == "invoice.pdf"


@pytest.mark.django_db
def test_mail_waits_for_a_scanner_that_is_away_and_is_then_shown_to_people(arrive, settings):
    settings.CLAMAV_ADDRESS = "127.0.0.1:1"
    item = arrive(make_mail())
    assert (item.fate, item.attempts) == (Fate.FAILED, 1)
    assert "scanner does not answer" in item.detail
    InboundItem.objects.update(attempts=6, next_attempt_at=clock.now())
    funnel.process_due()
    item.refresh_from_db()
    assert (item.fate, item.reason) == (Fate.SUSPENDED, "not_scanned")
    assert not Comment.objects.exists()


@pytest.mark.django_db
def test_mail_that_waited_comes_through_when_the_scanner_is_back(arrive, settings, clamd):
    settings.CLAMAV_ADDRESS = "127.0.0.1:1"
    item = arrive(make_mail())
    settings.CLAMAV_ADDRESS = clamd.address
    InboundItem.objects.update(next_attempt_at=clock.now())
    funnel.process_due()
    item.refresh_from_db()
    assert item.fate == Fate.COMMENT


@pytest.mark.django_db
@pytest.mark.parametrize("is_away", [False, True])
def test_an_upload_is_scanned_before_it_is_kept(alice, clamd, settings, is_away):
    if is_away:
        settings.CLAMAV_ADDRESS = "127.0.0.1:1"
    words = "could not be checked" if is_away else "carries a virus"
    with pytest.raises(InvalidChange, match=words):
        keep_upload(actor=as_actor(alice), file=ContentFile(EICAR, name="x"), filename="a.txt")
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_the_real_scanner_finds_the_test_virus_in_mail(
    arrive: Callable[..., InboundItem], real_clamd: str, settings
):
    settings.CLAMAV_ADDRESS = real_clamd
    assert Path(real_clamd).exists()
    assert arrive(with_file(EICAR)).reason == "virus"
    assert arrive(with_file(b"%PDF-1.4 harmless")).fate == Fate.COMMENT
    assert clamav.scan(b"a" * 3_000_000) == ""
