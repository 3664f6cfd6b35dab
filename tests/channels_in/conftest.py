"""Mail as tests write it: a few named parts, real bytes, the real funnel."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from email import policy
from email.message import EmailMessage
from itertools import count

import pytest
from django.db import connection, connections

from accounts.models import User
from channels_in import funnel
from channels_in.accounts import default_account, forget_accounts
from channels_in.email import listener
from channels_in.models import ChannelAccount, InboundItem
from channels_in.receive import RawMessage, receive
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Ticket

_numbers = count(1)

CAROL = "Carol Customer <carol.customer@nordwind.example>"

LISTENER_LIMIT = 100_000  # MAIL_MAX_BYTES of the listener under test

Arrive = Callable[..., InboundItem]


def make_mail(
    *,
    sender: str = CAROL,
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


@pytest.fixture
def ticket(arrive: Arrive, alice: User) -> Ticket:
    """Carol's ticket, answered by alice and waiting for carol."""
    first = arrive(sender=CAROL, message_id="first@nordwind.example").ticket
    return update_ticket(
        actor=as_actor(alice), ticket_id=first.pk, changes=TicketChanges(status="pending"),
        comment=CommentDraft(author_id=alice.pk, body="Which order is it?"),
    )  # fmt: skip


@pytest.fixture
def ports(transactional_db: None, settings) -> Iterator[tuple[int, int]]:
    """SMTP and LMTP ports of a listener in a thread of its own."""
    settings.MAIL_MAX_BYTES = LISTENER_LIMIT
    forget_accounts()
    default_account()
    smtp, lmtp = free_port(), free_port()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        await listener.serve(smtp=f"127.0.0.1:{smtp}", lmtp=f"127.0.0.1:{lmtp}")

    task = loop.create_task(serve())

    def run() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)

    thread = threading.Thread(target=run)
    thread.start()
    for port in (smtp, lmtp):
        _wait_for(port)
    yield smtp, lmtp
    loop.call_soon_threadsafe(task.cancel)
    thread.join(10)
    connections.close_all()
    connection.close_pool()
    forget_accounts()


def _wait_for(port: int) -> None:
    for _ in range(100):
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        threading.Event().wait(0.05)
    raise AssertionError("the listener did not start")
