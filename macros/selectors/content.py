"""Dynamic content: which there is, and which rules use it."""

from __future__ import annotations

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from accounts.actor import Actor
from accounts.roles import Permission
from macros.content import names_in
from macros.models import Automation, DynamicContent, Macro, Rule, Trigger


def listed_contents(actor: Actor) -> QuerySet[DynamicContent]:
    """All of them, for who manages rules; with their variants."""
    if not actor.can(Permission.MANAGE_RULES):
        return DynamicContent.objects.none()
    rows = DynamicContent.objects.select_related("updated_by").prefetch_related("variants")
    return rows.order_by("name", "id")


def rules_with(content: DynamicContent) -> list[Rule]:
    """Triggers, automations and macros whose texts name it, personal macros too."""
    found: list[Rule] = []
    for model in (Trigger, Automation, Macro):
        rows = model._default_manager.annotate(text=Cast("effects", TextField()))
        # The database looks for the letters, names_in for the whole name.
        named = rows.filter(text__contains=f"dc.{content.placeholder}").order_by("title", "id")
        found += [rule for rule in named if content.placeholder in names_in(rule.effects)]
    return found
