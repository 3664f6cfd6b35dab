"""The SMTP and LMTP listener: says 250 only once a message is committed.

Messages that arrive at the same time are stored by one insert: a writer takes whatever waits,
commits it, and lets all the senders go. A database that is away means 451: the sender keeps the
mail and comes again (RFC 5321 §4.2.5); nothing is ever accepted that is not stored.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import OperationalError, connection

from channels_in.accounts import account_of, account_of_any
from channels_in.email.certificate import Certificate
from channels_in.email.protocol import BoundedLMTP, BoundedSMTP, Door
from channels_in.receive import RawMessage, receive

logger = logging.getLogger(__name__)

RECIPIENTS_LIMIT = 100  # RFC 5321 §4.5.3.1.8 asks for at least that many
WRITE_BATCH = 100
WRITE_BYTES = 32 * 1024 * 1024

_Waiting = tuple[RawMessage, asyncio.Future[None]]


class Listener:
    """The handler of aiosmtpd's protocol classes, shared by all connections."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._database = ThreadPoolExecutor(max_workers=1, thread_name_prefix="listener-db")

    async def handle_EHLO(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, lines: list[str]
    ) -> list[str]:
        """Offer pipelining, which reading line by line allows, and nothing to sign in with."""
        session.host_name = hostname
        kept = [line for line in lines if not line.startswith("250-AUTH")]
        return [*kept[:-1], "250-PIPELINING", kept[-1]]

    async def handle_VRFY(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str
    ) -> str:
        """Tell nobody which addresses there are without a message for them."""
        return "502 5.5.1 VRFY is not offered"

    async def handle_exception(self, error: Exception) -> str:
        """Keep our mistakes out of the answer; the sender keeps the mail and comes again."""
        logger.error("smtp.session_failed", exc_info=error)
        return "451 4.3.0 Something went wrong here, try again later"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse unknown recipients at once, so that the sender's server can tell its user."""
        if len(envelope.rcpt_tos) >= RECIPIENTS_LIMIT:
            return "452 4.5.3 Too many recipients"
        try:
            account = await self._in_thread(account_of, address)
        except DatabaseError:
            logger.warning("smtp.no_database")
            return "451 4.3.0 Temporarily unable to look up the recipient, try again later"
        if account is None and not settings.MAIL_ACCEPT_ANY_RECIPIENT:
            logger.info("smtp.unknown_recipient")
            return "550 5.1.1 There is no such address here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Store the message; answer when it is safe."""
        return await self._store(session, envelope)

    async def _store(self, session: Session, envelope: Envelope) -> str:
        raw = envelope.original_content or b""
        try:
            account = await self._in_thread(account_of_any, list(envelope.rcpt_tos))
            stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            message = RawMessage(account=account, raw=raw, envelope=_about(session, envelope))
            await self._waiting.put((message, stored))
            await stored
        except (DatabaseError, OSError) as error:
            logger.warning("smtp.not_stored", extra={"why": type(error).__name__})
            return "451 4.3.0 The message could not be stored, try again later"
        return "250 2.0.0 Stored"

    async def write_forever(self) -> None:
        """Commit what waits, batch by batch."""
        while True:
            batch = [await self._waiting.get()]
            weight = len(batch[0][0].raw)
            while not self._waiting.empty() and len(batch) < WRITE_BATCH and weight < WRITE_BYTES:
                batch.append(self._waiting.get_nowait())
                weight += len(batch[-1][0].raw)
            await self._write(batch)

    async def _write(self, batch: Sequence[_Waiting]) -> None:
        try:
            await self._in_thread(receive, [message for message, _ in batch])
        except Exception as error:
            # Nothing of the batch is stored. Unless it is the database that is away, one message
            # may be at fault, which must not hold up the others.
            if len(batch) > 1 and not isinstance(error, OperationalError):
                for one in batch:
                    await self._write([one])
                return
            logger.exception("smtp.batch_failed", extra={"messages": len(batch)})
            for _, stored in batch:
                if not stored.done():
                    stored.set_exception(OSError(str(error)))
            return
        for _, stored in batch:
            if not stored.done():
                stored.set_result(None)

    async def _in_thread(self, function: Any, *args: Any) -> Any:
        def call() -> Any:
            try:
                return function(*args)
            finally:
                connection.close()  # back into the pool; a broken one is not used again

        return await asyncio.get_running_loop().run_in_executor(self._database, call)


class _PerRecipient(Listener):
    """LMTP answers once for every recipient (RFC 2033 §4.2); the message is stored once."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await self._store(session, envelope)
        return "\r\n".join([answer] * len(envelope.rcpt_tos))


def _about(session: Session, envelope: Envelope) -> dict[str, Any]:
    peer = session.peer[0] if isinstance(session.peer, tuple) else "local"
    sender = _storable(envelope.mail_from or "")
    return {
        "via": "smtp",
        "from": "" if sender == "<>" else sender,
        "to": [_storable(address) for address in envelope.rcpt_tos],
        "peer": peer,
        "helo": _storable(session.host_name or ""),
    }


def _storable(text: str) -> str:
    """What a stranger's program said, as PostgreSQL takes it: no NUL, no lone surrogates."""
    return text.replace("\0", "").encode(errors="replace").decode()[:400]


async def serve(*, smtp: str = "", lmtp: str = "") -> None:
    """Listen on `host:port` addresses until cancelled. Raises OSError when one is taken."""
    loop = asyncio.get_running_loop()
    door = Door(Certificate(settings.SMTP_TLS_CERT, settings.SMTP_TLS_KEY))
    servers = []
    writers = []
    for address, protocol, handler in (
        (smtp, BoundedSMTP, Listener()),
        (lmtp, BoundedLMTP, _PerRecipient()),
    ):
        if not address:
            continue
        host, _, port = address.rpartition(":")
        writers.append(loop.create_task(handler.write_forever()))
        servers.append(
            await loop.create_server(
                partial(protocol, handler, door, loop),
                host=host.strip("[]") or None, port=int(port), reuse_address=True,
            )
        )  # fmt: skip
        logger.info(
            "mail.listening",
            extra={"protocol": protocol.__name__.removeprefix("Bounded"), "address": address},
        )
    await asyncio.gather(*writers, *(server.serve_forever() for server in servers))
