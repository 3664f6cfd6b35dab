"""Revisions of routing: each part of its settings has one history, kept around every change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from accounts.actor import Actor
from core import locks
from macros.actions.rules import write_revision
from macros.models import RoutingPart, RuleKind, RuleRevision
from macros.routing.snapshots import Definition, snapshot


@contextmanager
def kept(part: RoutingPart, actor: Actor) -> Iterator[None]:
    """Within a transaction: what the block changes becomes a revision of the actor's.

    What differs already when it begins (before the first revision; a group that was deleted)
    becomes one of nobody's, so that nobody is named for what they have not done.
    """
    locks.hold(["rules"])  # two editors take turns; see note_saved
    before = snapshot(part)
    latest = latest_revision(part)
    if latest is None or latest.definition != before:
        keep(part, before, None)
    yield
    after = snapshot(part)
    if after != before:
        keep(part, after, actor.user_id)


def keep(part: RoutingPart, definition: Definition, author_id: int | None) -> RuleRevision:
    """Write one more revision."""
    locks.hold(["rules"])
    latest = latest_revision(part)
    number = latest.number + 1 if latest else 1
    return write_revision(RuleKind.ROUTING, part, number, definition, author_id)


def latest_revision(part: RoutingPart) -> RuleRevision | None:
    rows = RuleRevision.objects.filter(kind=RuleKind.ROUTING, rule_id=part)
    return rows.order_by("-number").first()
