"""Rules as they were in the revisions that a history names, read together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from macros.engine.compiled import reads_of
from macros.models import Automation, Rule, RuleKind, RuleRevision, SlaPolicy, Trigger
from tickets.conditions import Conditions, InvalidCondition, Purpose, parse
from tickets.conditions.custom import custom_fields, names_custom_fields
from tickets.conditions.words import Names, names_in, words_of, words_of_condition

_PURPOSES = {
    RuleKind.TRIGGER.value: Purpose.TRIGGER,
    RuleKind.AUTOMATION.value: Purpose.AUTOMATION,
    RuleKind.SLA_POLICY.value: Purpose.SLA,
}
_MODELS: dict[str, type[Rule]] = {
    RuleKind.TRIGGER.value: Trigger,
    RuleKind.AUTOMATION.value: Automation,
    RuleKind.SLA_POLICY.value: SlaPolicy,
}
_KINDS: dict[str, str | Promise] = {
    RuleKind.TRIGGER: gettext_lazy("the trigger “%(title)s”"),
    RuleKind.AUTOMATION: gettext_lazy("the automation “%(title)s”"),
    RuleKind.MACRO: gettext_lazy("the macro “%(title)s”"),
    RuleKind.SLA_POLICY: gettext_lazy("the SLA policy “%(title)s”"),
    RuleKind.ROUTING: gettext_lazy("routing (%(title)s)"),
}


@dataclass(frozen=True, slots=True)
class RuleRef:
    """A rule in one revision, as a cause names it. `why` is routing's own reason.

    `asked_by` is the trigger that wanted routing.
    """

    kind: str
    id: int
    title: str
    revision: int
    why: str = ""
    asked_by: RuleRef | None = None

    @classmethod
    def of(cls, cause: Mapping[str, Any]) -> RuleRef | None:
        """The rule of an audit's or event's cause; None for what people and messages cause."""
        if cause.get("kind") not in RuleKind.values:
            return None
        return cls(
            kind=cause["kind"], id=int(cause.get("id") or 0), title=str(cause.get("title", "")),
            revision=int(cause.get("revision") or 0), why=str(cause.get("why", "")),
            asked_by=cls.of(cause.get("rule") or {}),
        )  # fmt: skip

    @property
    def key(self) -> tuple[str, int, int]:
        return self.kind, self.id, self.revision

    @property
    def is_trigger(self) -> bool:
        return self.kind == RuleKind.TRIGGER

    @property
    def words(self) -> str:
        """`the trigger “VIP first” (revision 3)`."""
        named = str(_KINDS[self.kind]) % {"title": self.title}
        if not self.revision:
            return named
        return _("%(rule)s (revision %(number)d)") % {"rule": named, "number": self.revision}


@dataclass(frozen=True, slots=True)
class _Then:
    """`conditions` is None where they name what is gone, or where there are none."""

    title: str
    conditions: Conditions | None


class RuleBook:
    """Titles and conditions of rules in given revisions.

    One query for the revisions, one more when a custom field is named; `names` of what conditions
    and `more` mention by id cost four at most.
    """

    def __init__(
        self, refs: Iterable[RuleRef], more: Mapping[str, Iterable[int]] | None = None
    ) -> None:
        self._then = _read(refs)
        conditions = [each.conditions for each in self._then.values() if each.conditions]
        self.names: Names = names_in(conditions, more)

    def title(self, ref: RuleRef) -> str:
        """What the rule was called then."""
        then = self._then.get(ref.key)
        return then.title if then else ref.title or _("a rule that is gone")

    def held(self, ref: RuleRef) -> list[str]:
        """The sentences that were true when it ran; empty for rules without conditions."""
        if ref.kind not in _PURPOSES:
            return []
        then = self._then.get(ref.key)
        if then is None or then.conditions is None:
            return [_("what it asked about does not exist any more")]
        return words_of(then.conditions, self.names)

    def condition(self, ref: RuleRef, number: int | None) -> str:
        """One of its conditions, counted from 0, as a sentence."""
        then = self._then.get(ref.key)
        order = tuple(then.conditions) if then and then.conditions else ()
        if number is None or number >= len(order):
            return _("a condition that names something that does not exist any more")
        return words_of_condition(order[number], self.names)

    def reads(self, ref: RuleRef) -> frozenset[str]:
        """What of a ticket its conditions depend on: columns, `custom_fields_<id>`, `cc`."""
        then = self._then.get(ref.key)
        return reads_of(then.conditions) if then and then.conditions else frozenset()


def still_there(refs: Iterable[RuleRef]) -> set[tuple[str, int]]:
    """Which of these rules exist and have a page, by kind and id: three queries at most."""
    found: set[tuple[str, int]] = set()
    refs = list(refs)
    for kind, model in _MODELS.items():
        ids = {ref.id for ref in refs if ref.kind == kind}
        if ids:
            rows = model._default_manager.filter(pk__in=ids).values_list("pk", flat=True)
            found.update((kind, pk) for pk in rows)
    return found


def _read(refs: Iterable[RuleRef]) -> dict[tuple[str, int, int], _Then]:
    wanted = {ref.key for ref in refs if ref.kind in _PURPOSES}
    if not wanted:
        return {}
    rows = list(
        RuleRevision.objects.filter(_any_of(wanted)).values_list(
            "kind", "rule_id", "number", "definition__title", "definition__conditions"
        )
    )
    custom = custom_fields() if any(names_custom_fields(row[4]) for row in rows) else {}
    return {
        (kind, pk, number): _Then(str(title), _parsed(raw, _PURPOSES[kind], custom))
        for kind, pk, number, title, raw in rows
        if (kind, pk, number) in wanted
    }


def _any_of(keys: Iterable[tuple[str, int, int]]) -> Q:
    """At least these revisions: by kind, ids and numbers, so that hundreds stay one short query."""
    by_kind: dict[str, tuple[set[int], set[int]]] = {}
    for kind, pk, number in keys:
        ids, numbers = by_kind.setdefault(kind, (set(), set()))
        ids.add(pk)
        numbers.add(number)
    found = Q()
    for kind, (ids, numbers) in by_kind.items():
        found |= Q(kind=kind, rule_id__in=ids, number__in=numbers)
    return found


def _parsed(raw: Any, purpose: Purpose, custom: Mapping[str, Any]) -> Conditions | None:
    try:
        return parse(raw, purpose, custom=custom)
    except InvalidCondition:
        return None
