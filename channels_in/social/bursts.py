"""Many people about the same thing within a short time: a likely incident.

Pure and bounded: at most POSTS posts are looked at, WORDS words of each, BURSTS groups are made. A
group needs several people (one who writes ten times is one), and a word that is rare in the usual
stream or much more frequent now than usual: "order" alone makes no incident.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels_in.social.triage.language import is_frequent
from channels_in.social.triage.reading import read

WINDOW = timedelta(minutes=90)
AUTHORS = 4  # distinct people that make a burst
POSTS = 400
WORDS = 40
BURSTS = 5
_TIMES_USUAL = 4.0  # how much more frequent than usual a word has to be
_SAME = 0.5  # share of a group's posts that a word must be in to speak for the group
_NAMED = 4  # words that name a group

_LETTERS = re.compile(r"[^\W\d_]{4,}|app|api|web|\d{3}")


@dataclass(frozen=True, slots=True)
class Voice:
    """One post that needs somebody, as the search for bursts sees it."""

    id: int
    author: str
    posted_at: datetime
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Usual:
    """What the stream normally talks about: in how many of `posts` each word stands."""

    posts: int
    words: Mapping[str, int]

    def share(self, word: str) -> float:
        """The share of usual posts with this word; never 0, as nothing is impossible."""
        return (self.words.get(word, 0) + 0.5) / (self.posts + 20)


@dataclass(frozen=True, slots=True)
class Burst:
    """Posts about one thing. `words` name it, the most telling first."""

    words: tuple[str, ...]
    post_ids: tuple[int, ...]
    authors: int
    first_at: datetime
    last_at: datetime


def telling_words(text: str) -> frozenset[str]:
    """The words of a post that can say what it is about: stems, without the most frequent."""
    words: list[str] = []
    for word in read(text).words:
        if _LETTERS.fullmatch(word) and not is_frequent(word):
            words.append(stem(word))
    return frozenset(words[:WORDS])


def stem(word: str) -> str:
    """A crude stem that serves four languages: endings of number and case fall away."""
    for ending in ("ungen", "ing", "ed", "es", "en", "er", "s", "e", "n"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def usual_of(texts: Iterable[frozenset[str]]) -> Usual:
    """Count the words of the usual stream."""
    counts: Counter[str] = Counter()
    number = 0
    for words in texts:
        counts.update(words)
        number += 1
    return Usual(number, counts)


def find_bursts(voices: Sequence[Voice], usual: Usual, *, now: datetime) -> list[Burst]:
    """Groups of posts of the last WINDOW about the same thing, the largest first."""
    recent = [voice for voice in voices if now - WINDOW <= voice.posted_at <= now]
    left = sorted(recent, key=lambda voice: voice.posted_at, reverse=True)[:POSTS]
    bursts: list[Burst] = []
    while len(bursts) < BURSTS:
        group = _largest_group(left, usual)
        if group is None:
            break
        bursts.append(group)
        taken = set(group.post_ids)
        left = [voice for voice in left if voice.id not in taken]
    return bursts


def _largest_group(voices: Sequence[Voice], usual: Usual) -> Burst | None:
    people = _people_by_word(voices)
    everybody = len({voice.author for voice in voices})
    unusual = {
        word: len(authors)
        for word, authors in people.items()
        if len(authors) >= AUTHORS and len(authors) / everybody >= _TIMES_USUAL * usual.share(word)
    }
    if not unusual:
        return None
    seed = max(unusual, key=lambda word: (unusual[word], -usual.share(word), word))
    group = _about(voices, seed, unusual)
    named = Counter(word for voice in group for word in voice.words if word in unusual)
    words = sorted(
        (word for word, number in named.items() if number >= _SAME * len(group) or word == seed),
        key=lambda word: (word != seed, usual.share(word), -named[word], word),
    )
    moments = [voice.posted_at for voice in group]
    return Burst(
        words=tuple(words[:_NAMED]),
        post_ids=tuple(voice.id for voice in group),
        authors=len({voice.author for voice in group}),
        first_at=min(moments),
        last_at=max(moments),
    )


def _about(voices: Sequence[Voice], seed: str, unusual: Mapping[str, int]) -> list[Voice]:
    """Posts with the seed, and those that share two other unusual words with most of them."""
    core = [voice for voice in voices if seed in voice.words]
    counts = Counter(word for voice in core for word in voice.words if word in unusual)
    shared = {word for word, number in counts.items() if number >= _SAME * len(core)} - {seed}
    near = [v for v in voices if seed not in v.words and len(v.words & shared) >= 2]
    return [*core, *near]


def _people_by_word(voices: Sequence[Voice]) -> dict[str, set[str]]:
    people: dict[str, set[str]] = {}
    for voice in voices:
        for word in voice.words:
            people.setdefault(word, set()).add(voice.author)
    return people
