"""The world's mail server as our sender meets it: sometimes busy, sometimes the line goes dead."""

from __future__ import annotations

import random
import threading
from collections import Counter
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.journeys.house import free_port


class Sink:
    """Takes mail and counts each Message-ID that it has taken."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._lock = threading.Lock()
        self.taken: Counter[str] = Counter()
        self.mischief: Counter[str] = Counter()
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Sink:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def behave(self) -> None:
        """No mischief from now on."""
        with self._lock:
            self._rng = _Never()

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._happens(0.02, "busy"):
            return "450 4.2.1 Mailbox is busy"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self._happens(0.03, "put off"):
            return "451 4.3.0 Try again later"
        if self._happens(0.02, "dead line, not taken"):
            server.transport.abort()
            return "250 nobody hears this"
        with self._lock:
            mail = message_from_bytes(envelope.original_content or b"")
            self.taken[str(mail["Message-ID"]).strip("<> ")] += 1
        if self._happens(0.02, "dead line, taken"):
            server.transport.abort()
        return "250 2.0.0 Taken"

    def _happens(self, chance: float, what: str) -> bool:
        with self._lock:
            happens = self._rng.random() < chance
            self.mischief[what] += happens
            return happens


class _Never(random.Random):
    def random(self) -> float:
        return 1.0
