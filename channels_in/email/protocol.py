"""SMTP and LMTP as strangers speak them: aiosmtpd's protocol with bounds on all that they may use.

End of data is `CRLF . CRLF` and nothing else (aiosmtpd ≥ 1.4.5): a bare LF or CR around the dot is
text, so a message cannot be smuggled inside another one (CVE-2023-51764 and its kin).
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, syntax
from django.conf import settings

from channels_in.email.certificate import Certificate

logger = logging.getLogger(__name__)

LINE_LENGTH = 1_000_000  # broken programs send html as one line; only memory has to bound it
IDLE_SECONDS = 300  # without a command, RFC 5321 §4.5.3.2.7
DATA_SECONDS = 900  # for one whole message: a slow line is not a reason to lose mail, a trickle is
CONNECTIONS = 400
CONNECTIONS_OF_A_PEER = 100  # a company's one mail server in front may well use fifty
BYTES_IN_FLIGHT = 256 * 1024 * 1024  # of all messages that are just being received
SMALL_BYTES = 1024 * 1024  # messages up to here come in even then
MANY_TIMES = 4  # the size limit: who sends more than that is cut off instead of heard out
# Commands in one session. A server that reuses its connection is told to make a new one (421).
CALLS = {"MAIL": 1_000, "DATA": 1_000, "RSET": 1_000, "RCPT": 10_000, "*": 50}


@dataclass
class Door:
    """What the connections of one listening process share: the counts that bound them."""

    certificate: Certificate
    peers: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0

    def lets_in(self, peer: str) -> bool:
        """Whether one more connection from there is within the limits."""
        return self.peers.total() < CONNECTIONS and self.peers[peer] < CONNECTIONS_OF_A_PEER


class BoundedSMTP(SMTP):
    """SMTP with the bounds of this module."""

    line_length_limit = LINE_LENGTH
    may_require_tls = True

    def __init__(self, handler: Any, door: Door, loop: asyncio.AbstractEventLoop) -> None:
        must_encrypt = settings.SMTP_TLS_REQUIRED and self.may_require_tls
        context = door.certificate.context()
        self._door = door
        self._peer: str | None = None  # as counted at the door
        self._received = 0  # bytes of the message that is just coming in
        self._held = 0  # those of them that lie in memory
        self._lacks_certificate = must_encrypt and context is None
        super().__init__(
            handler, data_size_limit=settings.MAIL_MAX_BYTES, enable_SMTPUTF8=True,
            hostname=socket.gethostname(), ident="Help desk", timeout=IDLE_SECONDS, loop=loop,
            tls_context=context, require_starttls=must_encrypt,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],  # nobody signs in here
            command_call_limit=CALLS,
        )  # fmt: skip

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection, or turn it away before it costs anything."""
        if self._peer is None:  # else it is the same one, encrypted from now on
            address = transport.get_extra_info("peername")
            peer = str(address[0]) if isinstance(address, tuple) and address else "local"
            if self._lacks_certificate:
                logger.error("smtp.no_certificate")
                return self._turn_away(transport, "421 4.7.0 Encryption is not available now")
            if not self._door.lets_in(peer):
                logger.warning("smtp.turned_away", extra={"connections": self._door.peers.total()})
                return self._turn_away(transport, "421 4.7.0 Too many connections")
            self._peer = peer
            self._door.peers[peer] += 1
        return super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self._peer is None:
            return
        self._door.peers[self._peer] -= 1
        if not self._door.peers[self._peer]:
            del self._door.peers[self._peer]
        self._peer = None
        self._let_go()
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        """Keep an account of the memory that unfinished messages take."""
        if self._peer is None:
            return
        self._received += len(data)
        held = min(self._received, settings.MAIL_MAX_BYTES)  # what is beyond is thrown away
        self._door.in_flight += held - self._held
        self._held = held
        if self._received > MANY_TIMES * settings.MAIL_MAX_BYTES:
            self._turn_away(self.transport, "552 5.3.4 Far too much mail data")
        elif self._door.in_flight > BYTES_IN_FLIGHT and held > SMALL_BYTES:
            logger.warning("smtp.memory_full", extra={"bytes": self._door.in_flight})
            self._turn_away(self.transport, "421 4.3.2 Too much mail at once, try again later")
        else:
            super().data_received(data)

    def eof_received(self) -> bool | None:
        return super().eof_received() if self._peer is not None else False

    @staticmethod
    def _turn_away(transport: asyncio.BaseTransport | None, words: str) -> None:
        if isinstance(transport, asyncio.WriteTransport) and not transport.is_closing():
            transport.write(f"{words}\r\n".encode())
            transport.close()

    def _set_post_data_state(self) -> None:
        self._let_go()
        super()._set_post_data_state()

    def _let_go(self) -> None:
        self._door.in_flight -= self._held
        self._received = self._held = 0

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        try:
            return super()._getaddr(arg)
        except IndexError:  # the standard library's parser on `<` and the like
            return None, None

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  aiosmtpd's name
        self._reset_timeout(DATA_SECONDS)
        await super().smtp_DATA(arg)
        if self.transport is not None:
            self._reset_timeout()


class BoundedLMTP(LMTP, BoundedSMTP):
    """LMTP for a mail server in front, most often on the same machine: encrypted if it likes."""

    may_require_tls = False
