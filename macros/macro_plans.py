"""What macros would do to a ticket and to the reply being written: shown first, done on submit.

Several are stacked in order and a later one sees what the earlier ones ask for. Everything is what
the agent who applies them may do anyway: a macro brings no rights (attacks 27 and 33).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.actor import Actor
from accounts.models import User
from accounts.roles import Permission
from core import clock, html, liquid
from macros.content import with_content
from macros.effects import InvalidEffect, Plan, TextChange, parse_effects, plan
from macros.field_words import FieldChange, differences
from macros.literal import literal
from macros.models import Macro, MacroFile
from macros.values import values_for
from tickets.actions.trial import outcome_of
from tickets.conditions import Situation
from tickets.drafts import TicketChanges, TicketDraft
from tickets.errors import InvalidChange, TicketError
from tickets.models import Participant, ParticipantRole, Ticket

STACK_LIMIT = 10
KIND = "macro"
_TEXTS = ("comment_value", "comment_value_html", "subject")


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply as it is being written; a text is appended between `before` and `after`."""

    before: str = ""
    after: str = ""
    is_public: bool = True

    @property
    def body(self) -> str:
        return self.before + self.after


@dataclass(frozen=True, slots=True)
class Step:
    """One macro's part. `fields` are those of TicketChanges, as values."""

    macro: Macro
    fields: dict[str, Any]
    changes: list[FieldChange]
    tags_added: list[str]
    tags_removed: list[str]
    ccs: list[User]
    texts: list[TextChange]
    is_public: bool | None
    files: list[MacroFile]
    problems: list[str]

    @property
    def title(self) -> str:
        """The macro's, for people: its category is no punctuation."""
        return self.macro.title.replace("::", " · ")


@dataclass(frozen=True, slots=True)
class Preview:
    """All of the stack: the reply afterwards, and the ticket as a submit would leave it."""

    steps: list[Step]
    reply: Reply
    ticket: Ticket
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def ccs(self) -> list[User]:
        return list({user.pk: user for step in self.steps for user in step.ccs}.values())

    @property
    def files(self) -> list[MacroFile]:
        return [file for step in self.steps for file in step.files]

    @property
    def problems(self) -> list[str]:
        return [problem for step in self.steps for problem in step.problems]


def preview(
    macros: Sequence[Macro],
    ticket: Ticket,
    actor: Actor,
    *,
    reply: Reply | None = None,
    written: int = 0,
) -> Preview:
    """What the macros come to on this ticket, in order. Nothing is written, nothing is refused:
    what cannot be done is left out and said in `problems`.

    The texts of the first `written` macros are in the reply already.
    """
    reply, now_ticket, steps = reply or Reply(), ticket, []
    fields: dict[str, Any] = {}
    for macro in macros[:STACK_LIMIT]:
        step, now_ticket = _step(macro, now_ticket, actor, fields)
        steps.append(step)
        if len(steps) > written:
            reply = _with_texts(reply, step)
        fields = merged(fields, step.fields)
    return Preview(steps, reply, now_ticket, fields)


def drafted_ticket(draft: TicketDraft) -> Ticket:
    """The ticket that a draft would become, never saved: macros are planned on it."""
    now = clock.now()
    return Ticket(
        subject=draft.subject, requester_id=draft.requester_id,
        status=draft.status, type=draft.type, priority=draft.priority, group_id=draft.group_id,
        assignee_id=draft.assignee_id, channel=draft.channel, tags=list(draft.tags),
        custom_fields=dict(draft.custom_fields), created_at=now, updated_at=now,
    )  # fmt: skip


