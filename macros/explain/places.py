"""Why a ticket stands where it does in a view."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.actor import Actor
from core import clock
from macros.explain.answers import Answer
from macros.explain.promises import open_clocks, promise
from macros.explain.waiting import waiting_facts
from macros.explain.words import FIELDS, moment, value_words
from tickets.conditions import Conditions, InvalidCondition, Situation, first_unmet
from tickets.conditions.words import Names, names_in, words_of, words_of_condition
from tickets.models import Ticket, View
from tickets.selectors.neighbours import place_in_view
from tickets.view_columns import GROUPINGS, SORTS
from tickets.view_conditions import conditions_of

_GROUP_COLUMNS = {
    "status": "status", "priority": "priority", "type": "type", "group": "group_id",
    "assignee": "assignee_id", "requester": "requester_id", "organization": "organization_id",
}  # fmt: skip


def why_place(actor: Actor, ticket: Ticket, view: View) -> Answer:
    """Its place in a view: which conditions hold, what the view is ordered by, where that puts it.

    The view is one that the actor has. The promise that is next is named where the view is ordered
    by it; the place in a routing queue where the ticket waits in one.
    """
    title = _("Why is it at this place in “%(view)s”?") % {"view": view.title}
    try:
        conditions = conditions_of(view)
    except InvalidCondition as error:
        return Answer(title, _("The view does not work: %(why)s") % {"why": error})
    place = place_in_view(view, actor, ticket)
    names = names_in([conditions], _mentioned(view, ticket))
    values = {"view": view.title, "n": place.number if place else 0,
              "total": place.total if place else 0}  # fmt: skip
    if place is None:
        headline = _("It is not in “%(view)s” any more.") % values
        return Answer(title, headline, facts=_missing(actor, ticket, conditions, names))
    facts = [*_order_facts(view, ticket, names), *waiting_facts(ticket)]
    facts += [_("It is in the view because: %(what)s.") % {"what": words}
              for words in words_of(conditions, names)]  # fmt: skip
    return Answer(title, _("It is number %(n)d of %(total)d in “%(view)s”.") % values, facts=facts)


def _order_facts(view: View, ticket: Ticket, names: Names) -> list[str]:
    """What the view is ordered by, and the ticket's own value of it."""
    facts = []
    if column := _GROUP_COLUMNS.get(view.group_by):
        heading = value_words(FIELDS[column], getattr(ticket, column), names)
        grouping = str(GROUPINGS[view.group_by])
        facts.append(
            _("Tickets stand under headings by %(what)s; this one is under “%(heading)s”.")
            % {"what": grouping.lower(), "heading": heading}
        )
    column, words = SORTS.get(view.sort_by, SORTS["updated"])
    order = _("the highest first") if view.sort_order == "desc" else _("the lowest first")
    if column != "id":
        order = _("the latest first") if view.sort_order == "desc" else _("the earliest first")
    facts.append(_("The order is by %(what)s, %(order)s.") % {"what": words, "order": order})
    facts.append(_own_value(ticket, column))
    if column == "sla_next_breach_at":
        facts += [promise(row, ticket) for row in open_clocks(ticket) if row.breach_at][:1]
    return facts


def _own_value(ticket: Ticket, column: str) -> str:
    value = getattr(ticket, column)
    if value is None:
        return _("This ticket has no such moment, so it stands after those that have one.")
    words = f"#{value}" if column == "id" else moment(value)
    return _("Of this ticket that is: %(value)s.") % {"value": words}


def _missing(actor: Actor, ticket: Ticket, conditions: Conditions, names: Names) -> list[str]:
    situation = Situation(ticket=ticket, actor=actor, now=clock.now())
    unmet = first_unmet(conditions, situation)
    if unmet is None:
        return []
    words = words_of_condition(unmet, names)
    return [_("The view asks: %(what)s. That is not so.") % {"what": words}]


def _mentioned(view: View, ticket: Ticket) -> dict[str, list[int]]:
    column = _GROUP_COLUMNS.get(view.group_by, "")
    known = FIELDS.get(column)
    pk = getattr(ticket, column) if known and known.refers_to else None
    return {known.refers_to: [pk]} if known and pk else {}
