"""What a builder of conditions offers: fields with their operators and values, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Group, User
from accounts.roles import Role
from tickets.conditions.custom import custom_fields
from tickets.conditions.registry import (
    FIELDS,
    Field,
    Kind,
    Purpose,
    operators_of,
)
from tickets.models import Channel, Priority, Schedule, Score, Status, TicketForm, TicketType

LIMIT = 1_000  # rows of one list of choices
SEARCHED = ("person", "organization")  # too many for a list: looked up as one types

Text = str | Promise
_Lists = Mapping[str, list[tuple[str, str]]]

_IS: dict[str, Text] = {
    "is": _("is"), "is_not": _("is not"), "present": _("is set"), "not_present": _("is not set"),
}  # fmt: skip
_WORDS: dict[Kind, dict[str, Text]] = {
    Kind.ORDERED: {"less_than": _("is below"), "greater_than": _("is above")},
    Kind.TAGS: {
        "includes": _("contain at least one of"), "not_includes": _("contain none of"),
        "present": _("are there"), "not_present": _("are absent"),
    },
    Kind.NUMBER: {"less_than": _("is less than"), "greater_than": _("is greater than")},
    Kind.TEXT: {"includes": _("contains"), "not_includes": _("does not contain")},
    Kind.WORDS: {
        "includes": _("contains at least one of the words"),
        "not_includes": _("contains none of the words"),
        "is": _("contains the phrase"), "is_not": _("does not contain the phrase"),
    },
    Kind.SEARCH: {
        "includes": _("has all of the words"), "not_includes": _("has not all of the words"),
    },
    Kind.DATE: {
        "is": _("is on"), "less_than": _("is before"), "greater_than": _("is after"),
        "within_previous_n_days": _("is within the last days:"),
        "within_next_n_days": _("is within the next days:"),
    },
    Kind.HOURS: {
        "is": _("are exactly"), "less_than": _("are less than"),
        "greater_than": _("are more than"),
        "is_business_hours": _("are, in business hours, exactly"),
        "less_than_business_hours": _("are, in business hours, less than"),
        "greater_than_business_hours": _("are, in business hours, more than"),
    },
}  # fmt: skip
_CHANGES: dict[str, Text] = {
    "changed": _("was changed"), "not_changed": _("was not changed"),
    "value": _("was changed to"), "not_value": _("was not changed to"),
    "value_previous": _("was changed from"), "not_value_previous": _("was not changed from"),
}  # fmt: skip

# A status is a place on a way, not an amount.
_OWN_WORDS: dict[str, dict[str, Text]] = {
    "status": {"less_than": _("comes before"), "greater_than": _("comes after")},
}  # fmt: skip

# Where the registry's label would not read as the beginning of a sentence.
_LABELS: dict[str, Text] = {
    "update_type": _("The ticket"),
    "role": _("Who makes the change"),
    "current_user_id": _("The person who makes the change"),
    "current_via_id": _("The way of the change"),
    "comment_is_public": _("The comment"),
    "current_tags": _("Tags"),
}
_ROLES = {
    "agent": _("an agent"), "end_user": _("a customer"), "system": _("the help desk itself"),
}  # fmt: skip
_VALUES: dict[str, Mapping[str, Text]] = {
    "status": dict(Status.choices),
    "priority": {"": _("(none)"), **dict(Priority.choices)},
    "type": {"": _("(none)"), **dict(TicketType.choices)},
    "via_id": dict(Channel.choices),
    "current_via_id": dict(Channel.choices),
    "satisfaction_score": dict(Score.choices),
    "requester_role": dict(Role.choices),
    "update_type": {"Create": _("created"), "Change": _("updated")},
    "role": _ROLES,
    "comment_is_public": {
        "public": _("public"), "private": _("internal"), "none": _("absent"),
    },
}  # fmt: skip
_FLAG: dict[str, Text] = {"true": _("yes"), "false": _("no")}
NOBODY: dict[str, Text] = {
    "group": _("(no group)"), "agent": _("(nobody)"), "person": _("(nobody)"),
    "organization": _("(none)"), "schedule": _("(none)"), "form": _("(none)"),
}  # fmt: skip
ACTING: dict[str, dict[str, Text]] = {
    "group": {"current_groups": _("(groups of the current user)")},
    "agent": {"current_user": _("(the current user)")},
    "person": {"current_user": _("(the current user)")},
}

_HEADINGS: tuple[Text, ...] = (
    _("This change"), _("Ticket"), _("People"), _("Your fields"), _("Time"),
)  # fmt: skip
_PEOPLE = ("requester_id", "requester_role", "requester_email", "requester_tags", "organization_id",
           "organization_tags")  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldOffer:
    """A field for the builder. `choices` are empty where the value is typed or looked up.

    `refers_to` names what a typed reference is looked up among: person or organization.
    """

    name: str
    label: str
    heading: str
    kind: str
    operators: list[tuple[str, str]]
    choices: list[tuple[str, str]]
    refers_to: str = ""

    @property
    def is_searched(self) -> bool:
        return self.refers_to in SEARCHED


def offers(purpose: Purpose, actor: Actor) -> list[FieldOffer]:
    """All fields that conditions of this purpose may name, heading by heading: six queries.

    Groups, agents and schedules are lists; people and organizations are looked up (`SEARCHED`).
    Only for staff: the names of colleagues are shown.
    """
    if not actor.is_agent:
        return []
    references = _references(purpose)
    made = [
        FieldOffer(
            name=field.name, label=label_of(field), heading=_heading(field),
            kind=field.kind.value,
            operators=[
                (name, words_of_operator(field, name)) for name in operators_of(field, purpose)
            ],
            choices=_choices(field, references), refers_to=field.refers_to,
        )
        for field in (FIELDS | custom_fields()).values()
        if field.purposes & purpose
    ]  # fmt: skip
    places = {str(heading): place for place, heading in enumerate(_HEADINGS)}
    return sorted(made, key=lambda offer: places[offer.heading])


def label_of(field: Field) -> str:
    """The field as the beginning of a sentence."""
    return str(_LABELS.get(field.name, field.label))


def words_of_operator(field: Field, operator: str) -> str:
    """The operator as the middle of a sentence about the field."""
    own = _OWN_WORDS.get(field.name, {})
    known = {**_IS, **_CHANGES, **_WORDS.get(field.kind, {}), **own}
    return str(known.get(operator, operator))


def words_of_choice(field: Field, value: str) -> str:
    """A value out of the field's own choices, in words."""
    if field.kind is Kind.FLAG:
        return str(_FLAG[value])
    if field.custom_id and value == "":
        return str(_("(none)"))
    return str(_VALUES.get(field.name, {}).get(value, value))


