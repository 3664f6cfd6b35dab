"""“Why?”: why a property, a tag, a mail or a place in a list is as it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.roles import Permission
from macros.explain import (
    Answer,
    why_field,
    why_mail,
    why_place,
    why_sla,
    why_tag,
    why_update,
)
from macros.explain.rulebook import RuleRef, still_there
from tickets import policies
from tickets.models import Ticket
from web.access import SignedInRequest, workspace
from web.agent.lists import view_of
from web.agent.numbers import as_id

TAG_LENGTH = 80  # as the column has it
# An assignee comes with a group: who asks about one may mean the other.
_BESIDE = {"assignee_id": "group_id", "group_id": "assignee_id"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer with its ways onward. `there` are the rules that can be opened, by kind and id."""

    ticket: Ticket
    about: str
    answer: Answer
    there: set[tuple[str, int]] = field(default_factory=set)
    beside: str = ""
    beside_words: str = ""


@require_GET
@workspace()
def show(request: SignedInRequest, number: int, about: str) -> HttpResponse:
    """The answer as a page, or for a page that is open as a fragment."""
    ticket = policies.visible_ticket(request.actor, number)
    answer = _answer(request, ticket, about)
    if answer is None:
        raise Http404
    may_open = request.actor.can(Permission.MANAGE_RULES)
    beside = _BESIDE.get(about, "")
    shown = Shown(
        ticket, about, answer, still_there(_rules_of(answer)) if may_open else set(),
        beside, _("Why this group?") if beside == "group_id" else _("Why this assignee?"),
    )  # fmt: skip
    template = "agent/tickets/_why.html" if request.htmx else "agent/tickets/why.html"
    return render(request, template, {"shown": shown, "ticket": ticket})


def _answer(request: SignedInRequest, ticket: Ticket, about: str) -> Answer | None:
    asked = request.GET
    match about:
        case "tag":
            tag = asked.get("tag", "").replace("\x00", "")[:TAG_LENGTH]
            return why_tag(ticket, tag) if tag else None
        case "mail":
            delivery_id = as_id(asked.get("delivery", ""))
            return why_mail(ticket, delivery_id) if delivery_id else None
        case "update":
            audit_id = as_id(asked.get("audit", ""))
            return why_update(ticket, audit_id) if audit_id else None
        case "place":
            view = view_of(request.actor, asked.get("view", ""))
            return why_place(request.actor, ticket, view) if view else None
        case "sla":
            return why_sla(ticket)
    return why_field(ticket, about)


def _rules_of(answer: Answer) -> list[RuleRef]:
    rules = [link.rule for link in answer.links]
    rules += [each.rule for link in answer.links for each in link.earlier]
    return [rule for rule in rules if rule]
