"""A forwarded mail inside a text: who wrote it, what it says, what the forwarder wrote above."""

from __future__ import annotations

import re
from dataclasses import dataclass

from channels_in.email.parse.addresses import parse_addresses
from channels_in.email.parse.quotes.marks import (
    is_forwarded_message,
    is_original_message,
    is_rule,
    read_header_key,
    read_header_value,
)
from channels_in.email.parse.readable import find_forwarded_sender
from channels_in.email.parse.reply import split_reply
from channels_in.messages import Address

_LINES = 400  # a forward begins near the top
_HEADER_LINES = 20
_QUOTE = re.compile(r"^\s{0,3}> ?")
_ADDRESSES_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Forward:
    """`note` is what stands above the forwarded mail, `text` what it says itself."""

    sender: Address
    subject: str
    text: str
    note: str
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()


def read_forward(text: str) -> Forward | None:
    """The first mail forwarded inside a text; None when no sender of one can be found."""
    sender = find_forwarded_sender(text)
    lines = text.split("\n")
    begin = _begin(lines)
    if sender is None or begin is None:
        return None
    inner = _unquoted(lines[begin:])
    headers, body = _headers(inner)
    if "from" not in headers:
        return None
    above = "\n".join(lines[:begin]).strip()
    return Forward(
        sender=sender,
        subject=" ".join(headers.get("subject", "").split())[:998],
        text="\n".join(body).strip("\n"),
        note=split_reply(above).reply.strip() if above else "",
        to=_addresses(headers.get("to", "")),
        cc=_addresses(headers.get("cc", "")),
    )


def _begin(lines: list[str]) -> int | None:
    """The line of dashes above the header block, or the block's first line."""
    for index, line in enumerate(lines[:_LINES]):
        plain = _QUOTE.sub("", line)
        if is_forwarded_message(plain) or is_original_message(plain):
            return index
        if read_header_key(plain) and _count_keys(lines, index) >= 3:
            return index
    return None


def _count_keys(lines: list[str], index: int) -> int:
    following = (_QUOTE.sub("", line) for line in lines[index : index + 8])
    return len({read_header_key(line) for line in following} - {None})


def _unquoted(lines: list[str]) -> list[str]:
    """Apple Mail forwards with `> ` before each line: taken away when all lines have it."""
    written = [line for line in lines if line.strip()]
    inside = written[1:] if written and not _QUOTE.match(written[0]) else written
    if inside and all(_QUOTE.match(line) for line in inside):
        return [_QUOTE.sub("", line, count=1) for line in lines]
    return lines


def _headers(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """The values of the header block by kind, and the lines after it."""
    headers: dict[str, str] = {}
    latest = ""
    for index, line in enumerate(lines[:_HEADER_LINES]):
        key = read_header_key(line)
        if key:
            latest = key
            headers.setdefault(key, read_header_value(line))
        elif not line.strip():
            if headers:
                return headers, lines[index + 1 :]
        elif headers and "@" in line and latest in ("from", "to", "cc"):
            headers[latest] += f" {line.strip()}"  # a wrapped list of addresses
        elif headers or not (
            is_forwarded_message(line) or is_original_message(line) or is_rule(line)
        ):
            return headers, lines[index:]
    return headers, lines[_HEADER_LINES:]


def _is_divider(line: str) -> bool:
    return is_forwarded_message(line) or is_original_message(line) or is_rule(line)


def _addresses(value: str) -> tuple[Address, ...]:
    return parse_addresses(value.encode("utf-8", "replace"), limit=_ADDRESSES_LIMIT)
