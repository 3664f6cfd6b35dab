"""What is known of how a form was filled in; it lies in the item's envelope. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Signals:
    """`seconds` between the page and its sending; `wanted_bits` of work and how many were shown.

    `excess` says what there was too much of, empty when nothing. `network` is a /24 or a /56.
    """

    seconds: int = 0
    wanted_bits: int = 0
    shown_bits: int = 0
    is_trapped: bool = False
    excess: str = ""
    network: str = ""
    digest: str = ""

    def as_envelope(self) -> dict[str, Any]:
        return {"via": "form", **asdict(self)}


def signals_of(envelope: dict[str, Any]) -> Signals:
    """From a stored item; what it does not say speaks for nobody."""
    known = {name: envelope[name] for name in Signals.__slots__ if name in envelope}
    return Signals(**known)


def bits_of_work(nonce: str, counter: str) -> int:
    """Leading zero bits of SHA-256 over `nonce:counter` (hashcash, with a modern hash)."""
    if not counter.isdecimal() or len(counter) > 16:
        return 0
    digest = hashlib.sha256(f"{nonce}:{counter}".encode()).digest()
    return 256 - int.from_bytes(digest).bit_length()
