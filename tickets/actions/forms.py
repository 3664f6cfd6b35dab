"""Ticket forms: which fields a kind of ticket has, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from core.bulk import put_in_order, update_columns
from core.text import storable
from tickets import policies
from tickets.actions.fields import FieldGone
from tickets.errors import InvalidChange
from tickets.field_rules import Rule, circle_in
from tickets.models import (
    Audience,
    FieldType,
    Ticket,
    TicketField,
    TicketForm,
    TicketFormCondition,
    TicketFormField,
)
from tickets.selectors.forms import kept_rules

MOST_FORMS = 300
MOST_CONDITIONS = 500


@dataclass(frozen=True, slots=True)
class ConditionDraft:
    """`child_id` is asked when `value` is chosen in `parent_id` (TicketFormCondition)."""

    parent_id: int
    value: str
    child_id: int
    is_required: bool = False
    audience: str = Audience.EVERYBODY


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form as it is written in the settings; `field_ids` in their order."""

    title: str
    field_ids: Sequence[int] = ()
    customer_title: str = ""
    is_visible_to_customers: bool = False
    is_default: bool = False
    conditions: Sequence[ConditionDraft] | None = None  # None: they stay as they are


@transaction.atomic
def save_ticket_form(*, actor: Actor, draft: FormDraft, form_id: int | None = None) -> TicketForm:
    """Make a form at the end of the list, or change one. At most one is what new tickets get.

    Raises NotPermitted, FieldGone, InvalidChange (title, fields, is_default,
    conditions).
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
    if draft.conditions is not None:
        _set_conditions(form, draft.conditions)
    _drop_strays(form)
    kept_rules.forget()
    return form


def _set_conditions(form: TicketForm, drafts: Sequence[ConditionDraft]) -> None:
    """Make these the form's conditions; a place of the same is kept as it is."""
    wanted = {(d.parent_id, d.value, d.child_id, d.audience): d for d in drafts}
    if len(wanted) > MOST_CONDITIONS:
        _refuse(_("There can be at most %(n)d conditions.") % {"n": MOST_CONDITIONS})
    fields = {place.field_id: place.field for place in form.places.select_related("field")}
    for draft in wanted.values():
        _check_condition(draft, fields)
    for audience in Audience.values:
        whom = (audience, Audience.EVERYBODY)
        rules = [Rule(d.parent_id, d.value, d.child_id) for d in drafts if d.audience in whom]
        if (pk := circle_in(rules)) is not None:
            _refuse(_("“%(field)s” would be asked because of itself.") % {"field": fields[pk]})
    rows = {(r.parent_id, r.value, r.child_id, r.audience): r for r in form.conditions.all()}
    form.conditions.exclude(pk__in=[rows[key].pk for key in wanted if key in rows]).delete()
    for key, draft in wanted.items():
        if key in rows:
            rows[key].is_required = draft.is_required
    update_columns([rows[key] for key in wanted if key in rows], ["is_required"])
    TicketFormCondition.objects.bulk_create(
        TicketFormCondition(
            form=form, parent_id=draft.parent_id, value=draft.value, child_id=draft.child_id,
            is_required=draft.is_required, audience=draft.audience,
        )
        for key, draft in wanted.items() if key not in rows
    )  # fmt: skip


def _check_condition(draft: ConditionDraft, fields: dict[int, TicketField]) -> None:
    parent, child = fields.get(draft.parent_id), fields.get(draft.child_id)
    if parent is None or child is None:
        _refuse(_("A condition may only name fields that are ticked above."))
    if parent.type == FieldType.CHECKBOX:
        offered = ["true", "false"]
    elif parent.has_options:
        offered = parent.options
    else:
        _refuse(_("Only lists and checkboxes can decide about another field."))
    if draft.value not in offered:
        words = _("“%(value)s” is not a choice of “%(field)s”.")
        _refuse(words % {"value": draft.value[:60], "field": parent})
    if draft.audience not in Audience.values:
        _refuse(_("Choose for whom the condition holds."))


def _refuse(words: str) -> NoReturn:
    raise InvalidChange("conditions", words)


def _drop_strays(form: TicketForm) -> None:
    """Conditions about fields that have left the form."""
    inside = form.places.values("field_id")
    form.conditions.exclude(parent__in=inside, child__in=inside).delete()


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
    present = TicketForm.objects.select_for_update().order_by("position", "id")
    rows = put_in_order(present, form_ids)
    for number, row in enumerate(rows, 1):
        row.position = number
    update_columns(rows, ["position"])


def _lock(form_id: int) -> TicketForm:
    form = TicketForm.objects.select_for_update().filter(pk=form_id).first()
    if form is None:
        raise FieldGone
    return form
