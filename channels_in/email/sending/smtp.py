"""SMTP as we speak it: known stages, time limits, checked certificates, OAuth 2."""

from __future__ import annotations

import smtplib
import socket
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from channels_in.email.mailboxes.connections import connect_for, tls_context
from channels_in.email.mailboxes.errors import MailboxError, connection_error
from channels_in.email.mailboxes.oauth import access_token, xoauth2
from channels_in.email.sending.errors import RouteTrouble
from channels_in.models import Login, OutgoingServer, Security
from core.crypto import CannotUnseal, unseal

STEP_SECONDS = 15.0  # of one command and its reply
ACCEPT_SECONDS = 90.0  # after the message: the server may look for spam and viruses first
_START_MAIL = 354  # RFC 5321 §4.2.3: from here on the server may have the message


class _Stages:
    """Knows whether the server may have taken a message whose reply never came."""

    may_have_left = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        answer = super().data(msg)  # type: ignore[misc]
        self.may_have_left = False
        return answer

    def getreply(self) -> tuple[int, bytes]:
        code, text = super().getreply()  # type: ignore[misc]
        if code == _START_MAIL:
            self.may_have_left = True
            self.sock.settimeout(ACCEPT_SECONDS)  # type: ignore[attr-defined]
        elif self.may_have_left and self.sock:  # type: ignore[attr-defined]
            self.sock.settimeout(STEP_SECONDS)  # type: ignore[attr-defined]
        return code, text

    def mail(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        self.may_have_left = False
        return super().mail(*args, **kwargs)  # type: ignore[misc]


class _Plain(_Stages, smtplib.SMTP):
    pass


class _Tls(_Stages, smtplib.SMTP_SSL):
    pass


class DefaultSMTP(EmailBackend):
    """Django's backend for EMAIL_URL, that knows the stages."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Tls if self.use_ssl else _Plain


class _Dialled(_Stages, smtplib.SMTP):
    """A client on a socket that was judged and, with TLS, encrypted before the first word."""

    def __init__(self, server: OutgoingServer) -> None:
        self._dialled = server
        super().__init__(server.host, server.port, timeout=STEP_SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        sock = connect_for(host, port, self._dialled.security)
        sock.settimeout(STEP_SECONDS)
        return sock


class OwnSMTP(EmailBackend):
    """The server of one of our addresses. `open` raises RouteTrouble."""

    def __init__(self, server: OutgoingServer) -> None:
        super().__init__(host=server.host, port=server.port, timeout=int(STEP_SECONDS))
        self.server = server

    def open(self) -> bool:
        """Connect, encrypt and sign in; False when that is done already."""
        if self.connection:
            return False
        try:
            line = _Dialled(self.server)
        except MailboxError as error:
            raise RouteTrouble(str(error), is_refusal=error.is_refusal) from error
        except (OSError, smtplib.SMTPException) as error:
            raise _away(error, self.server) from error
        try:
            _secure(line, self.server)
            _sign_in(line, self.server)
        except (RouteTrouble, OSError) as error:
            line.close()
            if isinstance(error, RouteTrouble):
                raise
            raise _away(error, self.server) from error
        self.connection = line
        return True


def _secure(line: smtplib.SMTP, server: OutgoingServer) -> None:
    line.ehlo()
    if server.security != Security.STARTTLS:
        return
    if not line.has_extn("starttls"):
        raise RouteTrouble(
            f"The server {server.host} offers no STARTTLS, so nothing is sent through it. "
            "Check the port, or choose TLS.",
            is_refusal=True,
        )
    line.starttls(context=tls_context())
    line.ehlo()


def _sign_in(line: smtplib.SMTP, server: OutgoingServer) -> None:
    if server.login == Login.OAUTH2:
        _sign_in_with_token(line, server)
        return
    if not server.username:
        return
    try:
        password = unseal(server.sealed_password)
    except CannotUnseal as error:
        raise RouteTrouble(str(error), is_refusal=True) from error
    offered = line.esmtp_features.get("auth", "").upper().split()
    line.user, line.password = server.username, password
    # One mechanism, once: smtplib's own login() tries all of them, and servers count each.
    try:
        if "PLAIN" in offered:
            line.auth("PLAIN", line.auth_plain)
        elif "LOGIN" in offered:
            line.auth("LOGIN", line.auth_login)
        else:
            raise RouteTrouble(
                f"The server {server.host} takes no user name and password on this port.",
                is_refusal=True,
            )
    except smtplib.SMTPAuthenticationError as error:
        raise _refused(server, error.smtp_code) from error


def _sign_in_with_token(line: smtplib.SMTP, server: OutgoingServer) -> None:
    """XOAUTH2 of Google and Microsoft; a token that is refused is renewed once."""
    token = ""
    for _ in range(2):
        try:
            token = access_token(server.grant_id or 0, instead_of=token)
        except MailboxError as error:
            raise RouteTrouble(str(error), is_refusal=error.is_refusal) from error
        words = xoauth2(server.username, token).decode()
        try:
            line.auth("XOAUTH2", lambda challenge=None, words=words: "" if challenge else words)
        except smtplib.SMTPAuthenticationError as error:
            refused = error
        else:
            return
    raise _refused(server, refused.smtp_code) from refused


def _refused(server: OutgoingServer, code: int) -> RouteTrouble:
    """A login that failed. What the server said is left out: some repeat the user's words."""
    if code < 500:
        return RouteTrouble(f"The server {server.host} lets nobody in for the moment ({code}).")
    return RouteTrouble(
        f"The server {server.host} refuses the user name or password of {server.username} "
        f"({code}).",
        is_refusal=True,
    )


def _away(error: Exception, server: OutgoingServer) -> RouteTrouble:
    if isinstance(error, smtplib.SMTPResponseException):
        return RouteTrouble(f"The server {server.host} is not ready ({error.smtp_code}).")
    if isinstance(error, smtplib.SMTPException):
        return RouteTrouble(f"The connection to {server.host} broke off.")
    return RouteTrouble(str(connection_error(error, server.host, server.port)))
