"""IMAP connections (RFC 3501): opened, secured, signed in, with bounded answers."""

from __future__ import annotations

import contextlib
import imaplib
import socket
from collections.abc import Iterator
from typing import Any, cast

from django.conf import settings
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from channels_in.email.mailboxes.connections import connect_for, tls_context
from channels_in.email.mailboxes.errors import MailboxError, connection_error, refusal
from channels_in.email.mailboxes.oauth import xoauth2
from channels_in.email.mailboxes.signing_in import sign_in
from channels_in.models import Mailbox, Security

LINE_BYTES = 16 * 1024 * 1024  # the numbers of a folder's messages come as one line
FOLDERS_NAMED = 12


@contextlib.contextmanager
def signed_in(mailbox: Mailbox) -> Iterator[IMAPClient]:
    """A signed-in connection, closed at the end. Raises MailboxError, also for what goes wrong in
    the block between us and the server.
    """
    client = None
    try:
        client = sign_in(mailbox, with_password=_with_password, with_token=_with_token)
        with contextlib.suppress(IMAPClientError):
            if client.has_capability("ID"):  # some providers let in only who says what it is
                client.id_({"name": "Help desk"})
        yield client
    except (IMAPClientError, OSError, ValueError, AssertionError) as error:
        raise connection_error(error, mailbox.host, mailbox.port) from error
    finally:
        if client is not None:
            close(client)


def close(client: IMAPClient) -> None:
    """Say good-bye and let go, whatever state the connection is in."""
    with contextlib.suppress(IMAPClientError, OSError, ValueError):
        client.socket().settimeout(2)
        client.logout()
    with contextlib.suppress(IMAPClientError, OSError, ValueError):
        client.shutdown()


def folders_of(client: IMAPClient) -> list[str]:
    """The names of all folders that can be read."""
    return sorted(
        str(name) for flags, _, name in client.list_folders() if rb"\Noselect" not in flags
    )


def open_folder(client: IMAPClient, mailbox: Mailbox, *, readonly: bool) -> dict[bytes, Any]:
    """Select the mailbox's folder. Raises MailboxError that names the folders there are."""
    try:
        answer: dict[bytes, Any] = client.select_folder(mailbox.folder, readonly=readonly)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.readonly as error:
        raise _read_only(mailbox) from error
    except IMAPClientError as error:
        names = folders_of(client)
        if mailbox.folder in names:
            raise MailboxError(f"The folder “{mailbox.folder}” cannot be opened.") from error
        there_are = ", ".join(f"“{name}”" for name in names[:FOLDERS_NAMED]) or "none"
        raise MailboxError(
            f"There is no folder “{mailbox.folder}” in this mailbox. There are: {there_are}."
        ) from error
    if not readonly and b"READ-ONLY" in answer:
        raise _read_only(mailbox)
    return answer


def has_news(client: IMAPClient) -> bool:
    """Whether the server has told of new messages since this was last asked. It may do so in the
    answer to any command, and is silent about them in IDLE afterwards.
    """
    return bool(client._imap.response("EXISTS")[1] != [None])


def _read_only(mailbox: Mailbox) -> MailboxError:
    return MailboxError(
        f"The folder “{mailbox.folder}” may only be read, not changed. Choose to leave fetched "
        "mail as it is."
    )


def _with_password(mailbox: Mailbox, password: str) -> IMAPClient:
    client = _connected(mailbox)
    try:
        if client.has_capability("AUTH=PLAIN"):  # LOGIN cannot carry other letters than ASCII
            words = f"\0{mailbox.username}\0{password}".encode()
            client.sasl_login("PLAIN", lambda _: words)
        else:
            client.login(mailbox.username, password)
    except imaplib.IMAP4.abort:
        close(client)
        raise
    except (IMAPClientError, UnicodeError) as error:
        close(client)
        raise refusal(error, mailbox.host, mailbox.username, [password]) from None
    except OSError:
        close(client)
        raise
    return client


def _with_token(mailbox: Mailbox, token: str) -> IMAPClient:
    client = _connected(mailbox)
    words = xoauth2(mailbox.username, token)
    try:
        # After a refusal comes a challenge that wants an empty answer (Google, Microsoft).
        client.sasl_login("XOAUTH2", lambda challenge: b"" if challenge else words)
    except imaplib.IMAP4.abort:
        close(client)
        raise
    except IMAPClientError as error:
        close(client)
        raise refusal(error, mailbox.host, mailbox.username, [token]) from None
    except OSError:
        close(client)
        raise
    return client


def _connected(mailbox: Mailbox) -> IMAPClient:
    sock = connect_for(mailbox.host, mailbox.port, mailbox.security)
    client = None
    try:
        client = _Client(mailbox.host, mailbox.port, sock)
        if mailbox.security == Security.STARTTLS:
            if not client.has_capability("STARTTLS"):
                raise MailboxError(
                    f"{mailbox.host} offers no STARTTLS on port {mailbox.port}. Choose TLS."
                )
            client.starttls(tls_context())
        return client
    except (IMAPClientError, OSError, ValueError) as error:
        sock.close()
        raise connection_error(error, mailbox.host, mailbox.port) from error
    except MailboxError:
        sock.close()
        raise


class _Connection(imaplib.IMAP4):
    """imaplib on a socket that is there already, with bounds on what a server may send."""

    def __init__(self, host: str, port: int, sock: socket.socket) -> None:
        self._given = sock
        self._largest = settings.MAIL_MAX_BYTES * 3 // 2 + 1024 * 1024  # sizes are often told wrong
        super().__init__(host, port)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        return self._given

    def read(self, size: int) -> bytes:
        if size > self._largest:
            raise self.abort(f"a piece of {size} bytes was announced")
        return super().read(size)

    def readline(self) -> bytes:
        line = cast(bytes, self.file.readline(LINE_BYTES + 1))
        if len(line) > LINE_BYTES:
            raise self.abort("a line without end")
        return line


class _Client(IMAPClient):
    def __init__(self, host: str, port: int, sock: socket.socket) -> None:
        self._given = sock
        super().__init__(host, port, ssl=False, timeout=sock.gettimeout())
        self._imap.debug = 0  # commands, and with them passwords, are not put into any log

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802  IMAPClient's name
        return _Connection(self.host, self.port, self._given)

    def _poll_socket(self, sock: socket.socket, timeout: float | None = None) -> Any:
        """Whether there is something to read: also what came together with an earlier answer."""
        with contextlib.suppress(OSError):
            if self._imap.file.peek(1):
                return True
        return super()._poll_socket(sock, timeout)
