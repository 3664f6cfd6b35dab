"""Rules are parsed once and kept by each process until one changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Max

from macros.models import RuleRevision
from tickets.changes import TicketChange

Rules = TypeVar("Rules")
_SHARED = "newest revision of a rule"


@dataclass(frozen=True, slots=True)
class UnreadableRule:
    """One that names what is no longer there; `why` is a sentence for its owner."""

    id: int
    title: str
    owner_id: int | None
    why: str


def newest_revision() -> int:
    """Every change of a rule adds a revision, so the newest one says whether anything is new."""
    return RuleRevision.objects.aggregate(newest=Max("id"))["newest"] or 0


def revision_at(changes: Sequence[TicketChange]) -> int:
    """The newest revision as the steps of one submit see it: asked for once, by the first."""
    shared = changes[0].shared
    if _SHARED not in shared:
        shared[_SHARED] = newest_revision()
    return int(shared[_SHARED])


class Kept(Generic[Rules]):
    """What `read` makes of the active rules of a kind, as of one revision."""

    def __init__(self, read: Callable[[], Rules]) -> None:
        self._read = read
        self._kept: tuple[int, Rules] | None = None

    def as_of(self, revision: int | None = None) -> Rules:
        """Read again if a rule was changed meanwhile; one small query without `revision`."""
        if revision is None:
            revision = newest_revision()
        kept = self._kept  # threads may put in another one
        if kept is None or kept[0] != revision:
            self._kept = kept = (revision, self._read())
        return kept[1]

    def forget(self) -> None:
        """For tests, whose revisions begin anew."""
        self._kept = None
