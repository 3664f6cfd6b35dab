"""Mail as tests write it: a few named parts, real bytes, the real funnel."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from itertools import count

import pytest

from channels_in import funnel
from channels_in.accounts import default_account, forget_accounts
from channels_in.models import ChannelAccount, InboundItem
from channels_in.receive import RawMessage, receive

_numbers = count(1)

Arrive = Callable[..., InboundItem]


def make_mail(
    *,
    sender: str = "Carol Customer <carol.customer@nordwind.example>",
    to: str = "support@example.com",
    subject: str = "My parcel",
    text: str = "Where is my parcel?",
    message_id: str | None = None,
    **headers: str,
) -> bytes:
    """A mail as bytes; `headers` with underscores for hyphens (`in_reply_to="<a@b>"`)."""
    mail = EmailMessage()
    if sender:
        mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{message_id or f'test-{next(_numbers)}@customers.example'}>"
    mail["Date"] = "Fri, 20 Nov 2026 10:00:00 +0000"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes(policy=policy.SMTP)


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def account(db: None) -> Iterator[ChannelAccount]:
    """The support address support@example.com."""
    forget_accounts()
    yield default_account()
    forget_accounts()


@pytest.fixture
def arrive(account: ChannelAccount) -> Arrive:
    """Receive a mail, process it, and return its item: `arrive(subject="…", to="…")`."""

    def do(
        raw: bytes | None = None, *, to: str = "support@example.com", **parts: str
    ) -> InboundItem:
        content = raw if raw is not None else make_mail(to=to, **parts)
        receive([RawMessage(account, content, {"via": "smtp", "to": [to]})])
        funnel.process_due()
        return InboundItem.objects.order_by("-id").first()

    return do


@pytest.fixture
def local_outbox(settings) -> None:
    """Mail goes where the embedded default puts it (pytest-django would keep it in memory)."""
    settings.EMAIL_BACKEND = "channels_in.email.local_outbox.LocalOutbox"
