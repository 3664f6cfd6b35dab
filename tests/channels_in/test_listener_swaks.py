"""The listener spoken to by swaks, a client that is not ours (Debian: apt install swaks)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from channels_in import funnel
from channels_in.models import InboundItem
from tests.channels_in.conftest import LISTENER_LIMIT
from tests.tls import write_certificate
from tickets.models import Attachment, Comment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        shutil.which("swaks") is None,
        reason="there is no swaks here; install it (Debian: apt install swaks) to run this",
    ),
]

REFUSED = 24  # swaks' exit codes: 24 no recipient was taken, 26 the message was not, 29 no TLS
NOT_TAKEN = 26


def swaks(port: int, *arguments: object, to: str = "support@example.com") -> tuple[int, str]:
    """One conversation; the exit code and the transcript."""
    done = subprocess.run(
        [
            "swaks", "--server", "127.0.0.1", "--port", str(port), "--from", "carol@x.example",
            "--to", to, "--h-Subject", "From swaks", "--helo", "x.example", *map(str, arguments),
        ],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_plain_smtp(ports: tuple[int, int]) -> None:
    code, said = swaks(ports[0], "--body", "Grüße aus Köln")

    assert code == 0, said
    funnel.process_due()
    assert Comment.objects.get().ticket.subject == "From swaks"


@pytest.fixture
def safe_ports(tmp_path: Path, settings, request: pytest.FixtureRequest) -> tuple[int, int]:
    """A listener that has a certificate."""
    cert, key = write_certificate(tmp_path)
    settings.SMTP_TLS_CERT, settings.SMTP_TLS_KEY = str(cert), str(key)
    return request.getfixturevalue("ports")


@pytest.mark.parametrize("version", ["tlsv1_2", "tlsv1_3"])
def test_smtp_with_starttls(safe_ports: tuple[int, int], version: str) -> None:
    code, said = swaks(safe_ports[0], "--tls", "--tls-protocol", version)

    assert code == 0, said
    assert "TLS started" in said
    assert InboundItem.objects.count() == 1


def test_lmtp(ports: tuple[int, int]) -> None:
    code, said = swaks(
        ports[1], "--protocol", "LMTP", to="support@example.com,support+x@example.com"
    )

    assert code == 0, said
    assert InboundItem.objects.count() == 1


def test_lmtp_with_starttls(safe_ports: tuple[int, int]) -> None:
    code, said = swaks(safe_ports[1], "--protocol", "LMTP", "--tls")

    assert code == 0, said
    assert InboundItem.objects.count() == 1


def test_an_unknown_recipient(ports: tuple[int, int]) -> None:
    code, said = swaks(ports[0], to="nobody@example.com")

    assert code == REFUSED
    assert "550 5.1.1" in said
    assert not InboundItem.objects.exists()


def test_one_unknown_recipient_beside_a_known_one(ports: tuple[int, int]) -> None:
    _, said = swaks(ports[0], to="nobody@example.com,support@example.com")

    assert "550 5.1.1" in said
    assert InboundItem.objects.get().envelope["to"] == ["support@example.com"]


def test_too_large(ports: tuple[int, int], tmp_path: Path) -> None:
    (tmp_path / "large").write_text("large\n" * (LISTENER_LIMIT // 3))

    code, said = swaks(ports[0], "--body", f"@{tmp_path / 'large'}")

    assert code == NOT_TAKEN
    assert "552" in said
    assert not InboundItem.objects.exists()


def test_attachments(ports: tuple[int, int], tmp_path: Path) -> None:
    (tmp_path / "Rechnung.pdf").write_bytes(b"%PDF-1.4\n" + bytes(range(256)) * 20)
    (tmp_path / "notes.txt").write_text("one\ntwo\n")

    code, said = swaks(
        ports[0], "--attach", f"@{tmp_path / 'Rechnung.pdf'}", "--attach",
        f"@{tmp_path / 'notes.txt'}",
    )  # fmt: skip

    assert code == 0, said
    funnel.process_due()
    assert sorted(Attachment.objects.values_list("filename", "size")) == [
        ("Rechnung.pdf", 9 + 256 * 20), ("notes.txt", 8),
    ]  # fmt: skip


def test_pipelining(ports: tuple[int, int]) -> None:
    code, said = swaks(ports[0], "--pipeline")

    assert code == 0, said
    assert InboundItem.objects.count() == 1
