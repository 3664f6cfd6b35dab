"""Attack 12 through the real socket: bombs are answered, bounded, kept raw, and end visibly."""

from __future__ import annotations

import resource
import smtplib

import pytest

from channels_in import funnel
from channels_in.models import Fate, InboundItem
from channels_in.receive import raw_bytes
from tests.channels_in import conftest
from tests.channels_in.conftest import ports  # noqa: F401
from tests.security.test_attack_12_bombs import HEAD, deep, many_parts

LIMIT = 50 * 1024 * 1024
BOMBS = {
    "10,000 parts": many_parts,
    "1,000 levels": deep,
    "header of 40 MB": lambda: HEAD + (b"X-Long: " + b"a" * 900 + b"\r\n") * 44_000 + b"\r\nx\r\n",
    "endless base64": lambda: (
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + (b"QUFB" * 19 + b"\r\n") * 500_000
    ),
    "no sender": lambda: HEAD.replace(b"From:", b"X:") + b"\r\n" + (b"a" * 900 + b"\r\n") * 40_000,
}  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _as_large_as_in_production(monkeypatch) -> None:
    monkeypatch.setattr(conftest, "LISTENER_LIMIT", LIMIT)


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def test_bombs_by_smtp_are_answered_and_end_visibly(ports):  # noqa: F811
    smtp = smtplib.SMTP("127.0.0.1", ports[0], timeout=60)
    sent = {}
    for name, make in BOMBS.items():
        mail = make()
        started = processor_seconds()
        assert smtp.sendmail("carol@nordwind.example", ["support@example.com"], mail) == {}, name
        assert processor_seconds() - started < 15, name  # one or two at most, alone
        item = InboundItem.objects.latest("id")
        sent[item.pk] = (name, mail)
    for pk, (name, mail) in sent.items():
        started = processor_seconds()
        funnel.process_due()
        assert processor_seconds() - started < 15, name
        item = InboundItem.objects.get(pk=pk)
        raw = raw_bytes(item)
        assert raw.endswith(mail.rstrip(b"\r\n")[-1000:] + b"\r\n"), name
        assert len(raw) >= len(mail.rstrip(b"\r\n"))
        assert item.fate in (Fate.COMMENT, Fate.SUSPENDED), name
        assert item.fate == Fate.COMMENT or item.reason, name
    assert InboundItem.objects.get(pk=list(sent)[-1]).reason == "no_sender"
    assert smtp.noop()[0] == 250
    smtp.quit()


def test_more_than_the_listener_accepts_is_refused_and_the_next_mail_taken(ports):  # noqa: F811
    mail = HEAD + (b"a" * 900 + b"\r\n") * 60_000
    with (
        smtplib.SMTP("127.0.0.1", ports[0], timeout=60) as smtp,
        pytest.raises(smtplib.SMTPResponseException) as refused,
    ):
        smtp.sendmail("carol@nordwind.example", ["support@example.com"], mail)
    assert refused.value.smtp_code == 552
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=60) as smtp:
        smtp.sendmail("carol@nordwind.example", ["support@example.com"], HEAD + b"\r\nHello\r\n")
    assert InboundItem.objects.count() == 1
