"""What becomes of the posts of one account."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.actions.accounts import AccountGone
from channels_in.models import ChannelAccount, PostKind, StreamRules, Tier
from core import clock

_LONGEST = 4000
PUBLIC_OPENING = 140  # letters: the shortest network takes 280


@transaction.atomic
def change_stream_rules(
    *,
    actor: Actor,
    account_id: int,
    tiers: Mapping[str, str],
    always: str = "",
    never: str = "",
    signs_initials: bool = True,
    first_answer: str = "",
    first_public_answer: str = "",
) -> StreamRules:
    """Save the rules of an account; kinds and tiers that do not exist are left out.

    Raises NotPermitted, AccountGone.
    """
    if not actor.can(Permission.MANAGE_CHANNELS):
        raise NotPermitted
    account = ChannelAccount.objects.filter(pk=account_id).first()
    if account is None:
        raise AccountGone
    known = {
        kind: tier
        for kind, tier in tiers.items()
        if kind in PostKind.values and tier in Tier.values
    }
    rules, _made = StreamRules.objects.update_or_create(
        account=account,
        defaults={
            "tiers": known,
            "always": _clean(always),
            "never": _clean(never),
            "signs_initials": signs_initials,
            "first_answer": _clean(first_answer)[:500],
            "first_public_answer": " ".join(_clean(first_public_answer).split())[:PUBLIC_OPENING],
            "updated_at": clock.now(),
        },
    )
    return rules


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()[:_LONGEST]
