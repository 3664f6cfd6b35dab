"""What became of one rule on one submit, as it is kept in RuleRun."""

from __future__ import annotations

from dataclasses import dataclass

FIRED, NOT_MET, FAILED, STOPPED = "f", "n", "e", "s"


@dataclass(frozen=True, slots=True)
class Result:
    """`unmet` is the number of the condition that decided against it, in the rule's own order."""

    rule_id: int
    revision: int
    outcome: str
    unmet: int | None = None

    def as_json(self) -> list[int | str | None]:
        return [self.rule_id, self.revision, self.outcome, self.unmet]

    @classmethod
    def from_json(cls, row: list[int | str | None]) -> Result:
        rule_id, revision, outcome, unmet = row
        return cls(
            int(rule_id or 0), int(revision or 0), str(outcome),
            None if unmet is None else int(unmet),
        )  # fmt: skip
