"""The words of a language that triage listens for, written as plain lists and compiled once.

A line is a phrase in folded letters (`reading.fold`). `*` stands for any ending, `(a|b)` for one of
several, `(a )?` for what may be missing, `…` for up to four words between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property

from channels_in.social.triage.reading import Reading

NOTHING = re.compile(r"(?!)")
_ENDING = re.compile(r"(?<=[a-z])(?<!\\w)(?<!\\S)\*")  # not the one of `\w*`


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a list, found."""

    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """One language. Each list is a text, one phrase a line; comments begin with `//`.

    `at_peace` are phrases that look like trouble and say the contrary ("no problems at all"): what
    they cover is not looked at again. `solved` say that trouble is over.
    """

    language: str
    asks: str = ""  # questions to somebody who knows
    wishes: str = ""  # "I would like to …"
    business: str = ""  # orders, accounts, bills: what a question can be about
    trouble: str = ""  # something does not work
    wrong: str = ""  # something went wrong: late, broken, missing, charged twice
    anger: str = ""  # what people say when they complain
    irony: str = ""  # thanks that are none
    urgent: str = ""
    danger: str = ""  # fire, smoke, current, fraud: urgent by themselves
    down: str = ""  # out of service
    many: str = ""  # not only me
    thanks: str = ""
    praise: str = ""
    at_peace: str = ""
    solved: str = ""
    not_: str = ""  # what turns praise into its contrary
    insults: str = ""
    quarrel: str = ""  # opinions about the world, boycotts, people told to be quiet
    bait: str = ""  # giveaways, easy money, followers for sale
    weak_bait: str = ""  # words that are bait together with others

    def find(self, name: str, reading: Reading) -> list[Hit]:
        """Every phrase of the list `name` that the post has, longest first at each place."""
        return [
            Hit(reading.excerpt(match.start(), match.end()), match.start(), match.end())
            for match in self.compiled[name].finditer(reading.folded)
        ]

    @cached_property
    def compiled(self) -> dict[str, re.Pattern[str]]:
        names = [item.name for item in fields(self) if item.name != "language"]
        return {name: _compile(getattr(self, name)) for name in names}


def _compile(block: str) -> re.Pattern[str]:
    phrases = sorted(_phrases(block), key=len, reverse=True)
    if not phrases:
        return NOTHING
    return re.compile(r"(?<!\S)(?:" + "|".join(phrases) + r")(?!\S)")


def _phrases(block: str) -> Iterator[str]:
    for line in block.splitlines():
        phrase = line.partition("//")[0].strip()
        if phrase:
            yield _ENDING.sub(r"\\S*", phrase).replace(" … ", r" (?:\S+ ){0,4}?")
