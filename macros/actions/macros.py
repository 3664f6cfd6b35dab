"""Writing macros: made, changed, ordered, switched, reverted. Personal ones by every agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Group
from accounts.roles import Permission
from core import clock
from macros.actions.files import adopt_files, discard_files, take_uploads
from macros.actions.rules import (
    check_revision,
    definition_then,
    fill_common,
    note_deleted,
    note_saved,
)
from macros.content import known_placeholders
from macros.effects import parse_effects
from macros.errors import InvalidRule, RuleGone
from macros.literal import literal
from macros.models import Macro, RuleKind
from macros.text_problems import text_problems

LIMIT = 5_000  # macros in a help desk
PERSONAL_LIMIT = 500  # of one agent
PERSONAL, GROUP, EVERYONE = "personal", "group", "everyone"


@dataclass(frozen=True, slots=True)
class MacroDraft:
    """A macro as it is written. `scope`: personal, group (with `group_id`) or everyone.

    `upload_ids` are waiting uploads of the actor's that become files of the macro; the files it
    has already are named by an effect "attachments".
    """

    title: str
    effects: list[dict[str, Any]]
    description: str = ""
    is_active: bool = True
    scope: str = PERSONAL
    group_id: int | None = None
    upload_ids: Sequence[int] = field(default=())


@transaction.atomic
def create_macro(*, actor: Actor, draft: MacroDraft) -> Macro:
    """Add a macro at the end. Raises NotPermitted, InvalidRule, InvalidEffect."""
    _require_staff(actor)
    macro = Macro(position=Macro.objects.count() + 1)
    _restrict(actor, macro, draft)
    limit = PERSONAL_LIMIT if macro.owner_id else LIMIT
    if Macro.objects.filter(owner_id=macro.owner_id).count() >= limit:
        raise InvalidRule(f"There can be at most {limit:,} macros here. Delete one first.")
    taken = take_uploads(actor=actor, upload_ids=draft.upload_ids)
    _fill(macro, draft, taken)
    note_saved(macro, RuleKind.MACRO, actor, is_new=True)
    adopt_files(macro, taken)
    _note_problems(macro)
    return macro


@transaction.atomic
def update_macro(
    *, actor: Actor, macro_id: int, draft: MacroDraft, expected_revision: int | None = None
) -> Macro:
    """Change a macro; nothing is saved when it was changed since `expected_revision`.

    Raises NotPermitted, RuleGone, ChangedRule, InvalidRule, InvalidEffect.
    """
    macro = _lock(actor, macro_id)
    check_revision(macro, expected_revision)
    _restrict(actor, macro, draft)
    taken = take_uploads(actor=actor, upload_ids=draft.upload_ids)
    _fill(macro, draft, taken)
    note_saved(macro, RuleKind.MACRO, actor, is_new=False)
    adopt_files(macro, taken)
    _note_problems(macro)
    return macro


@transaction.atomic
def set_macro_active(*, actor: Actor, macro_id: int, is_active: bool) -> Macro:
    """Offer a macro or stop offering it. Raises NotPermitted, RuleGone."""
    macro = _lock(actor, macro_id)
    macro.is_active = is_active
    note_saved(macro, RuleKind.MACRO, actor, is_new=False)
    _note_problems(macro)
    return macro


@transaction.atomic
def order_macros(*, actor: Actor, macro_ids: Sequence[int]) -> None:
    """Put macros into this order, in the places they hold now; others stay where they are.

    The place is no part of what a macro is: this makes no revisions. Raises NotPermitted, RuleGone.
    """
    rows = {pk: _lock(actor, pk) for pk in dict.fromkeys(macro_ids)}
    places = sorted(row.position for row in rows.values())
    places = [max(place, places[0] + number) for number, place in enumerate(places)]
    for row, place in zip(rows.values(), places, strict=True):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])


@transaction.atomic
def delete_macro(*, actor: Actor, macro_id: int) -> None:
    """Delete a macro with its files; its revisions stay. Raises NotPermitted, RuleGone."""
    macro = _lock(actor, macro_id)
    discard_files(macro)
    note_deleted(macro, RuleKind.MACRO, actor)


@transaction.atomic
def revert_macro(*, actor: Actor, macro_id: int, number: int) -> Macro:
    """Make a macro what it was in a revision; that is a new revision. Whose it is stays.

    Raises NotPermitted, RuleGone, InvalidRule, InvalidEffect (when it names what is gone).
    """
    macro = _lock(actor, macro_id)
    then = definition_then(RuleKind.MACRO, macro_id, number)
    draft = MacroDraft(
        title=then["title"], description=then["description"], is_active=then["is_active"],
        effects=then["effects"], scope=scope_of(macro), group_id=macro.group_id,
    )  # fmt: skip
    return update_macro(actor=actor, macro_id=macro.pk, draft=draft)


def save_reply_as_macro(*, actor: Actor, title: str, body: str, is_public: bool) -> Macro:
    """Keep a reply as a personal macro. Braces in it stay braces: it is text, not a template.

    Raises NotPermitted, InvalidRule, InvalidEffect.
    """
    if not body.strip():
        raise InvalidRule("Write the reply first, then save it as a macro.")
    effects: list[dict[str, Any]] = [
        {"field": "comment_value", "value": {"mode": "append", "text": literal(body.strip())}}
    ]
    if not is_public:
        effects.append({"field": "comment_mode_is_public", "value": False})
    return create_macro(actor=actor, draft=MacroDraft(title=title, effects=effects))


def scope_of(macro: Macro) -> str:
    if macro.owner_id is not None:
        return PERSONAL
    return GROUP if macro.group_id is not None else EVERYONE


def _restrict(actor: Actor, macro: Macro, draft: MacroDraft) -> None:
    """Whose the macro is from now on. A personal one belongs to whoever makes it so."""
    if draft.scope not in (PERSONAL, GROUP, EVERYONE):
        raise InvalidRule("A macro is for yourself, for a group or for everyone.")
    if draft.scope == PERSONAL:
        if actor.user_id is None:
            raise InvalidRule("A personal macro belongs to a person.")
        macro.owner_id, macro.group_id = actor.user_id, None
        return
    if not actor.can(Permission.MANAGE_RULES):
        raise NotPermitted("Only people who manage rules may share macros.")
    macro.owner_id = macro.group_id = None
    if draft.scope == GROUP:
        if not Group.objects.filter(pk=draft.group_id or 0, is_active=True).exists():
            raise InvalidRule("Choose the group that this macro is for.")
        macro.group_id = draft.group_id


def _fill(macro: Macro, draft: MacroDraft, new_files: Sequence[int]) -> None:
    fill_common(macro, draft)
    effects = parse_effects(draft.effects, RuleKind.MACRO)
    named = [pk for each in effects if each["field"] == "attachments" for pk in each["value"]]
    own = set(macro.files.values_list("pk", flat=True)) if macro.pk else set()
    if not set(named) <= own:
        raise InvalidRule("A file of this macro is gone. Attach it again.")
    effects = [each for each in effects if each["field"] != "attachments"]
    if files := [*dict.fromkeys(named), *new_files]:
        effects += parse_effects([{"field": "attachments", "value": files}], RuleKind.MACRO)
    if not effects:
        raise InvalidRule("Add at least one action: what should the macro do?")
    macro.effects = effects


def _note_problems(macro: Macro) -> None:
    """A text with a mistake is kept and marked: the macro works, its text comes out raw."""
    found = text_problems(macro.effects, known=known_placeholders())
    if found:
        macro.error, macro.failed_at = found[0][:500], clock.now()
        macro.save(update_fields=["error", "failed_at"])


def _require_staff(actor: Actor) -> None:
    """Macros belong to people: parts of the system make none but with a person's rights."""
    if not (actor.is_system or (actor.is_agent and actor.user_id is not None)):
        raise NotPermitted("Macros are for agents.")


def _lock(actor: Actor, macro_id: int) -> Macro:
    """Raises RuleGone also for personal macros of others: nobody learns that they exist."""
    _require_staff(actor)
    macro = Macro.objects.select_for_update(of=("self",)).filter(pk=macro_id).first()
    if macro is None or (macro.owner_id is not None and macro.owner_id != actor.user_id):
        raise RuleGone
    if macro.owner_id is None and not actor.can(Permission.MANAGE_RULES):
        if macro.group_id is not None and macro.group_id not in actor.group_ids:
            raise RuleGone
        raise NotPermitted("Only people who manage rules may change shared macros.")
    return macro
