"""Verdicts of the first look at a message: may it become a comment at all?"""

from __future__ import annotations

from dataclasses import dataclass

from channels_in.models import Fate


@dataclass(frozen=True, slots=True)
class Verdict:
    """`fate` is COMMENT for what may pass; otherwise what becomes of it, and why.

    `may_be_answered` is False for what passes, but looks as if no person waited for an answer: no
    machine may answer it, whatever the message itself says.
    """

    fate: str = Fate.COMMENT
    reason: str = ""
    detail: str = ""
    may_be_answered: bool = True

    @property
    def passes(self) -> bool:
        return self.fate == Fate.COMMENT


PASS = Verdict()
