"""Consent of a mailbox's owner by OAuth 2: asked at the provider, or pasted as a refresh token."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from channels_in.actions import GrantDraft, save_grant
from channels_in.email.mailboxes import MailboxError
from channels_in.email.mailboxes.consent import (
    CONSENTERS,
    ask_for_consent,
    refresh_token_for,
)
from channels_in.health import health_of
from core.crypto import seal, unseal
from tickets.errors import InvalidChange
from web.access import SignedInRequest
from web.admin.access import account_page, address_of, is_guided, settings_page
from web.admin.forms import ConsentForm

_PENDING = "consent"  # what the session keeps between asking and the return


@require_http_methods(["GET", "POST"])
@settings_page
def ask(request: SignedInRequest, account_id: int) -> HttpResponse:
    """The client's id and secret, then on to the provider; or a refresh token at once."""
    row = health_of(request.actor, account_id)
    form = ConsentForm(
        request.POST or None, initial={"provider": _likely(row.account.address)},
        providers=[(name, known.title) for name, known in CONSENTERS.items()],
    )  # fmt: skip
    onwards = ""
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["refresh_token"]:
                _keep(request, account_id, form.cleaned_data)
                return redirect(_back_to_mailbox(account_id, is_guided(request)))
            onwards = _begin(request, account_id, row.account.address, form.cleaned_data)
        except InvalidChange as error:
            form.refuse(error)
    return account_page(
        request, account_id, "admin/channels/consent.html", tab="incoming", row=row, form=form,
        return_to=_return_to(), onwards=onwards,
        status=422 if request.method == "POST" and not onwards else 200,
    )  # fmt: skip


@require_safe
@settings_page
def arrive(request: SignedInRequest) -> HttpResponse:
    """Where the provider sends the owner back to, with a code or a refusal (RFC 6749 §4.1.2)."""
    pending: dict[str, Any] | None = request.session.pop(_PENDING, None)
    state = request.GET.get("state", "")
    if pending is None or not secrets.compare_digest(state.encode(), pending["state"].encode()):
        messages.error(request, _("This answer belongs to no question of ours. Ask again."))
        return redirect("admin:channels")
    account_id = int(pending["account_id"])
    if not (code := request.GET.get("code", "")):
        messages.error(request, _("The provider gave no consent. Nothing was changed."))
        return redirect(address_of("consent", account_id, guided=pending["guided"]))
    try:
        token = _exchange(code, pending)
        _keep(request, account_id, {**pending, **_unsealed(pending), "refresh_token": token})
    except (MailboxError, InvalidChange) as error:
        messages.error(request, str(error))
        return redirect(address_of("consent", account_id, guided=pending["guided"]))
    return redirect(_back_to_mailbox(account_id, pending["guided"]))


def _begin(request: SignedInRequest, account_id: int, address: str, cleaned: dict[str, Any]) -> str:
    question = ask_for_consent(
        CONSENTERS[cleaned["provider"]], client_id=cleaned["client_id"].strip(),
        return_to=_return_to(), address=address,
    )  # fmt: skip
    request.session[_PENDING] = {
        "state": question.state,
        "sealed_verifier": seal(question.verifier),
        "sealed_client_secret": seal(cleaned["client_secret"]),
        "client_id": cleaned["client_id"].strip(),
        "provider": cleaned["provider"],
        "account_id": account_id,
        "guided": is_guided(request),
    }
    return question.url


def _exchange(code: str, pending: dict[str, Any]) -> str:
    """Raises MailboxError."""
    return refresh_token_for(
        code[:4000],
        token_url=CONSENTERS[pending["provider"]].token_url,
        client_id=pending["client_id"],
        client_secret=unseal(pending["sealed_client_secret"]),
        return_to=_return_to(),
        verifier=unseal(pending["sealed_verifier"]),
    )


def _keep(request: SignedInRequest, account_id: int, given: dict[str, Any]) -> None:
    """Raises InvalidChange."""
    known = CONSENTERS[given["provider"]]
    draft = GrantDraft(
        token_url=known.token_url, client_id=given["client_id"],
        client_secret=given["client_secret"], refresh_token=given["refresh_token"],
        scope=known.scope,
    )  # fmt: skip
    row = health_of(request.actor, account_id)
    used = [box.grant_id for box in row.mailboxes if box.grant_id]
    grant = save_grant(actor=request.actor, draft=draft, grant_id=used[0] if used else None)
    request.session[f"consent-{account_id}"] = grant.pk
    messages.success(request, _("The consent is stored. Now connect the mailbox."))


def _unsealed(pending: dict[str, Any]) -> dict[str, str]:
    return {"client_secret": unseal(pending["sealed_client_secret"])}


def _back_to_mailbox(account_id: int, guided: bool) -> str:
    url = address_of("incoming", account_id, guided=guided)
    return url + ("&" if guided else "?") + "way=mailbox&login=oauth2"


def _return_to() -> str:
    return settings.SITE_URL + reverse("admin:consent_return")


def _likely(address: str) -> str:
    return "google" if address.endswith(("@gmail.com", "@googlemail.com")) else "microsoft"
