"""What the reader signs with: usually, and from each address where that is another text."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import UserChanges, update_user
from accounts.roles import Permission
from channels_in.actions import sign_with
from channels_in.models import AgentSignature, ChannelAccount
from tickets.models import Channel
from web.access import SignedInRequest, workspace

LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class Row:
    """`replaces`: the address has a text of its own that leaves the agent's out."""

    account: ChannelAccount
    text: str
    replaces: bool


@require_http_methods(["GET", "HEAD", "POST"])
@workspace(Permission.REPLY_PUBLICLY)
def show(request: SignedInRequest) -> HttpResponse:
    accounts = _accounts()
    if request.method != "POST":
        own = AgentSignature.objects.filter(user=request.user)
        texts = dict(own.values_list("account_id", "text"))
        return _page(request, accounts, request.user.signature, texts)
    usual = _clean(request.POST.get("usual", ""))
    texts = {each.pk: _clean(request.POST.get(f"at-{each.pk}", "")) for each in accounts}
    if max(map(len, [usual, *texts.values()])) > LONGEST:
        why = _("A signature has at most 5,000 letters.")
        return _page(request, accounts, usual, texts, why)
    changes = UserChanges(signature=usual)
    update_user(actor=request.actor, user_id=request.user.pk, changes=changes)
    sign_with(actor=request.actor, texts=texts)
    messages.success(request, _("Your signatures are saved."))
    return redirect("personal:signatures")


def _accounts() -> list[ChannelAccount]:
    rows = ChannelAccount.objects.filter(channel=Channel.EMAIL, is_active=True)
    return list(rows.order_by("-is_default", "address", "pk"))


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def _page(
    request: SignedInRequest,
    accounts: list[ChannelAccount],
    usual: str,
    texts: dict[int, str],
    error: str = "",
) -> HttpResponse:
    rows = [Row(each, texts.get(each.pk, ""), _leaves_out(each.signature)) for each in accounts]
    context = {"usual": usual, "rows": rows, "error": error, "longest": LONGEST}
    return render(request, "personal/signatures.html", context, status=422 if error else 200)


def _leaves_out(signature: str) -> bool:
    return bool(signature.strip()) and "current_user.signature" not in signature
