"""A search as the conditions of a view, so that it can be kept.

What a view cannot ask for (a fixed date, a CC) is left out and named: nobody takes the view for
more than it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from accounts.models import Group, Identity, IdentityKind, Organization, User
from tickets.conditions.registry import FIELDS
from tickets.search.operators import KEYWORDS, KINDS, Piece, ago_in_hours, pieces_of

_CHOICES = {"status": "status", "priority": "priority", "type": "type", "ticket_type": "type",
            "via": "via_id", "satisfaction": "satisfaction_score"}  # fmt: skip
_PEOPLE = {"requester": "requester_id", "assignee": "assignee_id"}
_HOURS = {"created": "created_hours_ago", "updated": "updated_hours_ago",
          "solved": "solved_hours_ago"}  # fmt: skip
_OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}
_NAMESAKES = 10  # people of one name that a view asks for

Node = dict[str, Any]


@dataclass(slots=True)
class AsView:
    """Conditions in the grammar of tickets.conditions, and the pieces that did not fit into it."""

    conditions: dict[str, list[Node]] = field(default_factory=lambda: {"all": []})
    left_out: list[str] = field(default_factory=list)


def as_view(text: str) -> AsView:
    """What a view has to ask for to show what this search finds. A query for each name in it."""
    made = AsView()
    any_of: dict[str, list[Node]] = {}
    words = []
    for piece in pieces_of(text):
        if piece.keyword not in KEYWORDS:
            words.append(piece.text)
        elif piece.keyword == "type" and piece.value.lower() in KINDS:
            continue
        elif (node := _node(piece)) is None:
            made.left_out.append(piece.text)
        elif piece.comparison == ":" and not piece.is_excluded:
            any_of.setdefault(piece.keyword, []).append(node)
        else:
            made.conditions["all"].append(node)
    for nodes in any_of.values():
        made.conditions["all"].append(nodes[0] if len(nodes) == 1 else {"any": nodes})
    if words:
        made.conditions["all"].append(_condition("full_text", "includes", " ".join(words)))
    return made


def _condition(name: str, operator: str, value: Any = None) -> Node:
    return {"field": name, "operator": operator, "value": value}


def _node(piece: Piece) -> Node | None:
    keyword, comparison, value = piece.keyword, piece.comparison, piece.value
    is_not = piece.is_excluded
    if keyword in _CHOICES:
        return _choice(_CHOICES[keyword], comparison, value.lower(), is_not)
    if keyword in _HOURS:
        return _hours(_HOURS[keyword], comparison, value, is_not)
    if keyword == "tags":
        return _tags(value.lower(), is_not)
    if keyword == "subject":
        return _condition("subject_includes_word", "is_not" if is_not else "is", value)
    if keyword in _PEOPLE:
        return _one_of(_PEOPLE[keyword], _people(value), value, is_not)
    if keyword == "group":
        return _one_of("group_id", _named(Group, value), value, is_not)
    if keyword == "organization":
        return _one_of("organization_id", _named(Organization, value), value, is_not)
    return None


def _choice(name: str, comparison: str, value: str, is_not: bool) -> Node | None:
    value = "" if value == "none" else value
    choices = FIELDS[name].choices
    if value not in choices:
        return None
    if comparison == ":":
        return _condition(name, "is_not" if is_not else "is", value)
    if is_not:
        comparison = _OPPOSITE[comparison]
    if comparison in ("<", ">"):
        return _condition(name, "less_than" if comparison == "<" else "greater_than", value)
    # “At most” is below the next choice; at the end of the scale it says nothing.
    place = choices.index(value) + (1 if comparison == "<=" else -1)
    if not 0 <= place < len(choices):
        return None
    return _condition(name, "less_than" if comparison == "<=" else "greater_than", choices[place])


def _hours(name: str, comparison: str, value: str, is_not: bool) -> Node | None:
    hours = ago_in_hours(value)
    if hours is None or comparison == ":":
        return None
    later = comparison.startswith(">") != is_not
    return _condition(name, "less_than" if later else "greater_than", hours)


def _tags(value: str, is_not: bool) -> Node:
    if value == "none":
        return _condition("current_tags", "present" if is_not else "not_present")
    tags = value.replace(",", " ").split()
    return _condition("current_tags", "not_includes" if is_not else "includes", tags)


def _one_of(name: str, ids: list[int], value: str, is_not: bool) -> Node | None:
    if value.lower() == "none":
        return _condition(name, "present" if is_not else "not_present")
    if value.lower() == "me":
        return _condition(name, "is_not" if is_not else "is", "current_user")
    nodes = [_condition(name, "is_not" if is_not else "is", pk) for pk in ids]
    if not nodes:
        return None
    return nodes[0] if len(nodes) == 1 else {"all" if is_not else "any": nodes}


def _people(value: str) -> list[int]:
    if value.isdecimal():
        return [int(value)]
    if "@" in value:
        owners = Identity.objects.filter(kind=IdentityKind.EMAIL, value=value.lower())
        return list(owners.values_list("user_id", flat=True))
    named = User.objects.filter(name__icontains=value).order_by("id")
    return list(named.values_list("pk", flat=True)[:_NAMESAKES])


def _named(model: type[Group] | type[Organization], value: str) -> list[int]:
    found = Q(pk=int(value)) if value.isdecimal() and len(value) < 19 else Q(name__iexact=value)
    return list(model._default_manager.filter(found).values_list("pk", flat=True)[:1])
