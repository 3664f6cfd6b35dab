"""POP3 connections (RFC 1939): opened, secured, signed in, with bounded answers."""

from __future__ import annotations

import base64
import contextlib
import poplib
import socket
from collections.abc import Iterator

from django.conf import settings

from channels_in.email.mailboxes.connections import connect_for, tls_context
from channels_in.email.mailboxes.errors import MailboxError, connection_error, refusal
from channels_in.email.mailboxes.oauth import xoauth2
from channels_in.email.mailboxes.signing_in import sign_in
from channels_in.models import Mailbox, Security

LINE_BYTES = 2 * 1024 * 1024  # broken programs send html as one line


@contextlib.contextmanager
def signed_in(mailbox: Mailbox) -> Iterator[Connection]:
    """A signed-in connection, closed at the end: the server then deletes what was to be deleted.

    Raises MailboxError, also for what goes wrong in the block between us and the server.
    """
    client = None
    try:
        client = sign_in(mailbox, with_password=_with_password, with_token=_with_token)
        yield client
        client.quit()
    except (poplib.error_proto, OSError, ValueError) as error:
        raise connection_error(error, mailbox.host, mailbox.port) from error
    finally:
        if client is not None:
            client.close()


def uidls_of(client: Connection) -> dict[int, str]:
    """The unique id of each message by its number in this session."""
    try:
        lines = client.uidl()[1]
    except poplib.error_proto as error:
        raise MailboxError(
            "The server does not say which messages are new (UIDL is missing). Use IMAP."
        ) from error
    pairs = (line.decode("ascii", "replace").split(None, 1) for line in lines)
    return {int(pair[0]): pair[1].strip() for pair in pairs if len(pair) == 2}


def sizes_of(client: Connection) -> dict[int, int]:
    """The size of each message in bytes, as the server counts."""
    pairs = (line.split() for line in client.list()[1])
    return {int(pair[0]): int(pair[1]) for pair in pairs if len(pair) >= 2}


def message(client: Connection, number: int) -> bytes:
    """One message as it came."""
    return b"".join(line + b"\r\n" for line in client.retr(number)[1])


def headers(client: Connection, number: int) -> bytes:
    """The header of one message."""
    return b"".join(line + b"\r\n" for line in client.top(number, 0)[1])


def _with_password(mailbox: Mailbox, password: str) -> Connection:
    client = _connected(mailbox)
    try:
        client.user(mailbox.username)
        client.pass_(password)
    except (poplib.error_proto, OSError) as error:
        client.close()
        raise _why(error, mailbox, password) from None
    return client


def _with_token(mailbox: Mailbox, token: str) -> Connection:
    client = _connected(mailbox)
    try:
        client.authenticate("XOAUTH2", xoauth2(mailbox.username, token))
    except (poplib.error_proto, OSError) as error:
        client.close()
        raise _why(error, mailbox, token) from None
    return client


def _why(error: Exception, mailbox: Mailbox, secret: str) -> MailboxError:
    is_answer = isinstance(error, poplib.error_proto) and b"EOF" not in str(error).encode()
    if is_answer:
        return refusal(error, mailbox.host, mailbox.username, [secret])
    return connection_error(error, mailbox.host, mailbox.port)


def _connected(mailbox: Mailbox) -> Connection:
    sock = connect_for(mailbox.host, mailbox.port, mailbox.security)
    try:
        client = Connection(mailbox.host, mailbox.port, sock)
        if mailbox.security == Security.STARTTLS:
            client.stls(tls_context())
        return client
    except (poplib.error_proto, OSError, ValueError) as error:
        sock.close()
        raise connection_error(error, mailbox.host, mailbox.port) from error


class Connection(poplib.POP3):
    """poplib on a socket that is there already; lines may be long, answers may not be endless."""

    def __init__(self, host: str, port: int, sock: socket.socket) -> None:
        self._given = sock
        self._left = _allowance()
        super().__init__(host, port)

    def authenticate(self, mechanism: str, words: bytes) -> None:
        """AUTH in two steps (RFC 5034), as Microsoft wants it. Raises poplib.error_proto."""
        self._ask(f"AUTH {mechanism}")
        answer = self._ask(base64.b64encode(words).decode())
        if answer.startswith(b"+ "):  # a refusal that is explained; it ends with an empty line
            self._ask("")

    def _ask(self, line: str) -> bytes:
        answer: bytes = self._shortcmd(line)  # type: ignore[attr-defined]
        return answer

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return self._given

    def _putcmd(self, line: str) -> None:
        self._left = _allowance()
        super()._putcmd(line)  # type: ignore[misc]

    def _getline(self) -> tuple[bytes, int]:
        """One line without its end. Only CRLF or LF is taken off: the rest is the sender's."""
        line = self.file.readline(LINE_BYTES + 1)
        self._left -= len(line)
        if not line:
            raise poplib.error_proto("-ERR EOF")
        if len(line) > LINE_BYTES or self._left < 0:
            raise poplib.error_proto("the answer has no end")
        return line[:-2] if line.endswith(b"\r\n") else line.rstrip(b"\n"), len(line)


def _allowance() -> int:
    return int(settings.MAIL_MAX_BYTES) * 3 // 2 + 1024 * 1024
