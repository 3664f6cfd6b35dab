"""Who changed what in a rule, in sentences, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from macros.effects.words import words_of_effects
from macros.models import RuleRevision, TriggerCategory
from macros.selectors.rules import REVISIONS, revisions_of
from tickets.conditions import Purpose
from tickets.conditions.words import Names
from web.access import SignedInRequest
from web.admin.rules.access import REFUSALS, rules_page
from web.admin.rules.kinds import RuleType
from web.admin.rules.presenting import names_for, parsed, when
from web.admin.rules.targets import words_of_targets
from web.agent.numbers import as_id

Lines = list[tuple[str, str]]  # "+", "-" or " " and a sentence


@dataclass(slots=True)
class Step:
    """One revision against the one before it."""

    revision: RuleRevision
    is_first: bool
    is_current: bool
    facts: list[str] = field(default_factory=list)
    parts: list[tuple[str, Lines]] = field(default_factory=list)  # heading and what differs

    @property
    def is_quiet(self) -> bool:
        """Saved without a difference that people care about."""
        return not (self.is_first or self.facts or self.parts)

    def compare(self, heading: str, before: Sequence[str], after: Sequence[str]) -> None:
        """Add a part if it differs."""
        if found := lines(before, after):
            self.parts.append((heading, found))


@require_safe
@rules_page
def show(request: SignedInRequest, of: RuleType, rule_id: int) -> HttpResponse:
    """The newest revisions, each with what it changed."""
    rule = of.find(request.actor, rule_id)
    rows = revisions_of(request.actor, of.kind, rule_id)
    context = {
        "of": of, "rule": rule, "tab": "history", "limit": REVISIONS,
        "steps": steps_of(rows, of.purpose, rule.revision),
        "is_cut": len(rows) > REVISIONS,
    }  # fmt: skip
    return render(request, "admin/rules/history.html", context)


@require_POST
@rules_page
def revert(request: SignedInRequest, of: RuleType, rule_id: int) -> HttpResponse:
    """Make the rule what it was in a revision."""
    number = request.POST.get("revision", "")
    try:
        of.revert(
            actor=request.actor, number=as_id(number) or 0,
            **of.named(rule_id),
        )  # fmt: skip
        messages.success(request, _("The rule is as it was in revision %s.") % number)
    except REFUSALS as error:
        messages.error(request, _("It cannot go back: %(why)s") % {"why": error})
    return redirect(of.history, rule_id)


def steps_of(rows: Sequence[RuleRevision], purpose: Purpose, current: int) -> list[Step]:
    """Revisions (newest first) with their differences; the oldest shows what it began with."""
    both = [(parsed(row.definition.get("conditions"), purpose),
             row.definition.get("effects") or []) for row in rows]  # fmt: skip
    names = names_for(both)
    categories = dict(TriggerCategory.objects.values_list("pk", "name"))
    sentences = [
        (when(conditions, names), _then(row.definition, effects, names))
        for row, (conditions, effects) in zip(rows, both, strict=True)
    ]
    steps = []
    for place, (step, earlier) in enumerate(beside(rows, current)):
        before = sentences[place + 1] if earlier else ([], [])
        if earlier or step.is_first:
            step.compare(_("When"), before[0], sentences[place][0])
            step.compare(_("Then"), before[1], sentences[place][1])
        if earlier:
            step.facts = facts(earlier.definition, step.revision.definition, categories)
        steps.append(step)
    return steps


def beside(
    rows: Sequence[RuleRevision], current: int
) -> Iterator[tuple[Step, RuleRevision | None]]:
    """Each revision (newest first, REVISIONS at most) and the one before it, still to compare."""
    for row, earlier in zip_longest(rows[:REVISIONS], rows[1 : REVISIONS + 1]):
        yield Step(row, is_first=row.number == 1, is_current=row.number == current), earlier


def _then(
    definition: Mapping[str, Any], effects: Sequence[Mapping[str, Any]], names: Names
) -> list[str]:
    """What the rule did, or what the policy promised."""
    targets = definition.get("targets")
    return words_of_effects(effects, names) if targets is None else words_of_targets(targets)


def lines(before: Sequence[str], after: Sequence[str]) -> Lines:
    """What went and what came, in order; empty when nothing did."""
    if list(before) == list(after):
        return []
    made: Lines = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            made += [(" ", text) for text in after[c:d]]
        else:
            made += [("-", text) for text in before[a:b]] + [("+", text) for text in after[c:d]]
    return made


def facts(
    before: Mapping[str, Any], after: Mapping[str, Any], categories: Mapping[int, str]
) -> list[str]:
    """Everything but conditions, effects and texts."""
    return [
        say(before.get(name), after.get(name), categories)
        for name, say in _FACTS.items()
        if before.get(name) != after.get(name)
    ]


def _percents(parts: Any) -> str:
    return ", ".join(f"{part * 100:g} %" for part in parts or []) or "—"


def _text(words: str) -> Callable[[Any, Any, Mapping[int, str]], str]:
    return lambda before, after, _categories: (
        _("%(what)s: “%(before)s” → “%(after)s”")
        % {"what": _(words), "before": before or "—", "after": after or "—"}
    )


_FACTS: dict[str, Callable[[Any, Any, Mapping[int, str]], str]] = {
    "deleted": lambda before, after, names: _("deleted"),
    "title": _text("title"),
    "description": _text("description"),
    "is_active": lambda before, after, names: _("switched on") if after else _("switched off"),
    "position": lambda before, after, names: (
        _("moved from place %(before)s to %(after)s") % {"before": before, "after": after}
    ),
    "warnings": lambda before, after, names: (
        _("warnings: %(before)s → %(after)s")
        % {"before": _percents(before), "after": _percents(after)}
    ),
    "default_locale": _text("language for everyone else"),
    "schedule_id": lambda before, after, names: _("other business hours"),
    "settings": lambda before, after, names: _("other details of when clocks start and end"),
    "category_id": lambda before, after, names: (
        _("category: %(before)s → %(after)s")
        % {"before": names.get(before, "—"), "after": names.get(after, "—")}
    ),
}
