"""Access tokens of consents: fetched by one process at a time, kept sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from channels_in.models import OAuthGrant
from core import clock
from core.crypto import CannotUnseal, seal, unseal

SPARE = timedelta(seconds=60)  # a token is renewed this long before it expires


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a token server gave; `refresh` is empty when the old one stays. Lifetime in seconds."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lifetime: int


@transaction.atomic
def keep_token(
    *, grant_id: int, instead_of: str, ask: Callable[[OAuthGrant], Tokens | Exception]
) -> tuple[str, Exception | None]:
    """The stored access token, or the one that `ask` gets when it is stale or was refused.

    The grant's row stays locked while the token server is asked, for `ask`'s own time limit: a
    refresh token that may be used once must not be used twice. A failure is noted on the grant and
    returned. Raises OAuthGrant.DoesNotExist.
    """
    grant = OAuthGrant.objects.select_for_update().get(pk=grant_id)
    stored = _stored(grant)
    if stored and stored != instead_of:
        return stored, None
    answer = ask(grant)
    now = grant.updated_at = clock.now()
    if isinstance(answer, Exception):
        grant.error = str(answer)[:500]
        grant.save(update_fields=["error", "updated_at"])
        return "", answer
    grant.sealed_access_token = seal(answer.access)
    grant.expires_at = now + timedelta(seconds=answer.lifetime)
    if answer.refresh:
        grant.sealed_refresh_token = seal(answer.refresh)
    grant.error = ""
    grant.save(
        update_fields=["sealed_access_token", "sealed_refresh_token", "expires_at", "error",
                       "updated_at"]
    )  # fmt: skip
    return answer.access, None


def _stored(grant: OAuthGrant) -> str:
    if grant.expires_at is None or grant.expires_at <= clock.now() + SPARE:
        return ""
    try:
        return unseal(grant.sealed_access_token)
    except CannotUnseal:
        return ""
