"""What became of one rule on one submit, as it is kept in RuleRun."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from macros.models import RuleRun

FIRED, NOT_MET, FAILED, STOPPED = "f", "n", "e", "s"
_ELSEWHERE = 255  # in place of a condition's number: this rule's result lies in `results`


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


class Roster:
    """Rules that are judged together, so that what did not hold of them takes few bytes.

    The same rules are judged submit after submit: their ids and revisions are put together once.
    A submit adds a byte a rule, and all of it is compressed: some 500 bytes for 500 triggers.
    """

    def __init__(self, rules: Sequence[tuple[int, int]]) -> None:
        """`rules` are ids and revisions, in any order."""
        self._ids = sorted(rule_id for rule_id, _ in rules)
        revisions = dict(rules)
        self._head = (
            array("I", [len(rules)]).tobytes()
            + array("q", [after - before for before, after in pairwise((0, *self._ids))]).tobytes()
            + array("I", [revisions[rule_id] for rule_id in self._ids]).tobytes()
        )

    def pack(self, unmet: Mapping[int, int]) -> bytes:
        """`unmet` has the number of the deciding condition (0 to 254) by rule id; rules that are
        missing there have their result elsewhere.
        """
        numbers = bytes(unmet.get(rule_id, _ELSEWHERE) for rule_id in self._ids)
        return zlib.compress(self._head + numbers, 1)


def results_of(run: RuleRun) -> list[Result]:
    """Everything that is known of a run: what happened first, then what did not, by id."""
    return [*map(Result.from_json, run.results), *_unpacked(bytes(run.not_met))]


def result_of(run: RuleRun, rule_id: int) -> Result | None:
    """What became of one rule, without unpacking the others; None when it was not looked at."""
    happened = next((row for row in run.results if row[0] == rule_id), None)
    if happened is not None:
        return Result.from_json(happened)
    ids, revisions, numbers = _opened(bytes(run.not_met))
    if rule_id not in ids:
        return None
    place = ids.index(rule_id)
    if numbers[place] == _ELSEWHERE:
        return None
    return Result(rule_id, revisions[place], NOT_MET, numbers[place])


def _unpacked(packed: bytes) -> Iterable[Result]:
    for rule_id, revision, number in zip(*_opened(packed), strict=True):
        if number != _ELSEWHERE:
            yield Result(rule_id, revision, NOT_MET, number)


def _opened(packed: bytes) -> tuple[list[int], array[int], bytes]:
    """Ids, revisions and numbers of conditions, beside each other."""
    count, steps, revisions = array("I"), array("q"), array("I")
    if not packed:
        return [], revisions, b""
    raw = zlib.decompress(packed)
    count.frombytes(raw[:4])
    ids_end, revisions_end = 4 + 8 * count[0], 4 + 12 * count[0]
    steps.frombytes(raw[4:ids_end])
    revisions.frombytes(raw[ids_end:revisions_end])
    return list(accumulate(steps)), revisions, raw[revisions_end:]
