"""Would this trigger fire? Judged on a real ticket with an invented update; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import Actor, actor_for, system_actor
from core import clock
from macros.models import Trigger
from macros.selectors.rules import trigger_for
from tickets import policies
from tickets.changes import TicketChange
from tickets.conditions import Conditions, InvalidCondition, Purpose, Situation, holds, parse
from tickets.conditions.offers import FieldOffer, offers
from tickets.conditions.registry import CHANGE_OPERATORS
from tickets.errors import TicketNotFound
from tickets.models import Audit, Comment, EventType, Ticket
from web.access import SignedInRequest
from web.admin.rules.access import rules_page
from web.admin.rules.consequences import Consequences, consequences
from web.admin.rules.judged import Judged, judged
from web.admin.rules.kinds import TRIGGERS
from web.admin.rules.presenting import names_for
from web.agent.numbers import as_id
from web.builder.conditions import EMPTY

UNCHANGED = "(same)"


@dataclass(slots=True)
class Trial:
    """What would happen; `then` only when it would fire."""

    ticket: Ticket
    rows: list[Judged]
    fires: bool
    then: Consequences | None = None


@require_safe
@rules_page
def show(request: SignedInRequest, rule_id: int) -> HttpResponse:
    """The question, and its answer when a ticket is named in the address."""
    trigger = trigger_for(request.actor, rule_id)
    error, trial, conditions = "", None, None
    try:
        conditions = parse(trigger.conditions, Purpose.TRIGGER)
    except InvalidCondition as problem:
        error = str(problem)
    if conditions is not None and "ticket" in request.GET:
        try:
            trial = _try(trigger, conditions, request.actor, request.GET)
        except TicketNotFound:
            error = _("There is no such ticket that you may see.")
    context = {
        "of": TRIGGERS, "rule": trigger, "tab": "test", "trial": trial, "error": error,
        "values": request.GET,
        "changes": _changes(conditions, request) if conditions else [],
    }  # fmt: skip
    return render(request, "admin/rules/test.html", context)


def named_ticket(actor: Actor, text: str) -> Ticket:
    """The ticket of a number as people write it, `#42` or `42`. Raises TicketNotFound."""
    number = as_id(text.strip().lstrip("#"))
    if number is None:
        raise TicketNotFound("?")
    return policies.visible_ticket(actor, number)


def _try(trigger: Trigger, conditions: Conditions, actor: Actor, asked: Mapping[str, str]) -> Trial:
    ticket = named_ticket(actor, asked.get("ticket", ""))
    situation = _invented(ticket, conditions, actor, asked)
    names = names_for([(conditions, trigger.effects)])
    rows = judged(conditions, situation, names)
    trial = Trial(ticket, rows, fires=holds(conditions, situation))
    if trial.fires:
        trial.then = consequences(trigger.effects, situation, names)
    return trial


def _invented(
    ticket: Ticket, conditions: Conditions, reader: Actor, asked: Mapping[str, str]
) -> Situation:
    """An update that never was: unsaved, with the events that were asked for."""
    actor = _author(asked.get("by", ""), ticket, reader)
    change = TicketChange(ticket=ticket, actor=actor, audit=Audit(ticket=ticket))
    change.is_creation = asked.get("update") == "Create"
    said = asked.get("comment", "none")
    if said in ("public", "private"):
        change.comment = Comment(
            pk=0, ticket=ticket, author_id=actor.user_id or ticket.requester_id,
            body=asked.get("text", "")[:10_000], is_public=said == "public",
        )  # fmt: skip
    situation = Situation(ticket=ticket, actor=actor, now=clock.now(), change=change)
    for condition in conditions:
        known = condition.field
        before = asked.get(f"before-{known.name}", UNCHANGED)
        name = f"custom_fields_{known.custom_id}" if known.custom_id else known.path
        if before == UNCHANGED or change.changed(name):
            continue
        value: Any = ("" if known.choices else None) if before == EMPTY else before
        if known.refers_to and before.isdecimal():
            value = int(before)
        change.add(EventType.CHANGE, name, previous=value, value=situation.value(known))
    return situation


def _author(by: str, ticket: Ticket, reader: Actor) -> Actor:
    if by == "requester":
        return actor_for(ticket.requester, channel=ticket.channel)
    return system_actor("rules") if by == "system" else reader


def _changes(
    conditions: Conditions, request: SignedInRequest
) -> list[tuple[FieldOffer, list[tuple[str, str]], str]]:
    """Fields of which the trigger asks what they were before: offered with their choices."""
    wanted = {each.field.name for each in conditions if each.operator in CHANGE_OPERATORS}
    made = []
    for offer in offers(Purpose.TRIGGER, request.actor) if wanted else []:
        if offer.name in wanted and (offer.choices or offer.refers_to):
            empty = [(EMPTY, _("(empty)"))] if offer.refers_to else []
            choices = [(value or EMPTY, words) for value, words in offer.choices
                       if not value.startswith("current_")]  # fmt: skip
            chosen = request.GET.get(f"before-{offer.name}", UNCHANGED)
            made.append((offer, [(UNCHANGED, _("the same")), *empty, *choices], chosen))
    return made