def merged(fields: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Both, the later one's word counting; custom fields are single fields."""
    together = {**fields, **more}
    if "custom_fields" in fields and "custom_fields" in more:
        together["custom_fields"] = {**fields["custom_fields"], **more["custom_fields"]}
    return together


def _step(
    macro: Macro, ticket: Ticket, actor: Actor, earlier: dict[str, Any]
) -> tuple[Step, Ticket]:
    situation = Situation(ticket=ticket, actor=actor, now=clock.now())
    effects, problems = _usable(macro.effects)
    values: Mapping[str, object] = values_for(situation)
    try:
        made = plan(effects, situation, values)
    except InvalidEffect as error:
        problems.append(f"{error} It is shown as it was written.")
        values = with_content(effects, ticket, values, fill=liquid.render)
        raw = [_shown_raw(effect, situation, values) for effect in effects]
        made = plan(raw, situation, values)
    if not actor.can(Permission.EDIT_TICKETS) and made.fields:
        problems.append("You may not change this ticket's properties: they stay as they are.")
        made.fields.clear()
    ccs = _take_ccs(made, ticket)
    if "follower_ids" in made.fields:
        present = [*earlier.get("follower_ids", ()), *made.fields["follower_ids"]]
        made.fields["follower_ids"] = tuple(dict.fromkeys(present))
    after = _outcome(ticket, actor, made, problems)
    step = Step(
        macro=macro, fields=made.fields, changes=differences(ticket, after, made.fields),
        tags_added=[tag for tag in after.tags if tag not in ticket.tags],
        tags_removed=[tag for tag in ticket.tags if tag not in after.tags],
        ccs=ccs, texts=made.texts, is_public=_publicity(made, actor, problems),
        files=_files(macro, made, problems), problems=problems,
    )  # fmt: skip
    return step, after


def _usable(effects: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """The effects whose groups, people and fields still exist, and a sentence for each other."""
    good, problems = [], []
    for effect in effects:
        try:
            good += parse_effects([effect], KIND)
        except InvalidEffect as error:
            problems.append(f"A part was left out: {error}")
    return good, problems


def missing_part(effects: Sequence[dict[str, Any]]) -> str:
    """What of a macro names something that is gone, in a sentence; empty when nothing does."""
    problems = _usable(effects)[1]
    return problems[0] if problems else ""


def _shown_raw(
    effect: dict[str, Any], situation: Situation, values: Mapping[str, object]
) -> dict[str, Any]:
    """The effect with a text that cannot be filled in as a text without placeholders."""
    if effect["field"] not in _TEXTS:
        return effect
    try:
        plan([effect], situation, values)
    except InvalidEffect:
        value = effect["value"]
        if isinstance(value, str):
            return {**effect, "value": literal(value)}
        return {**effect, "value": {**value, "text": literal(value["text"])}}
    return effect


def _take_ccs(made: Plan, ticket: Ticket) -> list[User]:
    """CCs go into the form, where the agent sees them among the others; not into the fields."""
    wanted = made.fields.pop("cc_ids", ())
    if not wanted:
        return []
    rows = Participant.objects.filter(
        ticket_id=ticket.pk, role=ParticipantRole.CC, is_accepted=True
    )
    present = {ticket.requester_id, *rows.values_list("user_id", flat=True)}
    new = User.objects.filter(pk__in=set(wanted) - present, is_active=True).exclude(email=None)
    return list(new.order_by("id"))


def _outcome(ticket: Ticket, actor: Actor, made: Plan, problems: list[str]) -> Ticket:
    """The ticket as this macro would leave it; a field that cannot be set is left out."""
    try:
        return outcome_of(actor=actor, ticket=ticket, changes=TicketChanges(**made.fields))
    except (InvalidChange, TicketError) as error:
        problems.append(f"A part was left out: {error}")
        name = getattr(error, "field", "")
        made.fields.pop(name if name in made.fields else "", None)
    try:
        return outcome_of(actor=actor, ticket=ticket, changes=TicketChanges(**made.fields))
    except TicketError:
        made.fields.clear()
        return copy.copy(ticket)


def _publicity(made: Plan, actor: Actor, problems: list[str]) -> bool | None:
    if made.is_public and not actor.can(Permission.REPLY_PUBLICLY):
        problems.append("You may only write internal notes: this stays one.")
        return False
    return made.is_public


def _files(macro: Macro, made: Plan, problems: list[str]) -> list[MacroFile]:
    if not made.file_ids:
        return []
    found = {file.pk: file for file in macro.files.filter(pk__in=made.file_ids)}
    if len(found) < len(set(made.file_ids)):
        problems.append("A part was left out: a file of this macro is gone.")
    return [found[pk] for pk in made.file_ids if pk in found]


def _with_texts(reply: Reply, step: Step) -> Reply:
    before, after = reply.before, reply.after
    for change in step.texts:
        text = (html.to_text(change.text) if change.is_html else change.text).strip("\n")
        if change.mode == "set":
            before, after = text, ""
        elif change.mode == "prepend":
            before = text + ("\n\n" if before.strip() else "") + before
        else:
            before, after = _inserted(before, text, after)
    is_public = reply.is_public if step.is_public is None else step.is_public
    return Reply(before, after, is_public)


def _inserted(before: str, text: str, after: str) -> tuple[str, str]:
    """A text at the cursor: in the line when it is one itself, else as paragraphs of its own."""
    line = before.rpartition("\n")[2]
    is_inline = bool(after.partition("\n")[0].strip() or line[-1:] == " ") and "\n" not in text
    if not is_inline and before.strip():
        before = before.rstrip(" ")
        before += "\n" * max(0, 2 - (len(before) - len(before.rstrip("\n"))))
    if not is_inline and after.strip():
        after = "\n" * max(0, 2 - (len(after) - len(after.lstrip("\n")))) + after
    return before + text, after
