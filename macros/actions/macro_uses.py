"""Submitting with macros: what they change goes into the agent's own submit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from core import clock
from macros.macro_plans import STACK_LIMIT, drafted_ticket, preview
from macros.models import Macro, MacroUse, RuleKind, RuleRevision
from macros.selectors.macros import usable_macros
from tickets import policies
from tickets.actions import create_ticket, update_ticket
from tickets.changes import TicketChange
from tickets.drafts import CommentDraft, TicketChanges, TicketDraft
from tickets.errors import InvalidChange
from tickets.models import Participant, ParticipantRole, Status, Ticket


@dataclass(frozen=True, slots=True)
class AppliedMacro:
    """A macro in a composer, as it was when it was applied there."""

    macro_id: int
    revision: int


def submit_with_macros(
    *,
    actor: Actor,
    ticket_id: int,
    applied: Sequence[AppliedMacro],
    changes: TicketChanges | None = None,
    comment: CommentDraft | None = None,
    expected_version: int | None = None,
    with_ccs: bool = True,
) -> Ticket:
    """`update_ticket` with what the macros ask for beside the text, which the comment holds.

    What the submit names itself (a status, the CC line) counts before the macros. Whatever is not
    allowed to the agent is not allowed with a macro. The audit names each macro and its revision.
    Without `with_ccs` the submit's own CC line is the whole word about CCs.

    Raises what update_ticket raises, InvalidChange for macros that are gone.
    """
    macros = as_applied(actor, applied)
    ticket = policies.visible_ticket(actor, ticket_id)
    made = preview(macros, ticket, actor)
    given = (changes or TicketChanges()).given()
    fields = {**made.fields, **given}
    if "custom_fields" in made.fields and "custom_fields" in given:
        fields["custom_fields"] = {**made.fields["custom_fields"], **given["custom_fields"]}
    if made.ccs and with_ccs and "cc_ids" not in given:
        fields["cc_ids"] = (*_ccs_of(ticket), *(person.pk for person in made.ccs))
    if fields.get("status", ticket.status) in Status.done():
        fields.pop("snoozed_until", None)  # what is solved does not sleep
    used = [
        {"id": step.macro.pk, "title": step.macro.title, "revision": step.macro.revision,
         "fields": sorted(_event_names(step.fields) - given.keys())}
        for step in made.steps
    ]  # fmt: skip
    return update_ticket(
        actor=actor.on(actor.channel, macros=used) if used else actor,
        ticket_id=ticket_id, changes=TicketChanges(**fields), comment=comment,
        expected_version=expected_version,
    )  # fmt: skip


def create_with_macros(
    *, actor: Actor, draft: TicketDraft, applied: Sequence[AppliedMacro]
) -> Ticket:
    """`create_ticket` with macros that were applied in its form.

    What the form shows (subject, tags, assignee, …) is in the draft, as the agent left it; custom
    fields, followers and a snooze come from the macros. The audit names each macro and its
    revision, and as its doing what still is as the macro wanted it. Raises what create_ticket
    raises, InvalidChange for macros that are gone.
    """
    macros = as_applied(actor, applied)
    made = preview(macros, drafted_ticket(draft), actor)
    draft = replace(
        draft, custom_fields={**made.fields.get("custom_fields", {}), **draft.custom_fields},
        follower_ids=tuple(dict.fromkeys(
            [*draft.follower_ids, *made.fields.get("follower_ids", ())]
        )),
        snoozed_until=made.fields.get("snoozed_until"),
    )  # fmt: skip
    used = [
        {"id": step.macro.pk, "title": step.macro.title, "revision": step.macro.revision,
         "fields": sorted(_event_names(_kept(step.fields, draft)))}
        for step in made.steps
    ]  # fmt: skip
    return create_ticket(actor=actor.on(actor.channel, macros=used) if used else actor, draft=draft)


def _kept(fields: dict[str, Any], draft: TicketDraft) -> dict[str, Any]:
    """Those of a macro's fields that the draft has as the macro wanted them."""
    return {
        name: value
        for name, value in fields.items()
        if name in ("custom_fields", "follower_ids") or getattr(draft, name, None) == value
    }


def as_applied(actor: Actor, applied: Sequence[AppliedMacro]) -> list[Macro]:
    """The macros as the agent saw them: an edit meanwhile does not change what is submitted."""
    found = usable_macros(actor).in_bulk([each.macro_id for each in applied[:STACK_LIMIT]])
    macros = []
    for each in applied[:STACK_LIMIT]:
        macro = found.get(each.macro_id)
        if macro is None:
            raise InvalidChange(
                "macros", "A macro you applied does not exist any more. Take it off and try again."
            )
        macros.append(macro if macro.revision == each.revision else _of_revision(macro, each))
    return macros


def _of_revision(macro: Macro, applied: AppliedMacro) -> Macro:
    revision = RuleRevision.objects.filter(
        kind=RuleKind.MACRO, rule_id=macro.pk, number=applied.revision
    ).first()
    if revision is None:
        raise InvalidChange("macros", "This macro was never like that. Take it off and try again.")
    then = revision.definition
    return Macro(
        pk=macro.pk, title=then["title"], effects=then["effects"], revision=applied.revision
    )


def _ccs_of(ticket: Ticket) -> list[int]:
    rows = Participant.objects.filter(ticket=ticket, role=ParticipantRole.CC, is_accepted=True)
    return list(rows.order_by("id").values_list("user_id", flat=True))


def _event_names(fields: dict[str, Any]) -> set[str]:
    """Fields as events name them."""
    custom = {f"custom_fields_{key}" for key in fields.get("custom_fields", {})}
    return {name for name in fields if name != "custom_fields"} | custom


@transaction.atomic
def note_uses(changes: Sequence[TicketChange]) -> None:
    """Count the macros of submits, for suggestions and figures; those deleted since are not."""
    used = [
        (change, each["id"]) for change in changes for each in change.actor.cause.get("macros", ())
    ]
    if not used:
        return
    present = set(Macro.objects.filter(pk__in=[pk for _, pk in used]).values_list("pk", flat=True))
    MacroUse.objects.bulk_create(
        [
            MacroUse(
                macro_id=pk, user_id=change.actor.user_id, ticket=change.ticket,
                created_at=clock.now(),
            )
            for change, pk in used
            if pk in present
        ]
    )  # fmt: skip
