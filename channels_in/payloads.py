"""Reading JSON that a network sent: whatever stands there, the answer is of the kind asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from channels_in.adapters import UnreadableMessage
from core.text import storable

LONGEST = 100_000  # letters of one text
_LATEST = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
SUBJECT = 80  # letters
EXTERNAL_ID = 80  # letters of InboundItem.external_id


class Payload:
    """An object of a payload, or an empty one where it is missing or something else."""

    __slots__ = ("values",)

    def __init__(self, values: object = None) -> None:
        self.values: dict[str, Any] = values if isinstance(values, dict) else {}

    def __bool__(self) -> bool:
        return bool(self.values)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def of(self, name: str) -> Payload:
        """The object under a name."""
        return Payload(self.values.get(name))

    def each(self, name: str) -> Iterator[Payload]:
        """The objects of a list."""
        rows = self.values.get(name)
        return (Payload(row) for row in (rows if isinstance(rows, list) else []))

    def first(self, name: str) -> Payload:
        return next(self.each(name), Payload())

    def text(self, name: str) -> str:
        """A text or a number as text, fit to be stored; empty for everything else."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return ""
        return storable(str(value))[:LONGEST]

    def number(self, name: str) -> int | None:
        """A whole number, also one written as a text."""
        value = self.values.get(name)
        if isinstance(value, bool):
            return None
        try:
            return int(value) if value is not None else None
        except (TypeError, ValueError, OverflowError):
            return None

    def moment(self, name: str, *, per_second: int = 1) -> datetime | None:
        """Seconds since 1970, or parts of them."""
        number = self.number(name)
        if number is None or not 0 < number / per_second < _LATEST:
            return None
        return datetime.fromtimestamp(number / per_second, UTC)


def payload_of(raw: bytes) -> Payload:
    """A stored JSON object. Raises UnreadableMessage."""
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise UnreadableMessage("This is no JSON.") from error
    if not isinstance(values, dict):
        raise UnreadableMessage("This is no JSON object.")
    return Payload(values)


def stored(**parts: Any) -> bytes:
    """One message of a payload as it is stored: the same message is always the same bytes."""
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def subject_of(text: str) -> str:
    """The beginning of a message, for networks without subjects: its first line, cut at a word."""
    line = next((line for line in map(str.strip, text.splitlines()) if line), "")
    line = " ".join(line.split())
    if len(line) <= SUBJECT:
        return line
    cut = line[: SUBJECT - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def place_text(latitude: str, longitude: str, *words: str) -> str:
    """A shared location as people read it: its name, and a link to a map of it."""
    lines = [word.strip() for word in words if word.strip()]
    if latitude and longitude:
        lines.append(
            f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}"
            f"#map=17/{latitude}/{longitude}"
        )
    return "\n".join(["📍 " + lines[0], *lines[1:]]) if lines else "📍"


def card_text(name: str, *lines: str) -> str:
    """A shared contact: the name, then numbers and addresses."""
    return "\n".join([f"👤 {name.strip()}".rstrip(), *(line for line in lines if line.strip())])


def external_id(key: str) -> str:
    """A network's id as it fits the row of a received message; long ones by their digest."""
    return key if len(key) <= EXTERNAL_ID else hashlib.sha256(key.encode()).hexdigest()
