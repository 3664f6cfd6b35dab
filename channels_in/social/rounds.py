"""Lists that go from new to old, read page by page, though something is always added on top. Pure.

A round goes down to where the one before began. Between two pages a visit may end and a process
may die: the round is part of the cursor and goes on where it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Round:
    """`since`: everything up to here is known; empty before the first round, of which nothing is
    heard, because an account is read from the moment it is connected. `until`: what was on top
    when this round began. `page`: where it goes on; empty when it is through.
    """

    since: str = ""
    until: str = ""
    page: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, str] | None) -> Round:
        """As a cursor keeps it; a new one from an empty cursor."""
        return cls(**{name: str((kept or {}).get(name, "")) for name in cls.__slots__})

    @property
    def kept(self) -> dict[str, str]:
        return asdict(self)

    @property
    def is_open(self) -> bool:
        return bool(self.page)

    def after(self, newest: str, next_page: str) -> Round:
        """After one page: `newest` was on top of it, `next_page` leads to older things."""
        until = self.until or newest or self.since
        if next_page and self.since:
            return Round(self.since, until, next_page)
        return Round(since=until)

    def again(self) -> Round:
        """From the top, because the network has forgotten the page."""
        return Round(since=self.since)
