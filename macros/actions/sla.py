"""Writing SLA policies: made, changed, ordered, reverted; and what a change would mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from macros.actions.rules import (
    check_revision,
    definition_then,
    fill_common,
    note_deleted,
    note_saved,
    refuse_current_user,
    renumber,
    require_may_edit,
)
from macros.actions.sla_recounts import request_recount
from macros.errors import InvalidRule, RuleGone
from macros.models import Metric, RuleKind, SlaPolicy
from macros.sla.lengths import length_of
from macros.sla.metrics import Switches
from macros.sla.what_if import Effect, effect_of
from tickets.conditions import Purpose, as_kept, parse
from tickets.models import Priority, Schedule

LIMIT = 100  # policies
LONGEST_MINUTES = 366 * 24 * 60
SHORTEST_SECONDS = 5  # the clock ticks as often
WARNINGS_LIMIT = 5
PRIORITIES = ("", *Priority.values)


@dataclass(frozen=True, slots=True)
class SlaPolicyDraft:
    """A policy as it is written. `targets`, `warnings`, `settings`: see macros.models.SlaPolicy."""

    title: str
    conditions: dict[str, Any]
    targets: Sequence[dict[str, Any]]
    description: str = ""
    is_active: bool = True
    schedule_id: int | None = None
    warnings: Sequence[float] = (0.75,)
    settings: dict[str, bool] = field(default_factory=dict)


@transaction.atomic
def create_sla_policy(*, actor: Actor, draft: SlaPolicyDraft) -> SlaPolicy:
    """Add a policy at the end; open tickets are judged anew in the background.

    Raises NotPermitted, InvalidRule, InvalidCondition.
    """
    require_may_edit(actor)
    if SlaPolicy.objects.count() >= LIMIT:
        raise InvalidRule(f"At most {LIMIT} SLA policies are possible. Delete one first.")
    policy = SlaPolicy(position=SlaPolicy.objects.count() + 1)
    _fill(policy, draft)
    _save(policy, actor, is_new=True)
    return policy


@transaction.atomic
def update_sla_policy(
    *, actor: Actor, policy_id: int, draft: SlaPolicyDraft, expected_revision: int | None = None
) -> SlaPolicy:
    """Change a policy. Clocks go on: their targets are compared with the time that has passed.

    Nothing is saved when the policy was changed since `expected_revision`.

    Raises NotPermitted, RuleGone, ChangedRule, InvalidRule, InvalidCondition.
    """
    policy = _lock(actor, policy_id)
    check_revision(policy, expected_revision)
    _fill(policy, draft)
    _save(policy, actor, is_new=False)
    return policy


@transaction.atomic
def set_sla_policy_active(*, actor: Actor, policy_id: int, is_active: bool) -> SlaPolicy:
    """Switch a policy on or off. Raises NotPermitted, RuleGone."""
    policy = _lock(actor, policy_id)
    policy.is_active = is_active
    _save(policy, actor, is_new=False)
    return policy


@transaction.atomic
def order_sla_policies(*, actor: Actor, policy_ids: Sequence[int]) -> None:
    """Put policies into this order; those not named follow as they were. Raises NotPermitted."""
    require_may_edit(actor)
    rows = list(SlaPolicy.objects.select_for_update().order_by("position", "id"))
    renumber(rows, policy_ids, RuleKind.SLA_POLICY, actor)
    request_recount(actor=actor, reason="Order of SLA policies changed")


@transaction.atomic
def delete_sla_policy(*, actor: Actor, policy_id: int) -> None:
    """Delete a policy; its revisions and events stay. Raises NotPermitted, RuleGone."""
    policy = _lock(actor, policy_id)
    note_deleted(policy, RuleKind.SLA_POLICY, actor)
    request_recount(actor=actor, reason=f"“{policy.title}” was deleted")


@transaction.atomic
def revert_sla_policy(*, actor: Actor, policy_id: int, number: int) -> SlaPolicy:
    """Make a policy what it was in a revision; that is a new revision.

    Raises NotPermitted, RuleGone, InvalidRule, InvalidCondition.
    """
    policy = _lock(actor, policy_id)
    then = definition_then(RuleKind.SLA_POLICY, policy_id, number)
    draft = SlaPolicyDraft(**{each.name: then[each.name] for each in fields(SlaPolicyDraft)})
    return update_sla_policy(actor=actor, policy_id=policy.pk, draft=draft)


def preview_sla_policy(
    *, actor: Actor, draft: SlaPolicyDraft, policy_id: int | None = None
) -> Effect:
    """What saving the draft would do to open tickets; nothing is written.

    Raises NotPermitted, RuleGone, InvalidRule, InvalidCondition.
    """
    return effect_of(drafted_sla_policy(actor=actor, draft=draft, policy_id=policy_id))


def drafted_sla_policy(
    *, actor: Actor, draft: SlaPolicyDraft, policy_id: int | None = None
) -> SlaPolicy:
    """The policy that saving would make, checked and not saved.

    Raises NotPermitted, RuleGone, InvalidRule, InvalidCondition.
    """
    require_may_edit(actor)
    policy = SlaPolicy(position=SlaPolicy.objects.count() + 1)
    if policy_id is not None:
        found = SlaPolicy.objects.filter(pk=policy_id).first()
        if found is None:
            raise RuleGone
        policy = found
    _fill(policy, draft)
    return policy


def _save(policy: SlaPolicy, actor: Actor, *, is_new: bool) -> None:
    note_saved(policy, RuleKind.SLA_POLICY, actor, is_new=is_new)
    if policy.is_active or not is_new:
        request_recount(actor=actor, reason=f"“{policy.title}” was saved")


def _fill(policy: SlaPolicy, draft: SlaPolicyDraft) -> None:
    fill_common(policy, draft)
    refuse_current_user(parse(draft.conditions, Purpose.SLA))
    policy.conditions = as_kept(draft.conditions)
    policy.targets = clean_targets(draft.targets)
    if draft.schedule_id and not Schedule.objects.filter(pk=draft.schedule_id).exists():
        raise InvalidRule("These business hours do not exist any more. Choose others.")
    policy.schedule_id = draft.schedule_id
    policy.warnings = clean_warnings(draft.warnings)
    policy.settings = _clean_settings(draft.settings)


def clean_targets(raw: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Targets in one order, one for each priority and metric. Raises InvalidRule."""
    targets: dict[tuple[str, str], dict[str, Any]] = {}
    for each in raw:
        priority, metric = each.get("priority") or "", each.get("metric")
        if priority not in PRIORITIES or metric not in Metric.values:
            raise InvalidRule("A target needs a priority and one of the seven metrics.")
        if (priority, metric) in targets:
            raise InvalidRule("There are two targets for the same priority and metric.")
        targets[priority, metric] = {
            "priority": priority, "metric": metric, **_length(each),
            "business_hours": bool(each.get("business_hours")),
        }  # fmt: skip
    if not targets:
        raise InvalidRule("Set at least one target: how soon should what happen?")
    order = [*Metric.values]
    return sorted(
        targets.values(),
        key=lambda each: (order.index(each["metric"]), -PRIORITIES.index(each["priority"])),
    )


