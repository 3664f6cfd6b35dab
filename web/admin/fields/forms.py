"""The settings of ticket forms."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets.actions import (
    FieldGone,
    FormDraft,
    activate_ticket_form,
    order_ticket_forms,
    remove_ticket_form,
    save_ticket_form,
)
from tickets.errors import InvalidChange
from tickets.models import TicketField, TicketForm
from web.access import SignedInRequest
from web.admin.fields.access import fields_page, order_from
from web.admin.fields.conditions import choices_of, drafts_of, rows_from, rows_of
from web.admin.forms import PageForm
from web.agent.numbers import as_ids


class FormForm(PageForm):
    title = forms.CharField(
        label=gettext_lazy("Name"), max_length=100,
        error_messages={"required": gettext_lazy("Give this form a name.")},
    )  # fmt: skip
    customer_title = forms.CharField(
        label=gettext_lazy("Name for customers"), max_length=100, required=False,
        help_text=gettext_lazy("What they choose when they write to you; empty: the same."),
    )  # fmt: skip
    is_visible_to_customers = forms.BooleanField(
        label=gettext_lazy("Customers can choose it for a request"), required=False
    )
    is_default = forms.BooleanField(label=gettext_lazy("New tickets get this form"), required=False)


@require_safe
@fields_page
def index(request: SignedInRequest) -> HttpResponse:
    """All forms in their order, each with its fields."""
    rows = TicketForm.objects.order_by("position", "id").prefetch_related("places__field")
    return render(request, "admin/fields/forms.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@fields_page
def new(request: SignedInRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@fields_page
def edit(request: SignedInRequest, form_id: int) -> HttpResponse:
    form = TicketForm.objects.filter(pk=form_id).first()
    if form is None:
        raise FieldGone
    return _edit(request, form)


@require_POST
@fields_page
def activation(request: SignedInRequest, form_id: int) -> HttpResponse:
    """Switch a form on or off."""
    is_active = request.POST.get("active") == "1"
    try:
        activate_ticket_form(actor=request.actor, form_id=form_id, is_active=is_active)
    except InvalidChange as refused:
        messages.error(request, str(refused))
    return redirect("admin:ticket_forms")


@require_POST
@fields_page
def position(request: SignedInRequest, form_id: int) -> HttpResponse:
    """Put forms into another order."""
    present = list(TicketForm.objects.order_by("position", "id").values_list("pk", flat=True))
    order_ticket_forms(actor=request.actor, form_ids=order_from(request.POST, present, form_id))
    return redirect("admin:ticket_forms")


@require_POST
@fields_page
def removal(request: SignedInRequest, form_id: int) -> HttpResponse:
    """Remove a form that no ticket has."""
    try:
        remove_ticket_form(actor=request.actor, form_id=form_id)
    except InvalidChange as refused:
        messages.error(request, str(refused))
        return redirect("admin:ticket_form", form_id)
    messages.success(request, _("The form was removed."))
    return redirect("admin:ticket_forms")


def _edit(request: SignedInRequest, ticket_form: TicketForm | None) -> HttpResponse:
    form = FormForm(
        request.POST if request.method == "POST" else None, initial=_initial(ticket_form)
    )
    chosen = _chosen(request, ticket_form)
    conditions = rows_from(request.POST) if request.method == "POST" else rows_of(ticket_form)
    if request.method == "POST" and form.is_valid():
        try:
            draft = FormDraft(
                field_ids=chosen, conditions=drafts_of(conditions), **form.cleaned_data
            )
            save_ticket_form(
                actor=request.actor, draft=draft, form_id=ticket_form.pk if ticket_form else None
            )
            messages.success(request, _("Saved."))
            return redirect("admin:ticket_forms")
        except InvalidChange as error:
            form.refuse(error)
    rows = _rows(chosen)
    context = {
        "form": form, "ticket_form": ticket_form, "rows": rows, "conditions": conditions,
        "choices": choices_of([field for field, _is_in in rows]),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "admin/fields/form.html", context, status=status)


def _initial(ticket_form: TicketForm | None) -> dict[str, object]:
    names = ("title", "customer_title", "is_visible_to_customers", "is_default")
    return {name: getattr(ticket_form, name) for name in names} if ticket_form else {}


def _chosen(request: SignedInRequest, ticket_form: TicketForm | None) -> list[int]:
    """Ids of the form's fields in their order: as posted, else as stored."""
    if request.method == "POST":
        return as_ids(request.POST.getlist("field"))
    if ticket_form is None:
        return []
    places = ticket_form.places.order_by("position", "id")
    return list(places.values_list("field_id", flat=True))


def _rows(chosen: list[int]) -> list[tuple[TicketField, bool]]:
    """Every active field and whether it is in the form; those that are come first, in order."""
    fields = {field.pk: field for field in TicketField.objects.order_by("position", "id")}
    inside = [fields[pk] for pk in chosen if pk in fields]
    outside = [field for pk, field in fields.items() if pk not in chosen and field.is_active]
    return [*((field, True) for field in inside), *((field, False) for field in outside)]
