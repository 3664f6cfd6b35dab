"""Rules as sentences: for lists, histories and tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from macros.effects.words import ids_in, words_of_effects
from macros.models import Automation, Macro, Rule, RuleKind, Trigger
from macros.selectors.rules import Firings
from tickets.conditions import Conditions, InvalidCondition, Purpose, parse
from tickets.conditions.words import Names, names_in, words_of
from web.admin.rules.targets import words_of_targets

_KINDS: dict[type[Rule], RuleKind] = {
    Trigger: RuleKind.TRIGGER, Automation: RuleKind.AUTOMATION, Macro: RuleKind.MACRO,
}  # fmt: skip
PAGES = {
    RuleKind.TRIGGER: "admin:trigger", RuleKind.AUTOMATION: "admin:automation",
    RuleKind.MACRO: "macros:macro",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """One rule of a list; `when` and `then` are sentences, `fired` counts lately."""

    rule: Any
    when: list[str] = field(default_factory=list)
    then: list[str] = field(default_factory=list)
    fired: int = 0


def rule_links(rules: Iterable[Rule]) -> list[tuple[Rule, str, str]]:
    """Rules with their kinds in words and the addresses of their pages."""
    return [
        (rule, str(kind.label), reverse(PAGES[kind], args=[rule.pk]))
        for rule in rules
        for kind in [_KINDS[type(rule)]]
    ]


def parsed(raw: Any, purpose: Purpose) -> Conditions | None:
    """Stored conditions; None where they name what is gone."""
    try:
        return parse(raw, purpose)
    except InvalidCondition:
        return None


def names_for(rules: Iterable[tuple[Conditions | None, Sequence[Mapping[str, Any]]]]) -> Names:
    """The names that conditions and effects of many rules need: four queries at most."""
    rules = list(rules)
    more = ids_in([item for _conditions, effects in rules for item in effects])
    return names_in([each for each, _effects in rules if each is not None], more)


def when(conditions: Conditions | None, names: Names) -> list[str]:
    """Conditions as sentences."""
    if conditions is None:
        return [_("names something that does not exist any more")]
    return words_of(conditions, names) or [_("Every ticket")]


def listed(
    rules: Sequence[Rule], purpose: Purpose, fired: Firings | None = None
) -> dict[int, Listed]:
    """Rows of a list, by the rule's id, in the given order."""
    both = {rule.pk: (parsed(rule.conditions, purpose), rule.effects or []) for rule in rules}  # type: ignore[attr-defined]
    names = names_for(both.values())
    return {
        rule.pk: Listed(
            rule, when(both[rule.pk][0], names), _then(rule, both[rule.pk][1], names),
            fired.of(rule.pk) if fired else 0,
        )
        for rule in rules
    }  # fmt: skip


def _then(rule: Rule, effects: Sequence[Mapping[str, Any]], names: Names) -> list[str]:
    """What a rule does, or what a policy promises."""
    targets = getattr(rule, "targets", None)
    return words_of_effects(effects, names) if targets is None else words_of_targets(targets)
