"""A step of the write path: the audit names the macros of a submit."""

from __future__ import annotations

from collections.abc import Sequence

from macros.actions.macro_uses import note_uses
from macros.engine.failures import note_invalid
from macros.kept import UnreadableRule
from macros.macro_plans import missing_part
from macros.models import Macro, RuleKind
from tickets.changes import TicketChange
from tickets.models import EventType


def note_macros(changes: Sequence[TicketChange]) -> None:
    """Add an AgentMacroReference for each macro, and name it on what it changed.

    Runs before every rule: what is in the submit by then is the agent's and the macros' doing.
    """
    used = [change for change in changes if change.actor.cause.get("macros")]
    for change in used:
        for each in change.actor.cause["macros"]:
            cause = {
                "kind": RuleKind.MACRO.value, "id": each["id"], "title": each["title"],
                "revision": each["revision"],
            }  # fmt: skip
            for event in change.events:
                if event.field_name in each["fields"]:
                    event.cause = cause
            value = {"macro_id": each["id"], "title": each["title"], "revision": each["revision"]}
            change.add(EventType.AGENT_MACRO, value=value, cause=cause)
    if used:
        note_uses(used)
        _mark_broken(used)


def _mark_broken(used: Sequence[TicketChange]) -> None:
    """What was left out of a macro because it is gone is told to whoever keeps the macro."""
    for change in used:
        ids = [each["id"] for each in change.actor.cause["macros"]]
        broken = [
            UnreadableRule(macro.pk, macro.title, macro.owner_id or macro.updated_by_id, why)
            for macro in Macro.objects.filter(pk__in=ids, error="")
            if (why := missing_part(macro.effects))
        ]
        if broken:
            note_invalid(broken, change, kind=RuleKind.MACRO)
