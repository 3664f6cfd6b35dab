"""What changing any rule has in common: who may, its revisions, its errors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from core import clock, locks
from core.bulk import put_in_order
from core.text import storable
from macros.errors import ChangedRule as ChangedRule
from macros.errors import InvalidRule as InvalidRule
from macros.errors import RuleGone as RuleGone
from macros.models import (
    Automation,
    Macro,
    Rule,
    RuleKind,
    RuleRevision,
    SlaPolicy,
    Trigger,
)
from tickets.conditions import Conditions

TITLE_LENGTH = 150
RULE_BYTES = 65_536  # of one rule as JSON, Zendesk's: what it costs to carry out is bounded by it


def require_may_edit(actor: Actor) -> None:
    """Raise NotPermitted unless the actor may edit shared rules."""
    if not actor.can(Permission.MANAGE_RULES):
        raise NotPermitted("Only people who manage rules may change them.")


def clean_title(title: str) -> str:
    """One line. Raises InvalidRule when it is empty or too long."""
    clean = " ".join(storable(title).split())
    if not clean:
        raise InvalidRule("Give the rule a title.")
    if len(clean) > TITLE_LENGTH:
        raise InvalidRule(f"The title has at most {TITLE_LENGTH} letters.")
    return clean


class RuleDraft(Protocol):
    """What the builders of all rules ask for."""

    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def is_active(self) -> bool: ...


def fill_common(rule: Rule, draft: RuleDraft) -> None:
    """Take over what all rules have. Raises InvalidRule."""
    rule.title = clean_title(draft.title)
    rule.description = storable(draft.description).strip()[:1000]
    rule.is_active = draft.is_active


def check_limit(rule: Rule, all_rules: QuerySet[Any], limit: int, plural: str) -> None:
    """Raise InvalidRule when a rule would be one active rule too many."""
    others = all_rules.filter(is_active=True).exclude(pk=rule.pk)
    if rule.is_active and others.count() >= limit:
        raise InvalidRule(f"At most {limit:,} {plural} can be active. Switch one off first.")


def check_revision(rule: Rule, expected: int | None) -> None:
    """Raise ChangedRule when the rule was saved since the revision an editor had opened."""
    if expected is not None and expected != rule.revision:
        raise ChangedRule(rule.revision)


def refuse_current_user(conditions: Conditions) -> None:
    """Raise InvalidRule where conditions that time asks name whoever is signed in."""
    if any(condition.value in ("current_user", "current_groups") for condition in conditions):
        raise InvalidRule("Nobody is signed in when this is asked: name a person or a group.")


def renumber(rows: list[Any], ids: Sequence[int], kind: RuleKind, actor: Actor) -> None:
    """Number locked rules in the order of `ids`; those not named follow as they were.

    Whose they are and whether they work stays: a place says nothing about that.
    """
    for number, row in enumerate(put_in_order(rows, ids), 1):
        if row.position != number:
            row.position = number
            row.revision += 1
            _keep_revision(row, kind, actor)


def definition_then(kind: RuleKind, rule_id: int, number: int) -> dict[str, Any]:
    """What a rule was in one revision. Raises InvalidRule when there is no such revision."""
    revision = RuleRevision.objects.filter(kind=kind, rule_id=rule_id, number=number).first()
    if revision is None:
        raise InvalidRule(f"There is no revision {number} of this rule.")
    definition: dict[str, Any] = revision.definition
    return definition


@transaction.atomic
def mark_failing(*, kind: str, rule_id: int, error: str) -> bool:
    """Note on a rule why it failed. True when it did not fail before: its owner is to be told.

    Asked within the submit that it failed on; no revision: nobody changed the rule.
    """
    # Whoever marks or saves it just now is not waited for: two submits on which the same two rules
    # fail must not wait for each other.
    free = unmarked_rules(kind).filter(pk=rule_id).select_for_update(skip_locked=True, no_key=True)
    working = unmarked_rules(kind).filter(pk__in=list(free.values_list("pk", flat=True)))
    return bool(working.update(error=error[:500], failed_at=clock.now()))


def unmarked_rules(kind: str) -> QuerySet[Any]:
    """The rules of a kind that are not known to fail."""
    models: dict[str, type[Rule]] = {
        "trigger": Trigger, "automation": Automation, "sla_policy": SlaPolicy, "macro": Macro,
    }  # fmt: skip
    rows: QuerySet[Any] = models[kind]._default_manager.all()
    return rows.filter(error="")


def note_saved(rule: Rule, kind: RuleKind, actor: Actor, *, is_new: bool) -> None:
    """Save a rule whose fields were set, as one more revision; its error is over.

    The revision is what tells every process that rules have changed; two editors take turns, so
    that revisions become visible in the order of their ids. Raises InvalidRule when it is longer
    than RULE_BYTES.
    """
    now = clock.now()
    rule.revision = 1 if is_new else rule.revision + 1
    rule.error, rule.failed_at = "", None
    rule.updated_by_id, rule.updated_at = actor.user_id, now
    if is_new:
        rule.created_by_id, rule.created_at = actor.user_id, now
    _keep_revision(rule, kind, actor)


def _keep_revision(rule: Rule, kind: RuleKind, actor: Actor) -> None:
    definition = definition_of(rule)
    if len(json.dumps(definition, ensure_ascii=False).encode()) > RULE_BYTES:
        raise InvalidRule("This rule is too long. Shorten its texts, or make two rules of it.")
    rule.save()
    write_revision(kind, rule.pk, rule.revision, definition, actor.user_id)


def note_deleted(rule: Rule, kind: RuleKind, actor: Actor) -> None:
    """Delete a rule; its last revision stays, and says who did it."""
    last = {**definition_of(rule), "deleted": True}
    write_revision(kind, rule.pk, rule.revision + 1, last, actor.user_id)
    rule.delete()


def write_revision(
    kind: RuleKind, rule_id: int, number: int, definition: Mapping[str, Any], author_id: int | None
) -> RuleRevision:
    """Keep what something is from now on. Editors take turns; see `note_saved`."""
    locks.hold(["rules"])
    return RuleRevision.objects.create(
        kind=kind, rule_id=rule_id, number=number, definition=definition, author_id=author_id,
        created_at=clock.now(),
    )  # fmt: skip


def definition_of(rule: Rule) -> dict[str, Any]:
    """What of a rule a revision keeps: what people wrote, not what happened to it."""
    skipped = {"id", "revision", "error", "failed_at", "created_by", "updated_by", "created_at",
               "updated_at"}  # fmt: skip
    fields = [field for field in rule._meta.concrete_fields if field.name not in skipped]
    return {field.attname: getattr(rule, field.attname) for field in fields}
