"""Macros as an actor sees them: which ones, in which category, how much used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from macros.errors import RuleGone
from macros.models import Macro, MacroUse

SEPARATOR = "::"
LIMIT = 500  # macros in one list; people search beyond that

# Zendesk's windows: how often a macro was applied in the last …
WINDOWS = {
    "usage_1h": timedelta(hours=1),
    "usage_24h": timedelta(hours=24),
    "usage_7d": timedelta(days=7),
    "usage_30d": timedelta(days=30),
}


@dataclass(frozen=True, slots=True)
class Usage:
    """Applied and submitted, by anybody."""

    usage_1h: int = 0
    usage_24h: int = 0
    usage_7d: int = 0
    usage_30d: int = 0


@dataclass(frozen=True, slots=True)
class Category:
    """Macros whose titles begin alike: `Shipping::Late` is Late in Shipping."""

    name: str
    macros: list[Macro] = field(default_factory=list)


def usable_macros(actor: Actor) -> QuerySet[Macro]:
    """Active macros the actor may apply: own, of their groups, everyone's; in order."""
    if not actor.is_agent or actor.user_id is None:
        return Macro.objects.none()
    return _of(actor).filter(is_active=True).order_by("position", "id")


def listed_macros(actor: Actor) -> QuerySet[Macro]:
    """What the macro pages show: all one may use, inactive too; who manages rules sees all groups'.

    Personal macros of others are nobody's business.
    """
    if not actor.is_agent or actor.user_id is None:
        return Macro.objects.none()
    if actor.can(Permission.MANAGE_RULES):
        return _with_names(Macro.objects.filter(Q(owner=None) | Q(owner_id=actor.user_id)))
    return _of(actor).order_by("position", "id")


def _of(actor: Actor) -> QuerySet[Macro]:
    mine = Q(owner_id=actor.user_id) | Q(group_id__in=actor.group_ids)
    return _with_names(Macro.objects.filter(mine | Q(owner=None, group=None)))


def _with_names(macros: QuerySet[Macro]) -> QuerySet[Macro]:
    return macros.select_related("group", "updated_by").order_by("position", "id")


def usable_macro(actor: Actor, macro_id: int) -> Macro:
    """One of them. Raises RuleGone when it is absent or not theirs."""
    macro = usable_macros(actor).filter(pk=macro_id).first()
    if macro is None:
        raise RuleGone
    return macro


def listed_macro(actor: Actor, macro_id: int) -> Macro:
    """One of the macro pages. Raises RuleGone."""
    macro = listed_macros(actor).filter(pk=macro_id).first()
    if macro is None:
        raise RuleGone
    return macro


def may_edit(actor: Actor, macro: Macro) -> bool:
    """Own ones always, shared ones with the permission for rules."""
    if macro.owner_id is not None:
        return macro.owner_id == actor.user_id and actor.is_agent
    return actor.can(Permission.MANAGE_RULES)


def category_of(title: str) -> tuple[str, str]:
    """Category and the rest of a title; no category is ""."""
    first, separator, rest = title.partition(SEPARATOR)
    return (first.strip(), rest.strip()) if separator and rest.strip() else ("", title)


def categories_of(macros: Sequence[Macro]) -> list[Category]:
    """Macros by category, categories by name; those without one come last."""
    found: dict[str, Category] = {}
    for macro in macros:
        name = category_of(macro.title)[0]
        found.setdefault(name, Category(name)).macros.append(macro)
    return sorted(found.values(), key=lambda each: (not each.name, each.name.casefold()))


def usage_of(macros: Sequence[Macro]) -> dict[int, Usage]:
    """How often each was applied lately: one query."""
    now = clock.now()
    longest = max(WINDOWS.values())
    counts = {
        name: Count("pk", filter=Q(created_at__gt=now - window)) for name, window in WINDOWS.items()
    }
    uses = MacroUse.objects.filter(
        macro_id__in=[macro.pk for macro in macros], created_at__gt=now - longest
    )
    rows = uses.values("macro_id").annotate(**counts).values_list("macro_id", *WINDOWS)
    used = {pk: Usage(*numbers) for pk, *numbers in rows}
    return {macro.pk: used.get(macro.pk, Usage()) for macro in macros}
