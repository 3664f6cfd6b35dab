"""Triggers in few words, and what became of a ticket."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from macros.actions import TriggerDraft, create_trigger
from macros.models import RuleRun, Trigger
from macros.runs import Result, results_of
from tests import factories
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import AuditEvent, EventType, Ticket

CREATED = {"field": "update_type", "operator": "is", "value": "Create"}
CHANGED = {"field": "update_type", "operator": "is", "value": "Change"}


def condition(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


def effect(field: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "value": value}


def notice(who: Any, subject: str = "Look", body: str = "Something happened") -> dict[str, Any]:
    return effect("notification_user", {"who": who, "subject": subject, "body": body})


def trigger(
    title: str,
    conditions: list[dict[str, Any]],
    *effects: dict[str, Any],
    by: User | None = None,
    **draft: Any,
) -> Trigger:
    """A trigger whose conditions have all to hold, written by somebody or at installation."""
    return create_trigger(
        actor=as_actor(by) if by else factories.SETUP,
        draft=TriggerDraft(
            title=title, conditions={"all": conditions}, effects=list(effects), **draft
        ),
    )


def submit(
    ticket: Ticket, person: User, body: str = "", *, is_public: bool = True, channel: str = "web",
    **changes: Any,
) -> Ticket:  # fmt: skip
    """A submit of a person's: fields, and a comment when there is a body."""
    comment = CommentDraft(author_id=person.pk, body=body, is_public=is_public, channel=channel)
    return update_ticket(
        actor=as_actor(person, channel=channel), ticket_id=ticket.pk,
        changes=TicketChanges(**changes) if changes else None, comment=comment if body else None,
    )  # fmt: skip


def events(ticket: Ticket, *types: str) -> list[AuditEvent]:
    """Events of the last submit, of these types or all."""
    rows = AuditEvent.objects.filter(audit=ticket.audits.latest("id")).order_by("id")
    return list(rows.filter(type__in=types) if types else rows)


def by_rules(ticket: Ticket) -> list[tuple[str, Any, str]]:
    """What rules changed in the last submit: field, value, the rule's title."""
    return [
        (event.field_name, event.value, event.cause["title"])
        for event in events(ticket, EventType.CHANGE)
        if event.cause
    ]


def results(ticket: Ticket) -> dict[int, Result]:
    """What every trigger made of the last submit, by rule."""
    run = RuleRun.objects.filter(ticket=ticket, kind="trigger").latest("id")
    return {result.rule_id: result for result in results_of(run)}
