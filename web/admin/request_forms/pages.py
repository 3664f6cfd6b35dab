"""The settings of request forms."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_in.actions.request_forms import (
    RequestFormGone,
    activate_request_form,
    remove_request_form,
    save_request_form,
)
from channels_in.models import Fate, RequestForm
from tickets.errors import InvalidChange
from web.access import SignedInRequest
from web.admin.access import settings_page
from web.admin.request_forms.forms import RequestFormForm, draft_of, initial_of


@require_safe
@settings_page
def index(request: SignedInRequest) -> HttpResponse:
    """All request forms, each with what came by it and what of that is held."""
    forms = RequestForm.objects.select_related("account__group", "ticket_form")
    rows = forms.annotate(
        came=Count("account__items"),
        held=Count("account__items", filter=Q(account__items__fate=Fate.SUSPENDED)),
    ).order_by("account__name", "id")
    return render(request, "admin/request_forms/index.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@settings_page
def new(request: SignedInRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@settings_page
def edit(request: SignedInRequest, form_id: int) -> HttpResponse:
    return _edit(request, _form(form_id))


@require_POST
@settings_page
def activation(request: SignedInRequest, form_id: int) -> HttpResponse:
    """Switch a form on or off."""
    is_active = request.POST.get("active") == "1"
    try:
        activate_request_form(actor=request.actor, form_id=form_id, is_active=is_active)
    except RequestFormGone as gone:
        raise Http404 from gone
    return redirect("admin:request_forms")


@require_POST
@settings_page
def removal(request: SignedInRequest, form_id: int) -> HttpResponse:
    """Remove a form that nobody has used."""
    try:
        remove_request_form(actor=request.actor, form_id=form_id)
    except RequestFormGone as gone:
        raise Http404 from gone
    except InvalidChange as refused:
        messages.error(request, str(refused))
        return redirect("admin:request_form", form_id)
    messages.success(request, _("The form was removed."))
    return redirect("admin:request_forms")


def _form(form_id: int) -> RequestForm:
    form = RequestForm.objects.select_related("account").filter(pk=form_id).first()
    if form is None:
        raise Http404
    return form


def _edit(request: SignedInRequest, saved: RequestForm | None) -> HttpResponse:
    is_post = request.method == "POST"
    form = RequestFormForm(request.POST if is_post else None, initial=initial_of(saved))
    if is_post and form.is_valid():
        try:
            saved = save_request_form(
                actor=request.actor, draft=draft_of(form), form_id=saved.pk if saved else None
            )
            messages.success(request, _("Saved."))
            return redirect("admin:request_form", saved.pk)
        except InvalidChange as error:
            form.refuse(error)
    context = {"form": form, "saved": saved, **(_addresses(saved) if saved else {})}
    status = 422 if is_post else 200
    return render(request, "admin/request_forms/form.html", context, status=status)


def _addresses(form: RequestForm) -> dict[str, Any]:
    """Where it is, and what puts it into another site."""
    script = settings.SITE_URL + reverse("request_forms:script")
    framed = settings.SITE_URL + reverse("request_forms:embedded", args=[form.slug])
    return {
        "address": settings.SITE_URL + reverse("request_forms:form", args=[form.slug]),
        "script_snippet": f'<script src="{script}" data-form="{form.slug}" async></script>',
        "frame_snippet": f'<iframe src="{framed}" title="{form.title}" width="100%" height="820">'
        "</iframe>",
    }
