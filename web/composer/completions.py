"""What the composer offers behind "@" and "{{": people to mention, values to put in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.roles import Permission
from accounts.selectors import search_users
from core import liquid
from macros.content import with_content
from macros.models import DynamicContent
from tickets import policies
from tickets.models import Ticket
from tickets.placeholders import values_of
from web.access import SignedInRequest, workspace
from web.agent.drafted import ticket_in_form

LIMIT = 8
CONTENTS = 30  # texts of dynamic content in the list

PLACES = (
    ("ticket.requester.first_name", gettext_lazy("Requester’s first name")),
    ("ticket.requester.name", gettext_lazy("Requester’s name")),
    ("ticket.requester.email", gettext_lazy("Requester’s e-mail address")),
    ("ticket.organization.name", gettext_lazy("Organisation")),
    ("ticket.id", gettext_lazy("Ticket number")),
    ("ticket.title", gettext_lazy("Subject")),
    ("ticket.url", gettext_lazy("Link to the request, for the customer")),
    ("ticket.status", gettext_lazy("Status")),
    ("ticket.assignee.name", gettext_lazy("Assignee’s name")),
    ("ticket.group.name", gettext_lazy("Group")),
    ("current_user.first_name", gettext_lazy("Your first name")),
    ("current_user.name", gettext_lazy("Your name")),
    ("satisfaction.rating_url", gettext_lazy("Link to rate the answer")),
    ("site.name", gettext_lazy("Name of this help desk")),
    ("site.url", gettext_lazy("Address of this help desk")),
)


@dataclass(frozen=True, slots=True)
class Option:
    """A line of the list. `html` is what is put into the text; without it nothing can be."""

    label: str
    hint: str
    html: str
    person: User | None = None
    find: str = ""  # other words it is found by


@require_GET
@workspace(Permission.COMMENT_INTERNALLY)
def people(request: SignedInRequest, number: int | None = None) -> HttpResponse:
    """Colleagues whose name or address fits `q`; without one, those of the ticket's group."""
    typed = request.GET.get("q", "").strip()
    staff = User.objects.staff().filter(is_active=True).exclude(pk=request.user.pk)
    if typed:
        staff = staff.filter(pk__in=search_users(typed, request.actor).values("pk"))
    elif number is not None:
        ticket = policies.visible_ticket(request.actor, number)
        mates = staff.filter(memberships__group=ticket.group_id).distinct()
        staff = mates if ticket.group_id and mates.exists() else staff
    options = [
        Option(
            person.display_name, person.email or "", person=person,
            html=format_html(
                '<span data-mention="{}">@{}</span>&nbsp;', person.pk, person.display_name
            ),
        )
        for person in staff.order_by("name", "id")[:LIMIT]
    ]  # fmt: skip
    return render(request, "agent/composer/_options.html", {"options": options})


@require_GET
@workspace(Permission.COMMENT_INTERNALLY)
def placeholders(request: SignedInRequest, number: int | None = None) -> HttpResponse:
    """Placeholders with this ticket's values, and the house's texts in the customer's language."""
    ticket = (
        ticket_in_form(request.GET, request.actor)
        if number is None
        else policies.visible_ticket(request.actor, number)
    )
    values = values_of(ticket, current_user=request.user)
    options = [
        _placed(name, str(label), liquid.render(f"{{{{ {name} }}}}", values, html=False))
        for name, label in PLACES
    ]
    options += _contents(ticket, values)
    return render(request, "agent/composer/_options.html", {"options": options})


def _contents(ticket: Ticket, values: dict[str, object]) -> list[Option]:
    rows = DynamicContent.objects.order_by("name", "id").values_list("placeholder", "name")
    names = list(rows[:CONTENTS])
    texts = [{"value": "".join(f"{{{{dc.{name}}}}}" for name, _title in names)}] if names else []
    filled = with_content(texts, ticket, values, fill=liquid.render).get("dc", {})
    found = filled if isinstance(filled, dict) else {}
    return [_placed(f"dc.{name}", title, str(found.get(name, ""))) for name, title in names]


def _placed(name: str, label: str, value: str) -> Option:
    lines = str(escape(value.strip())).replace("\n", "<br>")
    hint = " ".join(value.split())[:80] or _("empty here")
    return Option(label, hint, html=lines, find=name)
