"""Fourteen days as two lines, drawn as numbers for SVG (the CSP forbids inline styles)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.selectors.pulse import Day

WIDTH, HEIGHT, EDGE = 280, 56, 4


@dataclass(frozen=True, slots=True)
class Column:
    """One day: where the pointer asks for it."""

    x: float
    day: Day


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Path data of both lines and of the area below the first, the ends of both, the days."""

    new: str
    solved: str
    area: str
    new_end: tuple[float, float]
    solved_end: tuple[float, float]
    columns: list[Column]
    width: int = WIDTH
    height: int = HEIGHT
    step: float = 0


def sparkline_of(days: Sequence[Day]) -> Sparkline:
    """Both lines on one scale from zero, so that they can be compared."""
    most = max([1, *(day.new for day in days), *(day.solved for day in days)])
    step = (WIDTH - 2 * EDGE) / max(1, len(days) - 1)

    def points(numbers: Sequence[int]) -> list[tuple[float, float]]:
        tall = HEIGHT - 2 * EDGE
        return [
            (round(EDGE + step * index, 1), round(HEIGHT - EDGE - tall * number / most, 1))
            for index, number in enumerate(numbers)
        ]

    new, solved = points([day.new for day in days]), points([day.solved for day in days])
    return Sparkline(
        new=_path(new), solved=_path(solved),
        area=f"{_path(new)}V{HEIGHT - EDGE}H{EDGE}Z",
        new_end=new[-1], solved_end=solved[-1],
        columns=[
            Column(round(x - step / 2, 1), day) for (x, _y), day in zip(new, days, strict=True)
        ],
        step=round(step, 1),
    )  # fmt: skip


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)
