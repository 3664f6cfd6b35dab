"""Adding, changing and deleting webhooks; their signing secrets, which are shown once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core.crypto import seal, unseal
from macros.actions.webhooks import (
    create_webhook,
    delete_webhook,
    renew_secret,
    update_webhook,
)
from macros.errors import InvalidRule
from macros.models import Webhook
from macros.selectors.webhooks import rules_calling, webhook_with_health
from web.access import SignedInRequest
from web.admin.access import is_guided, settings_page
from web.admin.forms import PageForm
from web.admin.rules.presenting import rule_links
from web.admin.webhooks.pages import webhook_page
from web.admin.webhooks.steps import steps


class WebhookForm(PageForm):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=150,
        help_text=gettext_lazy("What rules call it, such as “Shop” or “Team chat”."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Give it a name that rules can show.")},
    )  # fmt: skip
    url = forms.CharField(
        label=gettext_lazy("Address"), max_length=2000,
        help_text=gettext_lazy(
            "Where calls are sent to. Addresses inside your own network are not called."
        ),
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false", "dir": "ltr",
                   "placeholder": "https://shop.example/help-desk"}
        ),
        error_messages={"required": gettext_lazy("Enter the address of the other program.")},
    )  # fmt: skip
    is_active = forms.BooleanField(label=gettext_lazy("Switched on"), required=False)


@require_http_methods(["GET", "POST"])
@settings_page
def new(request: SignedInRequest) -> HttpResponse:
    """The first step: name and address."""
    form, refusal = WebhookForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            webhook, secret = create_webhook(
                actor=request.actor, name=values["name"], url=values["url"]
            )
            return _to_secret(request, webhook.pk, secret, guided=True)
        except InvalidRule as error:
            refusal = str(error)
    context = {"form": form, "refusal": refusal, "steps": steps("new")}
    status = 422 if request.method == "POST" else 200
    return render(request, "admin/webhooks/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@settings_page
def edit(request: SignedInRequest, webhook_id: int) -> HttpResponse:
    """Name, address, on or off; renewing the secret and deleting stand below."""
    webhook, refusal = webhook_with_health(request.actor, webhook_id).webhook, ""
    form = WebhookForm(request.POST or None, initial=_initial(webhook))
    if request.method == "POST" and form.is_valid():
        try:
            update_webhook(actor=request.actor, webhook_id=webhook_id, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("admin:webhook_settings", webhook_id)
        except InvalidRule as error:
            refusal = str(error)
    uses = rules_calling(webhook)
    return webhook_page(
        request, webhook, "settings", form=form, refusal=refusal, uses=rule_links(uses),
        is_used=any(rule.is_active for rule in uses),
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@settings_page
def secret(request: SignedInRequest, webhook_id: int) -> HttpResponse:
    """POST makes a new secret; GET shows the one that was just made, once."""
    if request.method == "POST":
        made = renew_secret(actor=request.actor, webhook_id=webhook_id)
        return _to_secret(request, webhook_id, made)
    webhook = webhook_with_health(request.actor, webhook_id).webhook
    sealed = request.session.pop(_kept_as(webhook_id), "")
    return webhook_page(
        request, webhook, "secret", secret=unseal(sealed) if sealed else "",
        guided=is_guided(request), steps=steps("secret") if is_guided(request) else [],
    )  # fmt: skip


@require_POST
@settings_page
def remove(request: SignedInRequest, webhook_id: int) -> HttpResponse:
    """Delete a webhook with its log, unless a rule calls it."""
    try:
        delete_webhook(actor=request.actor, webhook_id=webhook_id)
    except InvalidRule as error:
        messages.error(request, str(error))
        return redirect("admin:webhook_settings", webhook_id)
    messages.success(request, _("The webhook was deleted."))
    return redirect("admin:webhooks")


def _to_secret(
    request: SignedInRequest, webhook_id: int, secret: str, *, guided: bool = False
) -> HttpResponse:
    """On to the page that shows it; until then it lies, sealed, in the session."""
    request.session[_kept_as(webhook_id)] = seal(secret)
    address = reverse("admin:webhook_secret", args=[webhook_id])
    return redirect(address + ("?guided=1" if guided else ""))


def _kept_as(webhook_id: int) -> str:
    return f"webhook-secret-{webhook_id}"


def _initial(webhook: Webhook) -> dict[str, Any]:
    return {"name": webhook.name, "url": webhook.url, "is_active": webhook.is_active}
