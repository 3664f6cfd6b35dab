"""Ticket forms: which fields a kind of ticket has, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from core.bulk import update_columns
from core.text import storable
from tickets import policies
from tickets.actions.fields import FieldGone
from tickets.errors import InvalidChange
from tickets.models import Ticket, TicketField, TicketForm, TicketFormField

MOST_FORMS = 300


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form as it is written in the settings; `field_ids` in their order."""

    title: str
    field_ids: Sequence[int] = ()
    customer_title: str = ""
    is_visible_to_customers: bool = False
    is_default: bool = False


@transaction.atomic
def save_ticket_form(*, actor: Actor, draft: FormDraft, form_id: int | None = None) -> TicketForm:
    """Make a form at the end of the list, or change one. At most one is what new tickets get.

    Raises NotPermitted, FieldGone, InvalidChange (title, fields, is_default).
    """
    policies.require(actor, Permission.MANAGE_RULES)
    now = clock.now()
    form = _lock(form_id) if form_id is not None else TicketForm(created_at=now)
    title = " ".join(storable(draft.title).split())[:100]
    if not title:
        raise InvalidChange("title", _("Give this form a name."))
    if TicketForm.objects.filter(title=title).exclude(pk=form.pk).exists():
        raise InvalidChange("title", _("There is a form of this name already."))
    if form.pk is None:
        if TicketForm.objects.count() >= MOST_FORMS:
            raise InvalidChange("title", _("There can be at most %(n)d forms.") % {"n": MOST_FORMS})
        form.position = (TicketForm.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    if draft.is_default and not form.is_active:
        raise InvalidChange("is_default", _("Switch the form on before new tickets get it."))
    if draft.is_default:
        TicketForm.objects.exclude(pk=form.pk).filter(is_default=True).update(is_default=False)
    form.title, form.is_default, form.updated_at = title, draft.is_default, now
    form.customer_title = " ".join(storable(draft.customer_title).split())[:100]
    form.is_visible_to_customers = draft.is_visible_to_customers
    form.save()
    _place(form, draft.field_ids)
    return form


def _place(form: TicketForm, field_ids: Sequence[int]) -> None:
    """Make these the form's fields, keeping the rows of those that stay."""
    wanted = list(dict.fromkeys(field_ids))
    known = set(TicketField.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if unknown := [pk for pk in wanted if pk not in known]:
        raise InvalidChange("fields", _("There is no field %(n)d any more.") % {"n": unknown[0]})
    rows = {row.field_id: row for row in form.places.all()}
    form.places.exclude(field_id__in=wanted).delete()
    for n, pk in enumerate(wanted):
        if pk in rows:
            rows[pk].position = n + 1
    update_columns([rows[pk] for pk in wanted if pk in rows], ["position"])
    TicketFormField.objects.bulk_create(
        TicketFormField(form=form, field_id=pk, position=n + 1)
        for n, pk in enumerate(wanted)
        if pk not in rows
    )


@transaction.atomic
def activate_ticket_form(*, actor: Actor, form_id: int, is_active: bool) -> TicketForm:
    """Switch a form on or off; tickets that have it keep it.

    Raises NotPermitted, FieldGone, InvalidChange for the one that new tickets get.
    """
    policies.require(actor, Permission.MANAGE_RULES)
    form = _lock(form_id)
    if form.is_default and not is_active:
        raise InvalidChange(
            "is_active", _("New tickets get this form. Make another one the usual form first.")
        )
    form.is_active, form.updated_at = is_active, clock.now()
    form.save(update_fields=["is_active", "updated_at"])
    return form


@transaction.atomic
def remove_ticket_form(*, actor: Actor, form_id: int) -> None:
    """Remove a form that no ticket has. Raises NotPermitted, FieldGone, InvalidChange."""
    policies.require(actor, Permission.MANAGE_RULES)
    form = _lock(form_id)
    if Ticket.objects.filter(form=form).exists():
        raise InvalidChange(
            "form", _("Tickets have this form. Switch it off instead: they keep it.")
        )
    form.delete()


@transaction.atomic
def order_ticket_forms(*, actor: Actor, form_ids: Sequence[int]) -> None:
    """Put forms into this order; those not named follow. Raises NotPermitted."""
    policies.require(actor, Permission.MANAGE_RULES)
    rows = list(TicketForm.objects.select_for_update().order_by("position", "id"))
    place = {pk: n for n, pk in enumerate(form_ids)}
    rows.sort(key=lambda row: place.get(row.pk, len(place)))
    for n, row in enumerate(rows):
        row.position = n + 1
    update_columns(rows, ["position"])


def _lock(form_id: int) -> TicketForm:
    form = TicketForm.objects.select_for_update().filter(pk=form_id).first()
    if form is None:
        raise FieldGone
    return form
