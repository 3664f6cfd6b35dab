"""A post as triage sees it, and what triage says about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    TICKET = "ticket"  # somebody needs us: at once
    SECOND = "second"  # a like or a friendly word will do
    ALONE = "alone"  # an answer would make it worse, or reach nobody


class Kind(StrEnum):
    OUTAGE = "outage"
    URGENT = "urgent"
    COMPLAINT = "complaint"
    QUESTION = "question"
    PRAISE = "praise"
    MENTION = "mention"
    ARGUING = "arguing"
    SPAM = "spam"


TIER_OF = {
    Kind.OUTAGE: Tier.TICKET,
    Kind.URGENT: Tier.TICKET,
    Kind.COMPLAINT: Tier.TICKET,
    Kind.QUESTION: Tier.TICKET,
    Kind.PRAISE: Tier.SECOND,
    Kind.MENTION: Tier.SECOND,
    Kind.ARGUING: Tier.ALONE,
    Kind.SPAM: Tier.ALONE,
}


class Sentiment(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Post:
    """One post, comment or direct message.

    `language` is what the network says it is written in, as a hint. `answers_us`: it stands beneath
    a post of ours; `quotes_us`: it shows a post of ours to others. `own_names` are our handles
    without "@". `followers` is None where the network does not say.
    """

    text: str
    language: str = ""
    is_private: bool = False
    answers_us: bool = False
    quotes_us: bool = False
    own_names: tuple[str, ...] = ()
    followers: int | None = None
    reactions: int = 0  # likes, reposts and answers together


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: `code` is a name that pages put into words, `words` what the post says itself."""

    code: str
    points: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """What a post is. `urgency` orders the stream: 0 (can wait for ever) to 100 (look now)."""

    kind: Kind
    urgency: int
    sentiment: Sentiment
    language: str  # BCP 47; empty when it cannot be told
    reasons: tuple[Reason, ...]

    @property
    def tier(self) -> Tier:
        return TIER_OF[self.kind]
