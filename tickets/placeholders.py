"""What a text with placeholders may say of a ticket, in Zendesk's names.

Values are plain (core.liquid); nothing here is of an internal note, a subject is a value like any
other, and what a customer wrote in it is not rendered again (attack 22).
"""

from __future__ import annotations

from django.conf import settings

from accounts.models import User
from core import liquid
from tickets.models import Ticket

_PERSON = ("name", "first_name", "last_name", "email", "language")
_AGENT = (*_PERSON, "signature")
PLACEHOLDERS = frozenset(
    (
        "ticket.id", "ticket.title", "ticket.status", "ticket.priority", "ticket.ticket_type",
        "ticket.url", "ticket.agent_url", "ticket.tags", "ticket.latest_public_comment",
        "ticket.group.name", "ticket.organization.name",
        "ticket.created_at", "site.name", "site.url", "satisfaction.rating_url",
        *(f"ticket.requester.{name}" for name in _PERSON),
        *(f"ticket.assignee.{name}" for name in _PERSON),
        *(f"current_user.{name}" for name in _AGENT),
    )
)  # fmt: skip


def values_of(ticket: Ticket, *, current_user: User | None) -> dict[str, object]:
    """The values of PLACEHOLDERS. `current_user` is who writes: the agent of a reply."""
    group, organization = ticket.group, ticket.organization
    url = f"{settings.SITE_URL}/requests/{ticket.pk}/"
    return {
        "ticket": {
            "id": ticket.pk,
            "title": ticket.subject,
            "status": str(ticket.get_status_display()),
            "priority": ticket.priority,
            "ticket_type": ticket.type,
            "url": url,
            "agent_url": f"{settings.SITE_URL}/tickets/{ticket.pk}/",
            "latest_public_comment": "",  # known where a change is at hand (macros.values)
            "tags": list(ticket.tags),
            "created_at": ticket.created_at.isoformat(),
            "requester": _person(ticket.requester),
            "assignee": _person(ticket.assignee),
            "group": {"name": group.name if group else ""},
            "organization": {"name": organization.name if organization else ""},
        },
        "current_user": {
            **_person(current_user),
            "signature": current_user.signature if current_user else "",
        },
        "satisfaction": {"rating_url": f"{url}#rating"},
        "site": {"name": settings.SITE_NAME, "url": settings.SITE_URL},
    }


def problems(template: str) -> list[str]:
    """What is wrong with a text with placeholders, in sentences for its editor."""
    return liquid.problems(template, known=PLACEHOLDERS)


def _person(user: User | None) -> dict[str, object]:
    if user is None:
        return dict.fromkeys(_PERSON, "")
    return {
        "name": user.display_name,
        "first_name": user.first_name,
        "last_name": user.display_name.removeprefix(user.first_name).strip(),
        "email": user.email or "",
        "language": user.language,
    }
