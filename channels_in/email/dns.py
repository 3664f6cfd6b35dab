"""DNS for the verification of senders: bounded in time and number, remembered for a while.

A failing name server must slow nothing down: after FAILURES failures in a row nothing is asked for
PAUSE seconds.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import dns.exception
import dns.resolver

LOOKUP_SECONDS = 2.0
KEEP_SECONDS = 600  # answers and absences alike
KEPT_ANSWERS = 4_000
ANSWER_BYTES = 16 * 1024
FAILURES = 5
PAUSE = 30.0

# What is known about a name: bytes for TXT, text for A, AAAA and PTR, (preference, host) for MX.
Lookup = Callable[[str, str, float], list[Any]]


class DnsUnavailable(Exception):
    """Nobody can say at the moment."""


class Answers:
    """A lookup with a memory, shared by all threads of a process."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], tuple[float, list[Any]]] = OrderedDict()
        self._failures = 0
        self._paused_until = 0.0

    def find(self, name: str, kind: str, seconds: float) -> list[Any]:
        """The records of a name, none when it has none. Raises DnsUnavailable."""
        key = (name.lower().rstrip("."), kind)
        now = time.monotonic()
        with self._lock:
            kept = self._kept.get(key)
            if kept and now - kept[0] < KEEP_SECONDS:
                return list(kept[1])
            if now < self._paused_until:
                raise DnsUnavailable("paused")
        try:
            found = self._lookup(key[0], kind, min(seconds, LOOKUP_SECONDS))
        except DnsUnavailable:
            self._note_failure()
            raise
        with self._lock:
            self._failures = 0
            self._kept[key] = (now, found)
            while len(self._kept) > KEPT_ANSWERS:
                self._kept.popitem(last=False)
        return list(found)

    def _note_failure(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._failures = 0
                self._paused_until = time.monotonic() + PAUSE


class Questions:
    """What one mail may ask: so many questions, until a moment of the monotonic clock."""

    def __init__(self, answers: Answers, *, until: float, number: int) -> None:
        self._answers = answers
        self._until = until
        self._left = number

    def ask(self, name: str, kind: str) -> list[Any]:
        """The records of a name. Raises DnsUnavailable."""
        seconds = self._until - time.monotonic()
        self._left -= 1
        if seconds <= 0 or self._left < 0:
            raise DnsUnavailable("no more questions for this mail")
        labels = name.strip(".").split(".")
        if len(name) > 253 or not all(0 < len(label) < 64 for label in labels):
            return []
        return self._answers.find(name, kind, seconds)

    def texts(self, name: str) -> list[bytes]:
        """The TXT records of a name, each in one piece. Raises DnsUnavailable."""
        return [text for text in self.ask(name, "TXT") if len(text) <= ANSWER_BYTES]


def look_up(name: str, kind: str, seconds: float) -> list[Any]:
    """Ask the name servers of this machine. Raises DnsUnavailable."""
    try:
        answer = dns.resolver.resolve(name, kind, lifetime=seconds, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, UnicodeError) as error:
        raise DnsUnavailable(type(error).__name__) from error
    return [_value(kind, record) for record in answer][:100]


def _value(kind: str, record: Any) -> Any:
    if kind == "TXT":
        return b"".join(record.strings)
    if kind == "MX":
        return (record.preference, record.exchange.to_text(omit_final_dot=True))
    if kind == "PTR":
        return record.target.to_text(omit_final_dot=True)
    return record.address
