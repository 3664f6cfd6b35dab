from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing that is measured: its words for people and where its facts lie.

    `at_column` is the instant that decides in which span a ticket counts; `seconds_column` the
    duration, for metrics that are one. Both are columns of TicketFact, never a client's words.
    """

    key: str
    title: object  # a lazy translation, like the next
    definition: object
    at_column: str
    seconds_column: str = ""