def clean_warnings(raw: Sequence[float]) -> list[float]:
    """Fractions of a target in order, each once. Raises InvalidRule."""
    if not all(isinstance(each, int | float) and 0 < each < 1 for each in raw):
        raise InvalidRule("A warning comes at a part of the target between 0 and 1, such as 0.75.")
    found = sorted({round(float(each), 3) for each in raw})
    if len(found) > WARNINGS_LIMIT:
        raise InvalidRule(f"At most {WARNINGS_LIMIT} warnings are possible.")
    return found


def _length(each: dict[str, Any]) -> dict[str, int]:
    """Minutes, or seconds for chats."""
    given = each.get("target_in_seconds")
    length = each.get("target") if given is None else given
    if isinstance(length, bool) or not isinstance(length, int) or length <= 0:
        raise InvalidRule("A target is a whole number of minutes or seconds, one at least.")
    seconds = length * 60 if given is None else length
    if seconds < SHORTEST_SECONDS:
        raise InvalidRule(f"A target is {SHORTEST_SECONDS} seconds long at least.")
    if seconds > LONGEST_MINUTES * 60:
        raise InvalidRule("A target can be a year long at most.")
    return length_of(seconds)


def _clean_settings(raw: dict[str, bool]) -> dict[str, bool]:
    """Only what differs from the defaults. Raises InvalidRule for an unknown switch."""
    defaults = asdict(Switches())
    if unknown := raw.keys() - defaults.keys():
        raise InvalidRule(f"There is no setting {sorted(unknown)[0]!r}.")
    return {name: bool(value) for name, value in raw.items() if bool(value) != defaults[name]}


def _lock(actor: Actor, policy_id: int) -> SlaPolicy:
    require_may_edit(actor)
    policy = SlaPolicy.objects.select_for_update().filter(pk=policy_id).first()
    if policy is None:
        raise RuleGone
    return policy
