"""What a rehearsal adds up, batch after batch, and keeps as JSON (Rehearsal.result)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

EXAMPLES = 25  # shown, each on another ticket
MAILS_SHOWN = 3  # of one example
TEXT_SHOWN = 2_000  # letters of a mail, a comment or a call of an example
_REASONS = 20  # different sentences about failures that are counted apart


@dataclass(slots=True)
class Tally:
    """`counts` by name, some with a colon and what of it: `fired`, `judged`, `tickets`,
    `unmet:<number of the condition>`, `change:<field>`, `mail:<whom>`, `webhook:<id>`,
    `failed:<sentence>`; of policies `kept|broken|running:<metric>:<priority>`.

    `examples` and `loops` are dictionaries as `triggers`, `policies` and `loops` make them; `most`
    is the ticket on which the draft fired most often, with how often.
    """

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[dict[str, Any]] = field(default_factory=list)
    loops: dict[str, dict[str, Any]] = field(default_factory=dict)
    most: tuple[int, int] = (0, 0)

    def as_json(self) -> dict[str, Any]:
        return {
            "counts": dict(self.counts), "examples": self.examples, "loops": self.loops,
            "most": list(self.most),
        }  # fmt: skip

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Tally:
        if not raw:
            return cls()
        ticket_id, times = raw["most"]
        return cls(Counter(raw["counts"]), raw["examples"], raw["loops"], (ticket_id, times))

    def fail(self, why: str) -> None:
        """Count a failure by its sentence; those beyond _REASONS together."""
        known = sum(1 for name in self.counts if name.startswith("failed:"))
        name = f"failed:{why}"
        self.counts[name if name in self.counts or known < _REASONS else "failed:"] += 1

    def offer(self, example: dict[str, Any]) -> bool:
        """Keep an example while there is room and its ticket has none; whether it was kept."""
        if len(self.examples) >= EXAMPLES or self.has_example_of(example["ticket"]):
            return False
        self.examples.append(example)
        return True

    def has_example_of(self, ticket_id: int) -> bool:
        return any(each["ticket"] == ticket_id for each in self.examples)

    @property
    def wants_examples(self) -> bool:
        return len(self.examples) < EXAMPLES

    def warn(self, kind: str, ticket_id: int, *, rule: dict[str, Any] | None = None) -> None:
        """Note that something works against the draft; one note for each kind and other rule."""
        key = f"{kind}:{rule['id']}" if rule else kind
        found = self.loops.setdefault(
            key, {"kind": kind, "rule": rule, "ticket": ticket_id, "times": 0}
        )
        found["times"] += 1

    def count_ticket(self, ticket_id: int, times: int) -> None:
        """How often the draft fired on one ticket."""
        if times:
            self.counts["tickets"] += 1
            self.most = max(self.most, (ticket_id, times), key=lambda pair: pair[1])
