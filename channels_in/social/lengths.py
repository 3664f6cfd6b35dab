"""How long a text is, as each network counts it. Pure."""

from __future__ import annotations

import re
import unicodedata

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w/@])@(\w+(?:[\w.-]*\w)?)@[\w.-]+\w")
_JOINER = "\u200d"
_LINK_LENGTH = 23  # whatever a link's real length: Mastodon shortens them


def graphemes(text: str) -> int:
    """What people see as letters (UAX #29, without its rarest rules): Bluesky counts so."""
    count = 0
    joins = False
    flags = 0
    before = ""
    for letter in text:
        is_flag = "\U0001f1e6" <= letter <= "\U0001f1ff"
        flags = flags + 1 if is_flag else 0
        continues = (
            _extends(letter)
            or joins
            or (is_flag and flags % 2 == 0)
            or (before == "\r" and letter == "\n")
        )
        if not continues or not before:
            count += 1
        joins = letter == _JOINER
        before = letter
    return count


def mastodon(text: str) -> int:
    """Links count 23, a mention counts without its server."""
    text = _LINK.sub("x" * _LINK_LENGTH, text)
    text = _MENTION.sub(r"@\1", text)
    return graphemes(text)


def _extends(letter: str) -> bool:
    """Whether a letter adds to the one before it: accents, joiners, skin tones, variants."""
    return (
        unicodedata.category(letter) in ("Mn", "Me", "Mc")
        or letter == _JOINER
        or "\U0001f3fb" <= letter <= "\U0001f3ff"
        or "\U000e0020" <= letter <= "\U000e007f"
        or "\ufe00" <= letter <= "\ufe0f"
    )
