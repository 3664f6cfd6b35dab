"""Connections to mail and token servers: checked addresses, checked certificates, time limits.

The address that was judged is the one connected to (attack 44): a name is resolved once.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl

from django.conf import settings

from channels_in.email.mailboxes.errors import MailboxError, connection_error
from channels_in.models import Security
from core.network import Address, ForbiddenHost, UnknownHost, refuse_forbidden_host

CONNECT_SECONDS = 15.0
ANSWER_SECONDS = 60.0  # of one answer or one piece of a message


def connect(host: str, port: int, *, timeout: float = CONNECT_SECONDS) -> socket.socket:
    """A connected socket, not yet encrypted. Raises MailboxError."""
    failure: OSError = OSError()
    for address in _addresses(host):
        try:
            return socket.create_connection((str(address), port), timeout=timeout)
        except OSError as error:
            failure = error
    raise connection_error(failure, host, port) from failure


def connect_for(host: str, port: int, security: str) -> socket.socket:
    """A socket to a mail server, encrypted already with TLS. Raises MailboxError.

    Passwords and mail go unencrypted only to this machine, unless the operator allows more.
    """
    sock = connect(host, port)
    try:
        if security == Security.NONE and not (
            settings.MAIL_SERVERS_WITHOUT_TLS or _is_loopback(sock)
        ):
            raise MailboxError(
                f"Without encryption only a server on this machine is used, and {host} is another "
                "one. Choose TLS or STARTTLS, or set MAIL_SERVERS_WITHOUT_TLS."
            )
        if security == Security.TLS:
            sock = tls_context().wrap_socket(sock, server_hostname=host)
        sock.settimeout(ANSWER_SECONDS)
        return sock
    except (OSError, ValueError) as error:
        sock.close()
        raise connection_error(error, host, port) from error
    except MailboxError:
        sock.close()
        raise


def tls_context() -> ssl.SSLContext:
    """TLS 1.2 and later, with the certificate and its name checked."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _addresses(host: str) -> list[Address]:
    try:
        return refuse_forbidden_host(host, allow_private=settings.MAIL_SERVERS_ON_PRIVATE_NETWORKS)
    except UnknownHost as error:
        raise MailboxError(f"There is no server with the name {host}. Check the name.") from error
    except ForbiddenHost as error:
        raise MailboxError(
            f"{host} is not on the public internet, so it is not spoken to. If it is your own "
            "mail server, set MAIL_SERVERS_ON_PRIVATE_NETWORKS."
        ) from error


def _is_loopback(sock: socket.socket) -> bool:
    return ipaddress.ip_address(sock.getpeername()[0]).is_loopback
