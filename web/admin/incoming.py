"""How mail gets here: to our listener, from a mailbox, or by a provider's webhook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_in.actions import (
    MailboxDraft,
    clear_webhook_secret,
    mailbox_from,
    remove_mailbox,
    rotate_webhook_secret,
    save_mailbox,
)
from channels_in.email.mailboxes import MailboxError, Probe, probe, well_known
from channels_in.email.webhooks import webhook_urls
from channels_in.health import Health, health_of
from channels_in.models import Login, Mailbox, Security
from tickets.errors import InvalidChange
from web.access import SignedInRequest
from web.admin.access import account_page, address_of, is_guided, settings_page
from web.admin.forms import MailboxForm
from web.admin.listening import own_listener
from web.admin.providers import Asked, receivers

WAYS = ("listener", "mailbox", "webhook")


@require_safe
@settings_page
def show(request: SignedInRequest, account_id: int) -> HttpResponse:
    """The three ways, and what the chosen one needs."""
    row = health_of(request.actor, account_id)
    way = request.GET.get("way", "")
    return _page(request, row, way if way in WAYS else row.way_in)


@require_http_methods(["GET", "POST"])
@settings_page
def mailbox(request: SignedInRequest, account_id: int) -> HttpResponse:
    """Look into the mailbox (GET, a fragment); connect it, change it, or let go of it (POST)."""
    row = health_of(request.actor, account_id)
    stored = _stored(row)
    if request.method == "GET":
        return _look(request, row, stored)
    if request.POST.get("submit") == "remove" and stored:
        remove_mailbox(actor=request.actor, mailbox_id=stored.pk)
        messages.success(request, _("Nothing is fetched from this mailbox any more."))
        return redirect(address_of("incoming", account_id, guided=is_guided(request)))
    form = _mailbox_form(request, row, stored, data=request.POST)
    if form.is_valid():
        try:
            _connect(request, row, stored, form.cleaned_data)
            url = address_of("incoming", account_id, guided=is_guided(request))
            return redirect(url + ("&" if "?" in url else "?") + "way=mailbox")
        except InvalidChange as error:
            form.refuse(error)
        except MailboxError as error:
            form.add_error(None, str(error))
    return _page(request, row, "mailbox", form=form, status=422)


@require_POST
@settings_page
def webhook(request: SignedInRequest, account_id: int) -> HttpResponse:
    """Make a new secret and show it this once; or take nothing more from the provider."""
    row = health_of(request.actor, account_id)
    if request.POST.get("submit") == "remove":
        clear_webhook_secret(actor=request.actor, account_id=account_id)
        messages.success(request, _("Nothing is taken from this webhook any more."))
        return redirect(address_of("incoming", account_id, guided=is_guided(request)))
    asked = _receiver(request)
    if asked is None:
        return _page(request, row, "webhook", refusal=_("Choose the provider."), status=422)
    typed = {
        key: request.POST.get(f"{asked.name}-{key}", "").strip() for key, _label in asked.fields
    }
    secret = rotate_webhook_secret(
        actor=request.actor, account_id=account_id, provider=asked.name, keys=typed
    )
    row = health_of(request.actor, account_id)
    return _page(request, row, "webhook", secret=secret)


def _receiver(request: SignedInRequest) -> Asked | None:
    name = request.POST.get("provider", "")
    return next((provider for provider in receivers() if provider.name == name), None)


def _page(
    request: SignedInRequest, row: Health, way: str, *, form: MailboxForm | None = None,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    stored = _stored(row)
    if way == "mailbox":
        context["form"] = form or _mailbox_form(request, row, stored)
        context["stored"] = stored
        context["provider"] = well_known(row.account.address)
        context["has_grant"] = _grant_id(request, row, stored) is not None
    if way == "listener":
        context["listener"] = own_listener()
    if way == "webhook":
        server = row.outgoing
        context["receivers"] = receivers()
        context["chosen_provider"] = server.provider if server else ""
        is_set_up = server is not None and bool(server.sealed_webhook_secret)
        context["webhook_url"] = webhook_urls(server)["inbound"] if server and is_set_up else ""
    return account_page(
        request, row.account.pk, "admin/channels/incoming.html", tab="incoming", row=row, way=way,
        domain=row.account.address.rpartition("@")[2], **context,
    )  # fmt: skip


def _connect(
    request: SignedInRequest, row: Health, stored: Mailbox | None, cleaned: dict[str, Any]
) -> None:
    """Try first, then save. A new mailbox waits until its folder is chosen. Raises InvalidChange,
    MailboxError.
    """
    is_start = request.POST.get("submit") == "start"
    draft = MailboxDraft(
        host=cleaned["host"], username=cleaned["username"], password=cleaned["password"],
        protocol=cleaned["protocol"], port=cleaned["port"], security=cleaned["security"],
        login=cleaned["login"], folder=cleaned["folder"] or "INBOX",
        afterwards=cleaned["afterwards"], move_to=cleaned["move_to"],
        grant_id=_grant_id(request, row, stored),
        is_active=is_start or bool(stored and stored.is_active),
    )  # fmt: skip
    known: dict[str, Any] = {
        "account_id": row.account.pk, "mailbox_id": stored.pk if stored else None
    }  # fmt: skip
    probe(mailbox_from(actor=request.actor, draft=draft, **known))
    save_mailbox(actor=request.actor, draft=draft, **known)
    messages.success(
        request, _("Mail is fetched from here now.") if draft.is_active else _("Connected.")
    )


def _look(request: SignedInRequest, row: Health, stored: Mailbox | None) -> HttpResponse:
    if stored is None or not request.htmx:
        return redirect(address_of("incoming", row.account.pk) + "?way=mailbox")
    found: Probe | None = None
    refusal = ""
    try:
        found = probe(stored)
    except MailboxError as error:
        refusal = str(error)
    context = {"found": found, "refusal": refusal, "stored": stored, "account": row.account}
    return render(request, "admin/channels/_probe.html", context)


def _mailbox_form(
    request: SignedInRequest, row: Health, stored: Mailbox | None, data: Any = None
) -> MailboxForm:
    return MailboxForm(
        data, initial=_initial(row, stored), has_password=bool(stored and stored.sealed_password)
    )


def _initial(row: Health, stored: Mailbox | None) -> dict[str, Any]:
    """What is stored; else what the provider of the address publishes."""
    names = ("protocol", "host", "port", "security", "login", "username", "folder", "afterwards",
             "move_to")  # fmt: skip
    if stored:
        return {name: getattr(stored, name) for name in names}
    initial: dict[str, Any] = {
        "port": 993, "security": Security.TLS, "login": Login.PASSWORD, "folder": "INBOX",
        "username": row.account.address, "afterwards": Mailbox.Afterwards.SEEN,
    }  # fmt: skip
    if known := well_known(row.account.address):
        initial |= {
            "host": known["imap"], "port": known["imap_port"], "security": known["imap_security"],
            "login": known["login"],
        }  # fmt: skip
    return initial


def _stored(row: Health) -> Mailbox | None:
    return row.mailboxes[0] if row.mailboxes else None


def _grant_id(request: SignedInRequest, row: Health, stored: Mailbox | None) -> int | None:
    """The consent for this address: just given, or the one in use."""
    given = request.session.get(f"consent-{row.account.pk}")
    if given:
        return int(given)
    if stored and stored.grant_id:
        return stored.grant_id
    return row.outgoing.grant_id if row.outgoing else None
