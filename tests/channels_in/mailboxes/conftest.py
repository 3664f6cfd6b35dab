"""A dovecot for the module, a new user for each test, and mailboxes that lead to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from imapclient import IMAPClient

from channels_in.actions.fetching import Lease, claim_mailboxes
from channels_in.email.mailboxes.visits import visit
from channels_in.models import ChannelAccount, Mailbox
from core import clock
from core.crypto import seal
from tests.channels_in.mailboxes import dovecot
from tests.channels_in.mailboxes.certificates import Certificates, make_certificates
from tests.channels_in.mailboxes.dovecot import PASSWORD, Dovecot
from tests.channels_in.mailboxes.tokens import TokenServer


@pytest.fixture(scope="package")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="package")
def token_server(certificates: Certificates) -> Iterator[TokenServer]:
    server = TokenServer(certificates)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="package")
def server(certificates: Certificates, token_server: TokenServer) -> Iterator[Dovecot]:
    if why := dovecot.missing():
        pytest.skip(why)
    running = Dovecot(certificates, tokeninfo=token_server.tokeninfo)
    running.start()
    yield running
    running.remove()


@pytest.fixture
def trusted(settings, monkeypatch: pytest.MonkeyPatch, certificates: Certificates) -> None:
    """The operator's leave to use servers on this machine, and their authority."""
    settings.MAIL_SERVERS_ON_PRIVATE_NETWORKS = True
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))


class Post:
    """A user of the server as another mail program sees them."""

    def __init__(self, server: Dovecot) -> None:
        self.server = server
        self.name, self.maildir = server.new_user()

    def client(self) -> IMAPClient:
        client = IMAPClient("127.0.0.1", self.server.imap, ssl=False, timeout=10)
        client.login(self.name, PASSWORD)
        return client

    def put(self, *mails: bytes, folder: str = "INBOX", flags: tuple[bytes, ...] = ()) -> None:
        with self.client() as client:
            for mail in mails:
                client.append(folder, mail, flags)

    def flags(self, folder: str = "INBOX") -> list[tuple[bytes, ...]]:
        """The flags of each message, \\Recent left out."""
        with self.client() as client:
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(), ["FLAGS"])
            return [
                tuple(flag for flag in found[uid][b"FLAGS"] if flag != rb"\Recent")
                for uid in sorted(found)
            ]


@pytest.fixture
def post(server: Dovecot) -> Post:
    return Post(server)


@pytest.fixture
def connect(account: ChannelAccount, post: Post, trusted: None) -> Callable[..., Mailbox]:
    """Connect the user's mailbox: `connect(afterwards="move", move_to="Done")`."""

    def do(**overrides: object) -> Mailbox:
        now = clock.now()
        return Mailbox.objects.create(
            **{
                "account": account, "host": "localhost", "port": post.server.imaps,
                "security": "tls", "username": post.name, "sealed_password": seal(PASSWORD),
                "next_check_at": now, "created_at": now, "updated_at": now, **overrides,
            }
        )  # fmt: skip

    return do


def claim(mailbox: Mailbox) -> Lease:
    """The lease of a mailbox, whenever its next visit was due."""
    Mailbox.objects.filter(pk=mailbox.pk).update(next_check_at=clock.now())
    return next(lease for lease in claim_mailboxes(limit=10) if lease.mailbox.pk == mailbox.pk)


def fetch(mailbox: Mailbox) -> Mailbox:
    """One visit that does not wait for news; the mailbox as it is after it."""
    visit(claim(mailbox), threading.Event(), may_wait=False)
    mailbox.refresh_from_db()
    return mailbox
