"""Dynamic content: which there is, and which rules use it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from accounts.actor import Actor
from accounts.roles import Permission
from macros.content import names_in
from macros.errors import RuleGone
from macros.models import Automation, DynamicContent, Macro, Rule, Trigger


def listed_contents(actor: Actor) -> QuerySet[DynamicContent]:
    """All of them, for who manages rules; with their variants."""
    if not actor.can(Permission.MANAGE_RULES):
        return DynamicContent.objects.none()
    rows = DynamicContent.objects.select_related("updated_by").prefetch_related("variants")
    return rows.order_by("name", "id")


def content_for(actor: Actor, content_id: int) -> DynamicContent:
    """One of them. Raises RuleGone, also for those who do not manage rules."""
    content = listed_contents(actor).filter(pk=content_id).first()
    if content is None:
        raise RuleGone
    return content


@dataclass(frozen=True, slots=True)
class Uses:
    """The rules that name a text. Personal macros of others are counted, never named."""

    rules: list[Rule]
    hidden: int

    @property
    def count(self) -> int:
        return len(self.rules) + self.hidden


def uses_of(actor: Actor, content: DynamicContent) -> Uses:
    """Triggers, automations and macros whose texts name a text. Three queries."""
    found = [rule for rule in _naming() if content.placeholder in names_in(rule.effects)]
    shown = [rule for rule in found if getattr(rule, "owner_id", None) in (None, actor.user_id)]
    return Uses(shown, len(found) - len(shown))


def counts_of_uses() -> Counter[str]:
    """How many rules name each text, by its placeholder. Three queries."""
    return Counter(name for rule in _naming() for name in names_in(rule.effects))


def _naming() -> Iterator[Rule]:
    """Rules that may name a text: the database looks for the letters only."""
    for model in (Trigger, Automation, Macro):
        rows = model._default_manager.annotate(text=Cast("effects", TextField()))
        yield from rows.filter(text__contains="dc").order_by("title", "id")
