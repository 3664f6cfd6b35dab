"""What "why?" answers: a sentence, and the chain behind it, the latest link first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from macros.explain.rulebook import RuleRef


@dataclass(frozen=True, slots=True)
class Submit:
    """The update in which something happened: who made it, in a sentence.

    `clause` is the same as the end of another sentence: "when Carol wrote by e-mail".
    """

    audit_id: int
    at: datetime
    who: str
    words: str
    clause: str
    by: RuleRef | None = None  # a rule that acted by itself: an automation, the SLA, routing
    run_id: int | None = None  # what the triggers made of it, while that is kept


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a rule before it in the same update had changed, or the update itself."""

    rule: RuleRef | None
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that happened. Without a rule it was the doing of whoever made the submit.

    `held` are the conditions of the rule's revision, as sentences; `earlier` what of the same
    update they had asked about, the nearest first.
    """

    what: list[str]
    submit: Submit
    rule: RuleRef | None = None
    held: list[str] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answer:
    """`facts` stand between the headline and the chain, `notes` after it: what is not known."""

    title: str
    headline: str
    links: list[Link] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
