"""Whether a brand's colour can be read (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from dataclasses import dataclass

TEXT, EDGE = 4.5, 3.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A colour with its contrast to white, and what that is good for."""

    color: str
    ratio: float

    @property
    def is_good_for_text(self) -> bool:
        return self.ratio >= TEXT

    @property
    def is_good_for_edges(self) -> bool:
        return self.ratio >= EDGE


def readable_on(color: str) -> Reading | None:
    """The contrast of `#1f6feb` to white paper; None for what is no colour."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", color.strip()):
        return None
    digits = color.strip().lower()
    return Reading(digits, round(contrast(digits, "#ffffff"), 2))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours `#rrggbb`, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
