"""What becomes of the posts of one account: the kinds, the words, the signature."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from channels_in.actions.stream import change_stream_rules
from channels_in.models import PostKind, Tier
from channels_in.social.registry import social_channels
from channels_in.social.triage.post import TIER_OF, Kind
from channels_in.stream_selectors import rules_of, social_accounts
from web.access import SignedInRequest, workspace


@require_http_methods(["GET", "HEAD", "POST"])
@workspace(Permission.MANAGE_CHANNELS)
def edit(request: SignedInRequest, account_id: int) -> HttpResponse:
    """The rules of one account."""
    accounts = {account.pk: account for account in social_accounts(social_channels())}
    account = accounts.get(account_id)
    if account is None:
        raise Http404
    if request.method == "POST":
        _save(request, account_id)
        messages.success(request, _("The rules were saved. They hold for posts from now on."))
        return redirect("social:rules", account_id)
    rules = rules_of(account)
    usual = {kind.value: tier.value for kind, tier in TIER_OF.items()}
    context = {
        "account": account,
        "accounts": list(accounts.values()),
        "rules": rules,
        "tiers": Tier.choices,
        "kinds": [
            (kind.value, PostKind(kind.value).label, rules.tiers.get(kind.value, usual[kind.value]))
            for kind in Kind
        ],
    }
    return render(request, "social/rules.html", context)


def _save(request: SignedInRequest, account_id: int) -> None:
    change_stream_rules(
        actor=request.actor,
        account_id=account_id,
        tiers={kind: request.POST.get(f"tier-{kind}", "") for kind in PostKind.values},
        always=request.POST.get("always", ""),
        never=request.POST.get("never", ""),
        signs_initials=request.POST.get("signs_initials") == "1",
        first_answer=request.POST.get("first_answer", ""),
        first_public_answer=request.POST.get("first_public_answer", ""),
    )