def _heading(field: Field) -> str:
    change, ticket, people, own, time = _HEADINGS
    if field.custom_id:
        return str(own)
    if field.kind is Kind.HOURS:
        return str(time)
    if not field.path:
        return str(change)
    return str(people if field.name in _PEOPLE else ticket)


def _choices(
    field: Field, references: Mapping[str, list[tuple[str, str]]]
) -> list[tuple[str, str]]:
    if field.kind is Kind.FLAG:
        return [(value, str(words)) for value, words in _FLAG.items()]
    if field.kind is Kind.REFERENCE:
        return references.get(field.refers_to, [])
    return [(value, words_of_choice(field, value)) for value in field.choices]


def _references(purpose: Purpose) -> _Lists:
    """Groups, agents and schedules; whoever acts or looks only where somebody does."""
    acting = ACTING if purpose & (Purpose.VIEW | Purpose.TRIGGER) else {}
    groups = Group.objects.order_by("name", "id").values_list("pk", "name")[:LIMIT]
    agents = User.objects.assignable().order_by("name", "id").only("name", "email")[:LIMIT]
    schedules = Schedule.objects.order_by("name", "id").values_list("pk", "name")[:LIMIT]
    forms = TicketForm.objects.order_by("position", "id").values_list("pk", "title")[:LIMIT]
    rows: dict[str, list[tuple[Any, str]]] = {
        "group": list(groups),
        "agent": [(user.pk, user.display_name) for user in agents],
        "schedule": list(schedules),
        "form": list(forms),
    }
    return {
        kind: [
            *((value, str(words)) for value, words in acting.get(kind, {}).items()),
            *((str(pk), name) for pk, name in found),
        ]
        for kind, found in rows.items()
    }
