"""How well a message proves who sent it. Channels fill it in; the letterbox decides by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    PASS = "pass"  # noqa: S105  the sender's domain is proven, and it is the one in From
    FAIL = "fail"  # the domain says how its mail is to be recognised, and this is not
    NONE = "none"  # nothing proves it, nothing refutes it


@dataclass(frozen=True, slots=True)
class SenderProof:
    """`domain` is the one of From; `by` says whose word it is, empty for nobody's.

    `dmarc`, `dkim` and `spf` are the results' words (RFC 8601 §2.7), `policy` what the domain asks
    to be done with unproven mail (RFC 7489 §6.3): reject, quarantine, none, or empty if not known.
    """

    standing: Standing = Standing.NONE
    domain: str = ""
    by: str = ""
    dmarc: str = ""
    dkim: str = ""
    spf: str = ""
    policy: str = ""

    @property
    def is_proven(self) -> bool:
        return self.standing is Standing.PASS

    @property
    def is_unwanted(self) -> bool:
        """Whether the domain's owner asks everybody not to accept such mail as theirs."""
        return self.standing is Standing.FAIL and self.policy in ("reject", "quarantine")

    def as_json(self) -> dict[str, str]:
        """For Comment.metadata["sender"]; empty words are left out."""
        words = {name: str(getattr(self, name)) for name in self.__slots__}
        return {name: word for name, word in words.items() if word}


UNPROVEN = SenderProof()
