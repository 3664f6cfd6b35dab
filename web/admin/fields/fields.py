"""The settings of ticket fields."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tickets.actions import (
    FieldDraft,
    FieldGone,
    activate_ticket_field,
    order_ticket_fields,
    remove_ticket_field,
    save_ticket_field,
)
from tickets.errors import InvalidChange
from tickets.models import FieldType, TicketField
from web.access import SignedInRequest
from web.admin.fields.access import fields_page, order_from
from web.admin.forms import PageForm


class FieldForm(PageForm):
    title = forms.CharField(
        label=gettext_lazy("Name"), max_length=100,
        error_messages={"required": gettext_lazy("Give this field a name.")},
    )  # fmt: skip
    type = forms.ChoiceField(label=gettext_lazy("It holds"), choices=FieldType.choices)
    description = forms.CharField(
        label=gettext_lazy("Help for who fills it in"), max_length=500, required=False,
        help_text=gettext_lazy("Stands under the field, for agents and customers."),
    )  # fmt: skip
    options = forms.CharField(
        label=gettext_lazy("Options"), max_length=60_000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One on each line, in the order in which they are offered."),
    )  # fmt: skip
    pattern = forms.CharField(
        label=gettext_lazy("Pattern"), max_length=500, required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false", "class": "input mono"}),
        help_text=gettext_lazy("A regular expression, such as ^BC-[0-9]{5}$ for an order number."),
    )  # fmt: skip
    is_required_to_solve = forms.BooleanField(
        label=gettext_lazy("Agents must fill it in before they solve a ticket"), required=False
    )
    is_visible_to_customers = forms.BooleanField(
        label=gettext_lazy("Customers see it and fill it in"), required=False
    )
    is_required_of_customers = forms.BooleanField(
        label=gettext_lazy("Customers must fill it in"), required=False
    )


@require_safe
@fields_page
def index(request: SignedInRequest) -> HttpResponse:
    """All fields in their order."""
    rows = TicketField.objects.order_by("position", "id").prefetch_related("places__form")
    return render(request, "admin/fields/index.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@fields_page
def new(request: SignedInRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@fields_page
def edit(request: SignedInRequest, field_id: int) -> HttpResponse:
    """Change a field. What it holds stays as it was: tickets have values of that kind."""
    return _edit(request, _field(field_id))


@require_POST
@fields_page
def activation(request: SignedInRequest, field_id: int) -> HttpResponse:
    """Switch a field on or off."""
    is_active = request.POST.get("active") == "1"
    activate_ticket_field(actor=request.actor, field_id=field_id, is_active=is_active)
    return redirect("admin:ticket_fields")


@require_POST
@fields_page
def position(request: SignedInRequest, field_id: int) -> HttpResponse:
    """Put fields into another order."""
    present = list(TicketField.objects.order_by("position", "id").values_list("pk", flat=True))
    order_ticket_fields(actor=request.actor, field_ids=order_from(request.POST, present, field_id))
    return redirect("admin:ticket_fields")


@require_POST
@fields_page
def removal(request: SignedInRequest, field_id: int) -> HttpResponse:
    """Remove a field that no ticket holds a value of."""
    try:
        remove_ticket_field(actor=request.actor, field_id=field_id)
    except InvalidChange as refused:
        messages.error(request, str(refused))
        return redirect("admin:ticket_field", field_id)
    messages.success(request, _("The field was removed."))
    return redirect("admin:ticket_fields")


def _field(field_id: int) -> TicketField:
    field = TicketField.objects.filter(pk=field_id).first()
    if field is None:
        raise FieldGone
    return field


def _edit(request: SignedInRequest, field: TicketField | None) -> HttpResponse:
    form = FieldForm(request.POST if request.method == "POST" else None, initial=_initial(field))
    if field:
        form.fields["type"].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            save_ticket_field(
                actor=request.actor, draft=_draft(form), field_id=field.pk if field else None
            )
            messages.success(request, _("Saved."))
            return redirect("admin:ticket_fields")
        except InvalidChange as error:
            form.refuse(error)
    status = 422 if request.method == "POST" else 200
    return render(request, "admin/fields/field.html", {"form": form, "field": field}, status=status)


def _initial(field: TicketField | None) -> dict[str, object]:
    if field is None:
        return {"type": FieldType.TEXT}
    names = ("title", "type", "description", "pattern", "is_required_to_solve",
             "is_visible_to_customers", "is_required_of_customers")  # fmt: skip
    return {name: getattr(field, name) for name in names} | {"options": "\n".join(field.options)}


def _draft(form: FieldForm) -> FieldDraft:
    values = dict(form.cleaned_data)
    values["options"] = values["options"].splitlines()
    return FieldDraft(**values)
