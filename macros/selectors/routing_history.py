"""Who changed what in routing, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from accounts.actor import Actor
from macros.actions.rules import require_may_edit
from macros.models import RoutingPart, RuleKind, RuleRevision

SHOWN = 100  # the newest revisions


@dataclass(frozen=True, slots=True)
class RoutingRevision:
    """`before` is the revision before it; None for the first, which is as it was found."""

    row: RuleRevision
    before: RuleRevision | None
    is_current: bool

    @property
    def part(self) -> RoutingPart:
        return RoutingPart(self.row.rule_id)


def routing_revisions(actor: Actor, part: RoutingPart | None = None) -> list[RoutingRevision]:
    """Of one part, or of all. A query for each part. Raises NotPermitted."""
    require_may_edit(actor)
    found = [each for one in ([part] if part else RoutingPart) for each in _of(one)]
    return sorted(found, key=lambda each: each.row.pk, reverse=True)[:SHOWN]


def _of(part: RoutingPart) -> list[RoutingRevision]:
    rows = RuleRevision.objects.filter(kind=RuleKind.ROUTING, rule_id=part)
    newest = list(rows.select_related("author").order_by("-number")[: SHOWN + 1])
    return [
        RoutingRevision(row, earlier, is_current=place == 0)
        for place, (row, earlier) in enumerate(zip_longest(newest, newest[1:]))
    ][:SHOWN]
