"""Putting given values onto a ticket; part of a submit, never called on its own."""

from __future__ import annotations

from typing import Any

from tickets.actions import checks, participants
from tickets.models import Ticket


def apply(ticket: Ticket, given: dict[str, Any]) -> None:
    """Check and set fields in memory. Raises InvalidChange naming the field."""
    checks.check_choices(**{k: given[k] for k in ("status", "type", "priority") if k in given})
    checks.check_transition(ticket, given)
    for name, value in given.items():
        if name in participants.LISTS:
            continue
        if name == "subject":
            value = checks.clean_subject(value)
        elif name == "tags":
            value = checks.clean_tags(value)
        elif name == "custom_fields":
            value = {**ticket.custom_fields, **checks.clean_custom_fields(value)}
            value = {key: entry for key, entry in value.items() if entry not in (None, "", [])}
        setattr(ticket, name, value)
    if ticket.type != "incident":
        ticket.problem_id = None
    if ticket.type != "task":
        ticket.due_at = None
