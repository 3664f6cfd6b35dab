"""How many messages a text becomes on its way by SMS (3GPP TS 23.038 and 23.040).

In the GSM alphabet a message holds 160 septets, letters of the extension table taking two; once it
is cut, each part loses 7 to the header that puts the parts together. Anything outside the alphabet
turns the whole text into UCS-2: 70 units a message, 67 a part. A part never ends between
the two halves of a letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
GSM, UCS2 = "GSM-7", "UCS-2"
_SIZES = {GSM: (160, 153), UCS2: (70, 67)}


@dataclass(frozen=True, slots=True)
class Segments:
    """`count`: messages that are paid for; `left`: units that fit into the last; `culprits`: the
    letters that turned it into UCS-2.
    """

    encoding: str
    count: int
    units: int
    left: int
    culprits: tuple[str, ...] = ()


def segments_of(text: str) -> Segments:
    """What a text becomes, without sending it."""
    culprits = tuple(dict.fromkeys(each for each in text if each not in BASIC | EXTENDED))
    encoding = UCS2 if culprits else GSM
    sizes = list(_sizes(text, encoding))
    units = sum(sizes)
    whole, part = _SIZES[encoding]
    if units <= whole:
        return Segments(encoding, 1 if units else 0, units, whole - units, culprits[:10])
    count, room = 1, part
    for size in sizes:
        if size > room:
            count, room = count + 1, part
        room -= size
    return Segments(encoding, count, units, room, culprits[:10])


def _sizes(text: str, encoding: str) -> Iterator[int]:
    for letter in text:
        if encoding == UCS2:
            yield 2 if ord(letter) > 0xFFFF else 1
        else:
            yield 2 if letter in EXTENDED else 1
