"""Real SMTP servers on loopback with faults of choice, and one of our addresses that uses them."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from accounts.models import User
from channels_in.accounts import forget_accounts
from channels_in.actions import send_due
from channels_in.models import ChannelAccount, OutgoingServer, Security
from core import clock
from core.crypto import seal
from tests.channels_in.conftest import Arrive, free_port
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Comment, Ticket

USER, PASSWORD, TOKEN = "desk@company.example", "a long password", "ya29.token"


class Sink:
    """What the server took, and how it behaves."""

    def __init__(self) -> None:
        self.envelopes: list = []
        self.logins: list[str] = []
        self.knocks = 0
        self.refusals: list[str] = []  # answers to the next DATA, in order
        self.drops_after_data = False
        self.drops_at_mail = False
        self.wait = 0.0
        self.accepts_login = True
        self.port = 0

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(e.content, policy=policy.default) for e in self.envelopes]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.knocks += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.drops_at_mail:
            self.drops_at_mail = False
            server.transport.abort()
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(self.wait)
        if self.refusals:
            return self.refusals.pop(0)
        self.envelopes.append(envelope)
        if self.drops_after_data:
            server.transport.abort()
        return "250 taken"

    def authenticate(self, server, session, envelope, mechanism, data) -> AuthResult:
        self.logins.append(mechanism)
        known = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
        return AuthResult(success=known and self.accepts_login, handled=False)

    async def auth_XOAUTH2(self, server, args) -> AuthResult:  # noqa: N802
        self.logins.append("XOAUTH2")
        given = b64decode(args[1]).decode()
        wanted = f"user={USER}\1auth=Bearer {TOKEN}\1\1"
        return AuthResult(success=given == wanted, handled=False)


@pytest.fixture
def sink() -> Iterator[Sink]:
    handler = Sink()
    handler.port = free_port()
    controller = Controller(
        handler, hostname="127.0.0.1", port=handler.port, authenticator=handler.authenticate,
        auth_require_tls=False, decode_data=False,
    )  # fmt: skip
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def own_server(account: ChannelAccount, sink: Sink, settings) -> OutgoingServer:
    """support@example.com sends through the sink."""
    settings.MAIL_SERVERS_ON_PRIVATE_NETWORKS = True
    return OutgoingServer.objects.create(
        account=account, kind=OutgoingServer.Kind.SMTP, host="127.0.0.1", port=sink.port,
        security=Security.NONE, username=USER, sealed_password=seal(PASSWORD),
    )  # fmt: skip


@pytest.fixture
def billing_address(account: ChannelAccount) -> ChannelAccount:
    now = clock.now()
    made = ChannelAccount.objects.create(
        channel="email", address="billing@example.com", name="Billing", created_at=now,
        updated_at=now,
    )  # fmt: skip
    forget_accounts()
    return made


@pytest.fixture
def answer(alice: User) -> Callable[..., Comment]:
    """Let alice reply and send what is due."""

    def do(ticket: Ticket, body: str = "Hello Carol.", **draft: object) -> Comment:
        ticket.refresh_from_db()
        update_ticket(
            actor=as_actor(alice), ticket_id=ticket.pk,
            comment=CommentDraft(author_id=alice.pk, body=body, **draft),
        )  # fmt: skip
        Comment.objects.filter(ticket=ticket).update(send_at=None)
        while send_due():
            pass
        return Comment.objects.filter(ticket=ticket, is_from_agent=True).latest("id")

    return do


@pytest.fixture
def ticket(arrive: Arrive) -> Ticket:
    """Carol's ticket, its acknowledgement sent."""
    found = arrive(subject="My lamp", text="Where is my lamp?").ticket
    send_due()
    return found
