from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: times in milliseconds, a rate a second, megabytes, or percent of one
    core."""

    name: str
    n: int
    conditions: str
    p50_ms: float | None = None
    p95_ms: float | None = None
    per_second: float | None = None
    mb: float | None = None
    core_percent: float | None = None

    def figures(self) -> dict[str, float]:
        named = {
            "p50_ms": self.p50_ms, "p95_ms": self.p95_ms, "per_second": self.per_second,
            "mb": self.mb, "core_percent": self.core_percent,
        }  # fmt: skip
        return {name: round(value, 2) for name, value in named.items() if value is not None}


def timed(name: str, seconds: Sequence[float], conditions: str) -> Result:
    """A result from single durations in seconds."""
    ordered = sorted(seconds)
    return Result(
        name=name, n=len(ordered), conditions=conditions,
        p50_ms=statistics.median(ordered) * 1000,
        p95_ms=ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000,
    )  # fmt: skip
