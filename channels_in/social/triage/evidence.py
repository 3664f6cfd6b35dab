"""What a post says, list by list: phrases that mean the contrary are taken out first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from channels_in.social.triage.lexicon import Hit, Lexicon
from channels_in.social.triage.reading import Reading

LANGUAGES = ("en", "de", "es", "fr")

_NUMBER = re.compile(r"(?<!\S)\d{4,}(?!\S)")
_DENIED_WITHIN = 3  # words between "not" and what it denies
_HIDDEN = "\x00"
_PLAIN_LISTS = (
    "asks", "wishes", "business", "trouble", "wrong", "anger", "irony", "urgent", "danger",
    "down", "many", "thanks", "solved", "insults", "quarrel", "bait", "weak_bait",
)  # fmt: skip


@dataclass(slots=True)
class Evidence:
    """The words found, by the name of their list; `praise_denied` is praise with a "not"."""

    hits: dict[str, list[str]] = field(default_factory=dict)
    names: Sequence[str] = ()
    tags: Sequence[str] = ()
    signs: Sequence[str] = ()
    links: int = 0
    asks: bool = False
    has_number: bool = False
    has_quotation: bool = False
    begins_with_name: str = ""

    def of(self, *lists: str) -> list[str]:
        """What was found of these lists."""
        return [words for name in lists for words in self.hits.get(name, ())]

    @property
    def weight(self) -> int:
        """How many words were recognised."""
        return sum(len(words.split()) for hits in self.hits.values() for words in hits)


def gather(reading: Reading, language: str) -> Evidence:
    """Look for the phrases of this language and for those of every language.

    A language without a list of its own is read as English: people write to companies in it.
    """
    evidence = Evidence(
        names=reading.names, tags=reading.tags, signs=reading.signs, links=reading.links,
        asks=reading.asks, has_number=_NUMBER.search(reading.folded) is not None,
        has_quotation=reading.has_quotation, begins_with_name=reading.begins_with_name,
    )  # fmt: skip
    lexicons = (_lexicon(language if language in LANGUAGES else "en"), _lexicon("universal"))
    whole = reading.folded
    _note(evidence, "at_peace", _found(lexicons, "at_peace", reading), hides_in=reading)
    for name in _PLAIN_LISTS:
        _note(evidence, name, _found(lexicons, name, reading))
    denied: list[Hit] = []
    meant: list[Hit] = []
    for hit in _found(lexicons, "praise", reading):
        (denied if _is_denied(hit, lexicons[0], reading) else meant).append(hit)
    _note(evidence, "praise", meant)
    _note(evidence, "praise_denied", denied)
    reading.folded = whole
    return evidence


def likeliest_language(reading: Reading, guessed: str) -> str:
    """For posts of few words: the language whose phrases they have most of, or the guess."""
    weights = {language: gather(reading, language).weight for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: (weights[language], language == guessed))
    return best if weights[best] > weights.get(guessed, 0) else guessed


def _found(lexicons: Sequence[Lexicon], name: str, reading: Reading) -> list[Hit]:
    """The hits of all lexicons, each place of the post once."""
    hits: list[Hit] = []
    for lexicon in lexicons:
        for hit in lexicon.find(name, reading):
            if all(hit.end <= other.start or hit.start >= other.end for other in hits):
                hits.append(hit)
    return hits


def _note(
    evidence: Evidence, name: str, hits: Sequence[Hit], *, hides_in: Reading | None = None
) -> None:
    evidence.hits[name] = [hit.words for hit in hits]
    if hides_in:
        for hit in hits:
            hidden = _HIDDEN * (hit.end - hit.start)
            hides_in.folded = hides_in.folded[: hit.start] + hidden + hides_in.folded[hit.end :]


def _is_denied(hit: Hit, lexicon: Lexicon, reading: Reading) -> bool:
    """Whether a "not" stands a few words before it."""
    before = reading.folded[: hit.start].split(" ")[-_DENIED_WITHIN - 1 :]
    return any(lexicon.compiled["not_"].fullmatch(word) for word in before if word)


@cache
def _lexicon(name: str) -> Lexicon:
    module = import_module(f"channels_in.social.triage.words.{name}")
    lexicon: Lexicon = module.LEXICON
    return lexicon
