"""What an address is called, who works on its mail, and how its answers look."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from channels_in.actions import AccountChanges, update_account
from channels_in.health import account_for, health_of
from channels_in.models import ChannelAccount
from core import liquid
from tickets.errors import InvalidChange
from tickets.placeholders import problems
from web.access import SignedInRequest
from web.admin.access import account_page, address_of, is_guided, settings_page
from web.admin.colors import readable_on
from web.admin.forms import LANGUAGES, DetailsForm, as_number
from web.templatetags.ui import language_name

# Those that are of use in a signature, with what they mean; there are more (docs/mail.md).
USUAL_PLACEHOLDERS = {
    "current_user.name": gettext_lazy("the agent's name"),
    "current_user.first_name": gettext_lazy("the agent's first name"),
    "current_user.signature": gettext_lazy("the agent's own signature"),
    "ticket.id": gettext_lazy("the ticket's number"),
    "site.name": gettext_lazy("the name of the help desk"),
}


@require_http_methods(["GET", "POST"])
@settings_page
def edit(request: SignedInRequest, account_id: int) -> HttpResponse:
    """The form, and what comes of it; a mistake brings it back with everything in it."""
    row = health_of(request.actor, account_id)
    form = _form(request, row.account)
    if request.method == "POST" and form.is_valid():
        try:
            changes = _changes(form.cleaned_data)
            update_account(actor=request.actor, account_id=account_id, changes=changes)
            messages.success(request, _("Saved."))
            name = "incoming" if is_guided(request) else "details"
            return redirect(address_of(name, account_id, guided=is_guided(request)))
        except InvalidChange as error:
            form.refuse(error)
    return account_page(
        request, account_id, "admin/channels/details.html", tab="details", row=row, form=form,
        **_preview(request, row.account, form["signature"].value(), form["brand_color"].value()),
        has_mail=row.last_received is not None, placeholders=USUAL_PLACEHOLDERS.items(),
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


@require_POST
@settings_page
def preview(request: SignedInRequest, account_id: int) -> HttpResponse:
    """The signature and the colour as typed so far, as a fragment."""
    account = account_for(request.actor, account_id)
    typed = (request.POST.get("signature", "")[:10_000], request.POST.get("brand_color", "")[:7])
    return render(request, "admin/channels/_preview.html", _preview(request, account, *typed))


def _form(request: SignedInRequest, account: ChannelAccount) -> DetailsForm:
    initial = {
        "name": account.name, "group": account.group_id, "schedule": account.schedule_id,
        "language": account.language, "signature": account.signature,
        "brand_color": account.brand_color, "quotes_history": account.quotes_history,
    }  # fmt: skip
    languages = sorted(((tag, language_name(tag)) for tag in LANGUAGES), key=lambda pair: pair[1])
    return DetailsForm(request.POST or None, initial=initial, languages=languages)


def _changes(cleaned: dict[str, Any]) -> AccountChanges:
    return AccountChanges(
        name=cleaned["name"],
        group_id=as_number(cleaned["group"]),
        schedule_id=as_number(cleaned["schedule"]),
        language=cleaned["language"],
        signature=cleaned["signature"].replace("\r\n", "\n").strip("\n"),
        brand_color=cleaned["brand_color"].strip().lower(),
        quotes_history=cleaned["quotes_history"],
    )


def _preview(
    request: SignedInRequest, account: ChannelAccount, signature: str, color: str
) -> dict[str, Any]:
    """A short mail with this signature, what is wrong with it, and whether the colour can be
    read.
    """
    return {
        "preview": liquid.render(signature or "", _example(request.user), html=False),
        "preview_problems": problems(signature or ""),
        "preview_from": account.name or settings.SITE_NAME,
        "preview_address": account.address,
        "color": readable_on(color or ""),
    }


def _example(user: User) -> dict[str, Any]:
    names = {"name": user.display_name, "first_name": user.first_name, "email": user.email or ""}
    carol = {"name": "Carol Customer", "first_name": "Carol", "email": "carol@example.com"}
    return {
        "current_user": {**names, "signature": user.signature},
        "ticket": {"id": 1042, "title": _("Where is my parcel?"), "requester": carol},
        "site": {"name": settings.SITE_NAME, "url": settings.SITE_URL},
    }
