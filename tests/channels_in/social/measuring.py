"""Labelled posts, and how often triage says the same about them as a person did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from channels_in.social.triage import Kind, Post, Score, Tier, triage
from channels_in.social.triage.post import TIER_OF

POSTS = Path(__file__).parent / "posts"
OURS = ("BrightCart", "Fernwell")


@dataclass(frozen=True)
class Labelled:
    """A post with what a person says it is."""

    kind: Kind
    language: str
    post: Post


@dataclass(frozen=True)
class Measure:
    precision: float
    recall: float
    number: int


def labelled(name: str) -> list[Labelled]:
    """The posts of a file: kind, language, where it stands, text; parted by tabs."""
    rows = []
    for line in (POSTS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        kind, language, place, text = line.split("\t")
        post = Post(
            text,
            is_private=place == "dm",
            answers_us=place == "reply",
            quotes_us=place == "quote",
            own_names=OURS,
        )
        rows.append(Labelled(Kind(kind), language, post))
    return rows


def measured(rows: Iterable[Labelled]) -> dict[Tier, Measure]:
    """Precision and recall of each tier."""
    said, meant, both = Counter[Tier](), Counter[Tier](), Counter[Tier]()
    for row in rows:
        tier, right = triage(row.post).tier, TIER_OF[row.kind]
        said[tier] += 1
        meant[right] += 1
        both[right] += tier is right
    return {
        tier: Measure(both[tier] / max(said[tier], 1), both[tier] / meant[tier], meant[tier])
        for tier in Tier
    }


def as_table(title: str, measures: dict[Tier, Measure]) -> str:
    lines = [f"{title:<16}{'precision':>10}{'recall':>8}{'posts':>7}"]
    for tier, measure in measures.items():
        lines.append(
            f"  {tier:<14}{measure.precision:>10.3f}{measure.recall:>8.3f}{measure.number:>7}"
        )
    return "\n".join(lines)


def misjudged(rows: Iterable[Labelled]) -> list[tuple[Labelled, Score]]:
    """For tuning, on the tuned set only."""
    pairs = ((row, triage(row.post)) for row in rows)
    return [(row, score) for row, score in pairs if score.tier is not TIER_OF[row.kind]]
