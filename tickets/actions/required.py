"""What has to be filled in before a ticket is solved; part of a submit, never called on its own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.actor import Actor
from tickets.errors import InvalidChange
from tickets.models import Status, Ticket
from tickets.selectors.forms import fields_of, missing_fields

_SOLVED = (Status.SOLVED, Status.CLOSED)


def check_solvable(ticket: Ticket, before: dict[str, Any], actor: Actor) -> None:
    """Raise InvalidChange when an agent solves a ticket whose form wants more.

    Customers say "it is solved" without knowing our fields, and rules solve what lies there: both
    are let through, as Zendesk does it.
    """
    if ticket.status not in _SOLVED or before["status"] in _SOLVED or not actor.is_agent:
        return
    missing = missing_fields(ticket.form_id, fields_of(ticket), ticket.custom_fields)
    if missing:
        names = ", ".join(f"“{field.title}”" for field in missing)
        raise InvalidChange(
            f"custom_fields_{missing[0].pk}",
            _("Fill in %(names)s before you solve this ticket.") % {"names": names},
        )
