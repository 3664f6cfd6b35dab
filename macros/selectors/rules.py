"""Rules as their pages show them: lists, one rule, what was changed, how often it fired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from accounts.actor import Actor
from core import clock
from macros.actions.rules import RuleGone, require_may_edit
from macros.models import (
    Automation,
    RuleKind,
    RuleRevision,
    SlaPolicy,
    Trigger,
    TriggerCategory,
)
from macros.runs import FIRED

REVISIONS = 100  # the newest ones of a rule that its page shows
RUNS = 1_000  # submits that are looked through for firings
DAYS = 7


@dataclass(frozen=True, slots=True)
class Firings:
    """How often rules fired lately, by id. `runs` submits were judged since `since`."""

    counts: dict[int, int]
    runs: int
    since: datetime

    def of(self, rule_id: int) -> int:
        return self.counts.get(rule_id, 0)


def trigger_categories(actor: Actor) -> list[tuple[TriggerCategory, list[Trigger]]]:
    """Every category with its triggers, in the order in which they run. Raises NotPermitted."""
    require_may_edit(actor)
    rows = Trigger.objects.select_related("updated_by").order_by("position", "id")
    by_category: dict[int, list[Trigger]] = {}
    for row in rows:
        by_category.setdefault(row.category_id, []).append(row)
    categories = TriggerCategory.objects.order_by("position", "id")
    return [(category, by_category.get(category.pk, [])) for category in categories]


def trigger_for(actor: Actor, trigger_id: int) -> Trigger:
    """One trigger. Raises NotPermitted, RuleGone."""
    require_may_edit(actor)
    row = Trigger.objects.select_related("category", "updated_by").filter(pk=trigger_id).first()
    if row is None:
        raise RuleGone
    return row


def automations(actor: Actor) -> list[Automation]:
    """Every automation, in order. Raises NotPermitted."""
    require_may_edit(actor)
    rows = Automation.objects.select_related("updated_by")
    return list(rows.order_by("position", "id"))


def automation_for(actor: Actor, automation_id: int) -> Automation:
    """One automation. Raises NotPermitted, RuleGone."""
    require_may_edit(actor)
    row = Automation.objects.select_related("updated_by").filter(pk=automation_id).first()
    if row is None:
        raise RuleGone
    return row


def policies(actor: Actor) -> list[SlaPolicy]:
    """Every SLA policy, in order. Raises NotPermitted."""
    require_may_edit(actor)
    return list(SlaPolicy.objects.select_related("updated_by").order_by("position", "id"))


def policy_for(actor: Actor, policy_id: int) -> SlaPolicy:
    """One SLA policy. Raises NotPermitted, RuleGone."""
    require_may_edit(actor)
    row = SlaPolicy.objects.select_related("updated_by").filter(pk=policy_id).first()
    if row is None:
        raise RuleGone
    return row


def revisions_of(actor: Actor, kind: RuleKind, rule_id: int) -> list[RuleRevision]:
    """The newest revisions of a rule with their authors, newest first. Raises NotPermitted."""
    require_may_edit(actor)
    rows = RuleRevision.objects.filter(kind=kind, rule_id=rule_id).select_related("author")
    return list(rows.order_by("-number")[: REVISIONS + 1])


def firings(actor: Actor, kind: RuleKind) -> Firings:
    """Counted over the latest RUNS submits of the last DAYS. Raises NotPermitted.

    The cost is bounded: what rules did lies in one list a submit, and only so many are opened.
    """
    require_may_edit(actor)
    since = clock.now() - timedelta(days=DAYS)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH latest AS (SELECT results FROM macros_rulerun"
            " WHERE kind = %s AND created_at > %s ORDER BY created_at DESC LIMIT %s)"
            " SELECT (result->>0)::bigint, count(*), (SELECT count(*) FROM latest)"
            " FROM latest, jsonb_array_elements(results) AS result"
            " WHERE result->>2 = %s GROUP BY 1",
            [kind, since, RUNS, FIRED],
        )
        rows = cursor.fetchall()
    return Firings({row[0]: row[1] for row in rows}, rows[0][2] if rows else 0, since)
