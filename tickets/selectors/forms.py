"""Which custom fields a ticket shows: those of its form, in the form's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from accounts.actor import Actor
from tickets.models import FieldType, Ticket, TicketField, TicketForm


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


def is_missing(field: TicketField, values: Mapping[str, Any]) -> bool:
    """Whether a field that solving needs is empty; a checkbox that has to be ticked is not."""
    return field.is_required_to_solve and values.get(str(field.pk)) in (None, "", [], False)
