"""How mail of an address leaves: the installation's server, an own one, or a provider."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from channels_in.actions import OutgoingDraft, set_outgoing
from channels_in.actions.accounts import outgoing_from
from channels_in.email.mailboxes import well_known
from channels_in.email.sending.errors import RouteTrouble
from channels_in.email.sending.routes import Route
from channels_in.health import Health, health_of
from channels_in.models import Login, OutgoingServer, Security
from tickets.errors import InvalidChange
from web.access import SignedInRequest
from web.admin.access import account_page, address_of, is_guided, settings_page
from web.admin.forms import SmtpForm
from web.admin.providers import senders

_Kind = OutgoingServer.Kind
_SMTP = ("host", "port", "security", "login", "username")


@require_http_methods(["GET", "POST"])
@settings_page
def edit(request: SignedInRequest, account_id: int) -> HttpResponse:
    """The three ways, and what the chosen one needs. A server is tried before it is saved."""
    row = health_of(request.actor, account_id)
    kind = (request.POST or request.GET).get("kind", "")
    kind = kind if kind in _Kind.values else row.way_out
    if request.method == "GET":
        return _page(request, row, kind)
    form = _smtp_form(request, row, data=request.POST) if kind == _Kind.SMTP else None
    try:
        if form is None or form.is_valid():
            _save(request, row, _draft(request, row, kind, form))
            name = "test" if is_guided(request) else "outgoing"
            return redirect(address_of(name, account_id, guided=is_guided(request)))
        refusal = ""
    except InvalidChange as error:
        refusal = "" if form else str(error)
        if form:
            form.refuse(error)
    except RouteTrouble as error:
        refusal = str(error)
    return _page(request, row, kind, form=form, refusal=refusal, status=422)


def _save(request: SignedInRequest, row: Health, draft: OutgoingDraft) -> None:
    """The server is asked to let us in; nothing is sent. Raises InvalidChange, RouteTrouble."""
    server = outgoing_from(actor=request.actor, account=row.account, draft=draft)
    if draft.kind != _Kind.DEFAULT:
        connection = Route(server).backend()
        connection.open()
        connection.close()
    set_outgoing(actor=request.actor, account_id=row.account.pk, draft=draft)
    done = {
        _Kind.SMTP: _("Signed in, and saved: mail from here leaves through this server."),
        _Kind.PROVIDER: _("Saved: mail from here leaves through this provider."),
    }
    messages.success(
        request,
        done.get(_Kind(draft.kind), _("Saved: mail leaves through the installation's server.")),
    )


def _draft(
    request: SignedInRequest, row: Health, kind: str, form: SmtpForm | None
) -> OutgoingDraft:
    if form:
        cleaned = form.cleaned_data
        grant = request.session.get(f"consent-{row.account.pk}")
        stored = row.outgoing.grant_id if row.outgoing else None
        fetching = next((box.grant_id for box in row.mailboxes if box.grant_id), None)
        return OutgoingDraft(
            kind=kind, password=cleaned["password"] or None, grant_id=grant or stored or fetching,
            **{name: cleaned[name] for name in _SMTP},
        )  # fmt: skip
    if kind == _Kind.PROVIDER:
        return _provider_draft(request)
    return OutgoingDraft(kind=kind)


def _provider_draft(request: SignedInRequest) -> OutgoingDraft:
    """Raises InvalidChange when a field of the provider is missing."""
    name = request.POST.get("provider", "")
    asked = next((provider for provider in senders() if provider.name == name), None)
    if asked is None:
        return OutgoingDraft(kind=_Kind.PROVIDER)
    keys = [key for key, _label in asked.fields]
    typed = {key: request.POST.get(f"{name}-{key}", "").strip()[:1000] for key in keys}
    typed = {key: value for key, value in typed.items() if value}
    if typed and not all(key in typed for key in asked.required):
        raise InvalidChange("provider_settings", _("Fill in every key of the provider."))
    region = request.POST.get(f"{name}-region", "")
    if typed and region in dict(asked.regions):
        typed["region"] = region
    return OutgoingDraft(kind=_Kind.PROVIDER, provider=name, provider_settings=typed or None)


def _page(
    request: SignedInRequest, row: Health, kind: str, *, form: SmtpForm | None = None,
    status: int = 200, refusal: str = "",
) -> HttpResponse:  # fmt: skip
    chosen = request.POST.get("provider") or (row.outgoing.provider if row.outgoing else "")
    return account_page(
        request, row.account.pk, "admin/channels/outgoing.html", tab="outgoing", row=row,
        kind=kind, form=form or _smtp_form(request, row), refusal=refusal, status=status,
        own_server=_own_server(), providers=senders(), chosen_provider=chosen,
        has_settings=bool(row.outgoing and row.outgoing.sealed_provider_settings),
        known=well_known(row.account.address),
        domain=row.account.address.rpartition("@")[2],
    )  # fmt: skip


def _smtp_form(request: SignedInRequest, row: Health, data: Any = None) -> SmtpForm:
    initial: dict[str, Any] = {
        "port": 587, "security": Security.STARTTLS, "login": Login.PASSWORD,
        "username": row.account.address,
    }  # fmt: skip
    if known := well_known(row.account.address):
        initial |= {
            "host": known["smtp"], "port": known["smtp_port"], "security": known["smtp_security"],
            "login": known["login"],
        }  # fmt: skip
    server = row.outgoing
    if server and server.host:
        initial = {name: getattr(server, name) for name in _SMTP}
    return SmtpForm(data, initial=initial, has_password=bool(server and server.sealed_password))


def _own_server() -> str:
    """The host of EMAIL_URL without user name and password; empty for the local outbox."""
    if not settings.EMAIL_URL:
        return ""
    place = urlsplit(settings.EMAIL_URL)
    return f"{place.hostname or ''}{f':{place.port}' if place.port else ''}" or place.scheme
