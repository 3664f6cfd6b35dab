"""Conditions read aloud: the sentences of lists, tests and histories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Group, Organization, User
from tickets.conditions.grammar import Condition, Conditions
from tickets.conditions.offers import (
    ACTING,
    NOBODY,
    label_of,
    words_of_choice,
    words_of_operator,
)
from tickets.conditions.registry import WITHOUT_VALUE, Kind
from tickets.models import Schedule, TicketForm

_HOLDERS = {"person": "agent"}  # both are users


@dataclass(frozen=True, slots=True)
class Names:
    """Names of what conditions mention by id, by what it is: group, agent, organization, form, …"""

    known: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def of(self, what: str, pk: int) -> str:
        """The name; `#12 (deleted)` for what is gone."""
        found = self.known.get(_HOLDERS.get(what, what), {}).get(pk)
        return found if found is not None else _("#%(id)s (deleted)") % {"id": pk}


def names_in(
    conditions: Iterable[Conditions], more: Mapping[str, Iterable[int]] | None = None
) -> Names:
    """The names that these conditions need, and `more` ids by kind: at most five queries."""
    ids: dict[str, set[int]] = {}
    for group in conditions:
        for each in group:
            if each.field.kind is Kind.REFERENCE and isinstance(each.value, int):
                what = each.field.refers_to
                ids.setdefault(_HOLDERS.get(what, what), set()).add(each.value)
    for what, numbers in (more or {}).items():
        ids.setdefault(_HOLDERS.get(what, what), set()).update(numbers)
    known: dict[str, dict[int, str]] = {}
    if ids.get("form"):
        forms = TicketForm.objects.filter(pk__in=ids["form"])
        known["form"] = dict(forms.values_list("pk", "title"))
    for what, model in (("group", Group), ("organization", Organization), ("schedule", Schedule)):
        if ids.get(what):
            rows = model.objects.filter(pk__in=ids[what])
            known[what] = dict(rows.values_list("pk", "name"))
    if ids.get("agent"):
        people = User.objects.only("name", "email").in_bulk(ids["agent"])
        known["agent"] = {pk: user.display_name for pk, user in people.items()}
    return Names(known)


def words_of(conditions: Conditions, names: Names | None = None) -> list[str]:
    """One sentence for each of `all`, and one that begins "at least one of" for `any`.

    Up to five queries for names unless they are given.
    """
    names = names if names is not None else names_in([conditions])
    sentences = [_node(node, names) for node in conditions.all]
    if conditions.any:
        parts = [_node(node, names) for node in conditions.any]
        if len(parts) == 1:
            return [*sentences, *parts]
        sentences.append(_("at least one of: %(list)s") % {"list": "; ".join(parts)})
    return sentences


def words_of_condition(condition: Condition, names: Names) -> str:
    """`Status comes before Solved`."""
    known = condition.field
    label = label_of(known)
    if known.kind is Kind.FLAG:
        return f"{label}: {words_of_choice(known, 'true' if condition.value else 'false')}"
    middle = words_of_operator(known, condition.operator)
    if condition.operator in WITHOUT_VALUE:
        return f"{label} {middle}"
    return f"{label} {middle} {_value(condition, names)}"


def _node(node: Condition | Conditions, names: Names) -> str:
    if isinstance(node, Condition):
        return words_of_condition(node, names)
    parts = words_of(node, names)
    inner = _(" and ").join(parts)
    return f"({inner})" if len(parts) > 1 else inner


def _value(condition: Condition, names: Names) -> str:
    known, value = condition.field, condition.value
    match known.kind:
        case Kind.ORDERED | Kind.CHOICE:
            return words_of_choice(known, value)
        case Kind.REFERENCE:
            return _reference(known.refers_to, value, names)
        case Kind.TAGS:
            return ", ".join(value)
        case Kind.WORDS if isinstance(value, tuple):
            return ", ".join(f"“{word}”" for word in value)
        case Kind.WORDS | Kind.TEXT | Kind.SEARCH:
            return f"“{value}”"
    return str(value)


def _reference(what: str, value: Any, names: Names) -> str:
    if value is None:
        return str(NOBODY.get(what, "—"))
    if isinstance(value, str):
        return str(ACTING.get(what, {}).get(value, value))
    return names.of(what, value)
