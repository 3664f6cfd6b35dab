"""What agents sign with, address by address."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.actor import Actor
from accounts.models import User
from channels_in.models import AgentSignature, ChannelAccount
from core import clock

LONGEST = 5_000  # letters


@transaction.atomic
def sign_with(*, actor: Actor, texts: Mapping[int, str]) -> None:
    """Save one's own signatures by address (account id); an empty text is the usual signature.

    Raises ValueError for an address that there is not, or a text that is too long.
    """
    if any(len(text) > LONGEST for text in texts.values()):
        raise ValueError("A signature has at most 5,000 letters.")
    known = set(ChannelAccount.objects.filter(pk__in=texts).values_list("pk", flat=True))
    if known != set(texts):
        raise ValueError("There is no such address.")
    given = {pk: text.strip() for pk, text in texts.items()}
    user = User.objects.get(pk=actor.user_id)
    own = AgentSignature.objects.filter(user=user)
    own.filter(account__in=[pk for pk, text in given.items() if not text]).delete()
    AgentSignature.objects.bulk_create(
        [
            AgentSignature(
                user=user, account_id=pk, text=text, updated_at=clock.now()
            )
            for pk, text in given.items()
            if text
        ],
        update_conflicts=True, unique_fields=["user", "account"],
        update_fields=["text", "updated_at"],
    )  # fmt: skip
