"""Which custom fields a ticket shows: those of its form, in the form's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from accounts.actor import Actor
from core.kept import Kept
from tickets.field_rules import Asked, Rule, asked
from tickets.models import (
    Audience,
    FieldType,
    Ticket,
    TicketField,
    TicketForm,
    TicketFormCondition,
)


def active_fields() -> list[TicketField]:
    """Every field in use, in the order of the settings: one query."""
    return list(TicketField.objects.filter(is_active=True).order_by("position", "id"))


def fields_of(ticket: Ticket) -> list[TicketField]:
    """The active fields of the ticket's form, all of them when it has none: one query."""
    return active_fields() if ticket.form_id is None else fields_of_form(ticket.form_id)


def fields_of_form(form_id: int) -> list[TicketField]:
    fields = TicketField.objects.filter(is_active=True, places__form=form_id)
    return list(fields.order_by("places__position", "id"))


def active_forms() -> list[TicketForm]:
    return list(TicketForm.objects.filter(is_active=True).order_by("position", "id"))


def forms_for_customers() -> list[TicketForm]:
    """Forms that customers choose among, in order."""
    forms = TicketForm.objects.filter(is_active=True, is_visible_to_customers=True)
    return list(forms.order_by("position", "id"))


def customer_fields(form: TicketForm | None) -> list[TicketField]:
    """What customers fill in: of a form, or of all fields where no form was chosen."""
    fields = active_fields() if form is None else fields_of_form(form.pk)
    return [field for field in fields if field.is_visible_to_customers]


def _read_rules() -> dict[int, list[tuple[str, Rule]]]:
    found: dict[int, list[tuple[str, Rule]]] = {}
    for row in TicketFormCondition.objects.order_by("form", "id"):
        rule = Rule(row.parent_id, row.value, row.child_id, row.is_required)
        found.setdefault(row.form_id, []).append((row.audience, rule))
    return found


kept_rules = Kept(_read_rules)  # every ticket page asks, and they hardly ever change


def rules_for(form_id: int | None, audience: Audience) -> list[Rule]:
    """What decides for agents, or for customers, which of a form's fields are asked."""
    if form_id is None:
        return []
    for_whom = (Audience.EVERYBODY, audience)
    return [rule for whom, rule in kept_rules().get(form_id, ()) if whom in for_whom]


def asked_of_agents(
    form_id: int | None, fields: Sequence[TicketField], values: Mapping[str, Any]
) -> Asked:
    """Which of these fields agents see on a ticket that holds these values."""
    return asked((field.pk for field in fields), rules_for(form_id, Audience.AGENTS), values)


def shown_fields(ticket: Ticket) -> list[TicketField]:
    """The fields of the ticket's form that are asked as its values stand."""
    fields = fields_of(ticket)
    shown = asked_of_agents(ticket.form_id, fields, ticket.custom_fields).shown
    return [field for field in fields if field.pk in shown]


def visible_forms(actor: Actor) -> Sequence[TicketForm]:
    """For programs: staff see all forms, customers those that they may choose."""
    if actor.is_customer:
        return forms_for_customers()
    return list(TicketForm.objects.order_by("position", "id"))


def holders_of(field: TicketField, option: str) -> QuerySet[Ticket]:
    """Tickets on which this option is chosen."""
    value = [option] if field.type == FieldType.MULTISELECT else option
    return Ticket.objects.filter(custom_fields__contains={str(field.pk): value})


def forms_for(ticket: Ticket) -> list[TicketForm]:
    """Forms that the ticket may have: those in use, and its own."""
    forms = TicketForm.objects.filter(Q(is_active=True) | Q(pk=ticket.form_id))
    return list(forms.order_by("position", "id"))


def missing_fields(
    form_id: int | None, fields: Sequence[TicketField], values: Mapping[str, Any]
) -> list[TicketField]:
    """What solving needs and is empty, of the fields that are asked.

    A checkbox that has to be ticked is empty until it is.
    """
    ask = asked_of_agents(form_id, fields, values)
    needed = (f for f in fields if f.pk in ask.required or f.is_required_to_solve)
    empty: tuple[Any, ...] = (None, "", [], False)
    return [f for f in needed if f.pk in ask.shown and values.get(str(f.pk)) in empty]
