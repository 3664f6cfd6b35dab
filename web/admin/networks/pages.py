"""Accounts on networks: what is connected and how it is, what can be, and one account's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_in.actions.connections import change_network_account, disconnect
from channels_in.health import latest_items
from channels_in.networks.connecting import connect_account, reconnect_account, try_connection
from channels_in.networks.health import (
    NetworkHealth,
    latest_sent,
    network_health,
    network_healths,
    offers,
)
from channels_in.networks.network import Network, NetworkError
from channels_in.networks.registry import network_of
from core.crypto import CannotUnseal
from tickets.errors import InvalidChange
from web.access import SignedInRequest
from web.admin.access import settings_page
from web.admin.forms import as_number
from web.admin.networks.forms import AccountForm, ConnectForm
from web.admin.words import delivery_rows, item_rows


@require_safe
@settings_page
def index(request: SignedInRequest) -> HttpResponse:
    """Every connected account with its health, and the networks that can be connected."""
    rows = network_healths(request.actor)
    context = {"rows": rows, "offers": offers(rows)}
    return render(request, "admin/networks/index.html", context)


@require_http_methods(["GET", "POST"])
@settings_page
def new(request: SignedInRequest, channel: str) -> HttpResponse:
    """Connect an account: what is typed is tried at once, and kept when the network answers."""
    network = _network(channel)
    form = ConnectForm(request.POST or None, network=network)
    if request.method == "POST" and form.is_valid():
        try:
            connection = connect_account(actor=request.actor, network=network, given=form.given())
        except InvalidChange as error:
            form.refuse(error)
        except NetworkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Connected."))
            return redirect("admin:network_account", connection.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "network": network}
    return render(request, "admin/networks/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@settings_page
def show(request: SignedInRequest, connection_id: int) -> HttpResponse:
    """One account: state, webhook, details. POST saves the details."""
    row = network_health(request.actor, connection_id)
    account = row.connection.account
    initial = {"name": account.name, "group": account.group_id or "",
               "schedule": account.schedule_id or "", "language": account.language}  # fmt: skip
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_network_account(
            actor=request.actor, connection_id=connection_id, name=form.cleaned_data["name"],
            group_id=as_number(form.cleaned_data["group"]),
            schedule_id=as_number(form.cleaned_data["schedule"]),
            language=form.cleaned_data["language"],
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("admin:network_account", connection_id)
    return _account_page(request, row, form, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@settings_page
def sign_in(request: SignedInRequest, connection_id: int) -> HttpResponse:
    """Other settings or new secrets of the same account; tried before they are kept."""
    row = network_health(request.actor, connection_id)
    form = ConnectForm(request.POST or None, network=row.network, connection=row.connection)
    if request.method == "POST" and form.is_valid():
        try:
            reconnect_account(
                actor=request.actor, network=row.network, connection=row.connection,
                given=form.given(),
            )  # fmt: skip
        except InvalidChange as error:
            form.refuse(error)
        except NetworkError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. What waited goes on now."))
            return redirect("admin:network_account", connection_id)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "network": row.network, "row": row}
    return render(request, "admin/networks/sign_in.html", context, status=status)


@require_POST
@settings_page
def test(request: SignedInRequest, connection_id: int) -> HttpResponse:
    """Ask the network who we are, and say what it answered."""
    row = network_health(request.actor, connection_id)
    try:
        profile = try_connection(
            actor=request.actor, network=row.network, connection=row.connection
        )
    except (NetworkError, CannotUnseal) as error:
        messages.error(request, str(error))
    else:
        words = _("%(network)s answers: this is %(name)s.")
        name = profile.name or profile.address
        messages.success(request, words % {"network": row.network.label, "name": name})
    return redirect("admin:network_account", connection_id)


@require_POST
@settings_page
def leave(request: SignedInRequest, connection_id: int) -> HttpResponse:
    """Disconnect the account; tickets and messages stay."""
    disconnect(actor=request.actor, connection_id=connection_id)
    messages.success(request, _("Disconnected. Tickets and messages stay."))
    return redirect("admin:networks")


def _account_page(
    request: SignedInRequest, row: NetworkHealth, form: AccountForm, *, status: int
) -> HttpResponse:
    context = {
        "row": row, "account": row.connection.account, "network": row.network, "form": form,
        "items": item_rows(latest_items(request.actor, row.connection.account_id)),
        "deliveries": delivery_rows(latest_sent(request.actor, row.connection)),
    }  # fmt: skip
    return render(request, "admin/networks/show.html", context, status=status)


def _network(channel: str) -> Network:
    network = network_of(channel)
    if network is None:
        raise Http404
    return network
