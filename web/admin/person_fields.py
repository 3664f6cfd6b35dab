"""The settings of people's and organizations' own fields."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import save_person_field
from accounts.errors import InvalidPerson
from accounts.models import FieldOwner, PersonField, PersonFieldType
from accounts.roles import Permission
from web.access import SignedInRequest, workspace
from web.admin.forms import PageForm


class PersonFieldForm(PageForm):
    owner = forms.ChoiceField(label=gettext_lazy("Belongs to"), choices=FieldOwner.choices)
    title = forms.CharField(
        label=gettext_lazy("Name"), max_length=100,
        error_messages={"required": gettext_lazy("Give this field a name.")},
    )  # fmt: skip
    type = forms.ChoiceField(label=gettext_lazy("It holds"), choices=PersonFieldType.choices)
    key = forms.CharField(
        label=gettext_lazy("Key"), max_length=59, required=False,
        help_text=gettext_lazy(
            "How rules and programs name it. Made of the name when empty; it stays for good."
        ),
    )  # fmt: skip
    options = forms.CharField(
        label=gettext_lazy("Choices of a drop-down list"), max_length=20_000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("One on each line."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)


@require_safe
@workspace(Permission.MANAGE_RULES)
def index(request: SignedInRequest) -> HttpResponse:
    """All fields: of people first."""
    rows = PersonField.objects.order_by("-owner", "position", "id")
    return render(request, "admin/people/index.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@workspace(Permission.MANAGE_RULES)
def edit(request: SignedInRequest, field_id: int | None = None) -> HttpResponse:
    """A new field, or one whose owner, key and kind stay as they are."""
    field = PersonField.objects.filter(pk=field_id).first() if field_id else None
    if field_id and field is None:
        raise Http404
    form = PersonFieldForm(request.POST or None, initial=_initial(field))
    if field:
        for name in ("owner", "type", "key"):
            form.fields[name].disabled = True
    if form.is_valid() and _saved(request, form):
        messages.success(request, _("Saved"))
        return redirect("admin:person_fields")
    status = 422 if form.is_bound else 200
    return render(request, "admin/people/field.html", {"form": form, "field": field}, status=status)


def _saved(request: SignedInRequest, form: PersonFieldForm) -> bool:
    values = form.cleaned_data
    key = values["key"] or slugify(values["title"]).replace("-", "_")[:59]
    try:
        save_person_field(
            actor=request.actor, owner=values["owner"], key=key, title=values["title"],
            type=values["type"], options=values["options"].splitlines(),
            is_active=values["is_active"],
        )  # fmt: skip
    except InvalidPerson as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


def _initial(field: PersonField | None) -> dict[str, object]:
    if field is None:
        return {}
    return {
        "owner": field.owner, "title": field.title, "type": field.type, "key": field.key,
        "options": "\n".join(field.options), "is_active": field.is_active,
    }  # fmt: skip
