"""Made-up language for the benchmarks: 8,000 words that occur as words do (Zipf), deterministic.

With a few words only, every ticket would contain every word, and searching would measure nothing
that happens in a real help desk.
"""

from __future__ import annotations

import random
from itertools import accumulate

_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeio"]


def _make_words(count: int) -> list[str]:
    rng = random.Random(1)
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(rng.choices(_SYLLABLES, k=rng.randrange(2, 5)))] = None
    return list(words)


WORDS = _make_words(8_000)
_CUMULATED = list(accumulate(1 / rank for rank in range(1, len(WORDS) + 1)))


def sentence(rng: random.Random, count: int) -> str:
    """`count` words, the first with a capital letter."""
    return " ".join(rng.choices(WORDS, cum_weights=_CUMULATED, k=count)).capitalize()
