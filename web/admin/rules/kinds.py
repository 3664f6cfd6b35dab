"""The kinds of rules that these pages build: the same pages, other words and actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.actor import Actor
from macros.actions import (
    TriggerDraft,
    create_trigger,
    delete_trigger,
    order_triggers,
    set_trigger_active,
    update_trigger,
)
from macros.actions import revert_trigger as revert_one_trigger
from macros.actions.automations import (
    AutomationDraft,
    create_automation,
    delete_automation,
    order_automations,
    revert_automation,
    set_automation_active,
    update_automation,
)
from macros.actions.sla import (
    SlaPolicyDraft,
    create_sla_policy,
    delete_sla_policy,
    order_sla_policies,
    revert_sla_policy,
    set_sla_policy_active,
    update_sla_policy,
)
from macros.models import Automation, RuleKind, SlaPolicy, Trigger
from macros.selectors.rules import automation_for, policy_for, trigger_for
from tickets.conditions import Purpose
from web.admin.rules.editor import Editor, RuleForm, TriggerForm

AnyRule = Trigger | Automation | SlaPolicy


@dataclass(frozen=True, slots=True)
class RuleType:
    """`word` begins the names of its addresses and names it in its actions, `words` its list."""

    word: str
    words: str
    kind: RuleKind
    purpose: Purpose
    form: type[RuleForm]
    find: Callable[[Actor, int], Any]
    draft: Callable[..., Any]
    make: Callable[..., Any]
    change: Callable[..., Any]
    switch: Callable[..., Any]
    remove: Callable[..., Any]
    revert: Callable[..., Any]

    @property
    def is_trigger(self) -> bool:
        return self.kind is RuleKind.TRIGGER

    @property
    def is_policy(self) -> bool:
        return self.kind is RuleKind.SLA_POLICY

    @property
    def index(self) -> str:
        return f"admin:{self.words}"

    @property
    def new(self) -> str:
        return f"admin:new_{self.word}"

    @property
    def edit(self) -> str:
        return f"admin:{self.word}"

    @property
    def activation(self) -> str:
        return f"admin:{self.word}_activation"

    @property
    def position(self) -> str:
        return f"admin:{self.word}_position"

    @property
    def removal(self) -> str:
        return f"admin:{self.word}_removal"

    @property
    def history(self) -> str:
        return f"admin:{self.word}_history"

    @property
    def runs(self) -> str:
        return f"admin:{self.word}_runs"

    @property
    def reversion(self) -> str:
        return f"admin:{self.word}_revert"

    @property
    def test(self) -> str:
        return f"admin:{self.word}_test"

    def named(self, rule_id: int) -> dict[str, int]:
        """The rule, as the kind's actions call it."""
        return {f"{self.word}_id": rule_id}

    def neighbours(self, rule: AnyRule) -> list[int]:
        """The rules among which this one has its place, in order."""
        rows: Any = type(rule)._default_manager.all()
        if isinstance(rule, Trigger):
            rows = rows.filter(category_id=rule.category_id)
        return list(rows.order_by("position", "id").values_list("pk", flat=True))

    def order(self, actor: Actor, rule: AnyRule, ids: list[int]) -> None:
        """Put these into this order. Raises NotPermitted, InvalidRule."""
        if isinstance(rule, Trigger):
            order_triggers(actor=actor, category_id=rule.category_id, trigger_ids=ids)
        elif isinstance(rule, SlaPolicy):
            order_sla_policies(actor=actor, policy_ids=ids)
        else:
            order_automations(actor=actor, automation_ids=ids)

    def drafted(self, editor: Editor) -> Any:
        """What a form that is right holds, as the kind's actions take it."""
        cleaned = editor.form.cleaned_data
        more = {"category_id": cleaned["category"]} if self.is_trigger else {}
        return self.draft(
            title=cleaned["title"], description=cleaned["description"],
            is_active=cleaned["is_active"], conditions=editor.conditions.as_json(),
            effects=editor.effects.as_json(), **more,
        )  # fmt: skip

    def take(self, actor: Actor, editor: Editor, rule: AnyRule | None) -> AnyRule:
        """Raises what the actions raise (web.admin.rules.access.REFUSALS)."""
        draft = self.drafted(editor)
        if rule is None:
            made: AnyRule = self.make(actor=actor, draft=draft)
            return made
        changed: AnyRule = self.change(
            actor=actor, draft=draft, expected_revision=editor.expected_revision,
            **self.named(rule.pk),
        )  # fmt: skip
        return changed


TRIGGERS = RuleType(
    "trigger", "triggers", RuleKind.TRIGGER, Purpose.TRIGGER, TriggerForm, trigger_for,
    TriggerDraft, create_trigger, update_trigger, set_trigger_active, delete_trigger,
    revert_one_trigger,
)  # fmt: skip
AUTOMATIONS = RuleType(
    "automation", "automations", RuleKind.AUTOMATION, Purpose.AUTOMATION, RuleForm,
    automation_for, AutomationDraft, create_automation, update_automation,
    set_automation_active, delete_automation, revert_automation,
)  # fmt: skip
POLICIES = RuleType(
    "policy", "policies", RuleKind.SLA_POLICY, Purpose.SLA, RuleForm, policy_for, SlaPolicyDraft,
    create_sla_policy, update_sla_policy, set_sla_policy_active, delete_sla_policy,
    revert_sla_policy,
)  # fmt: skip
