"""The ticket that the form of a new one describes, for macros that are applied in it."""

from __future__ import annotations

from django.http import QueryDict

from accounts.actor import Actor
from accounts.models import User
from accounts.selectors import search_users
from core import clock
from macros.macro_plans import Preview
from tickets.errors import InvalidChange
from tickets.models import Priority, Status, Ticket, TicketType
from web.agent.property_changes import Assignment, assignment_from

_PLAIN = ("subject", "type", "priority")


def ticket_in_form(values: QueryDict, actor: Actor) -> Ticket:
    """As it would be if it were created now; what cannot be read is left empty. Never saved."""
    now, assignment = clock.now(), _assignment(values)
    requester = _requester(values, actor)
    kind, priority = values.get("type", ""), values.get("priority", "")
    return Ticket(
        subject=values.get("subject", "").replace("\x00", "")[:998],
        requester=requester,
        organization=requester.organization if requester.pk else None,
        status=Status.OPEN if assignment.assignee_id else Status.NEW,
        type=kind if kind in TicketType.values else "",
        priority=priority if priority in Priority.values else "",
        group_id=assignment.group_id, assignee_id=assignment.assignee_id,
        tags=values.get("tags", "").replace(",", " ").split(), created_at=now, updated_at=now,
    )  # fmt: skip


def form_fields(found: Preview) -> dict[str, str]:
    """What the macros make of the fields that the form shows, as their inputs hold it.

    Group and assignee also follow from a status: somebody has to be there for a pending ticket.
    """
    ticket = found.ticket
    fields = {name: getattr(ticket, name) for name in _PLAIN if name in found.fields}
    if "tags" in found.fields:
        fields["tags"] = " ".join(ticket.tags)
    if "form_id" in found.fields:
        fields["form"] = str(ticket.form_id or "")
    if ticket.group_id or {"group_id", "assignee_id"} & found.fields.keys():
        agent = f"/{ticket.assignee_id}" if ticket.assignee_id else ""
        fields["assignment"] = f"{ticket.group_id or ''}{agent}"
    return fields


def _requester(values: QueryDict, actor: Actor) -> User:
    """The person whose address it is, if the agent may know them; else one to be made."""
    typed = values.get("requester", "").strip()
    known = search_users(typed, actor).filter(email=typed.lower()).first() if "@" in typed else None
    return known or User(email=typed.lower()[:254], name=values.get("requester_name", "")[:200])


def _assignment(values: QueryDict) -> Assignment:
    try:
        return assignment_from(values.get("assignment", ""))
    except InvalidChange:
        return Assignment(group_id=None, assignee_id=None)
