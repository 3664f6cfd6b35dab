from __future__ import annotations

import secrets
from datetime import timedelta

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import ApiToken, User
from accounts.roles import Permission
from core import clock


def create_api_token(*, actor: Actor, user: User, name: str) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret, which can never be shown again."""
    if actor.user_id != user.pk and not actor.can(Permission.MANAGE_TEAM):
        raise NotPermitted
    secret = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name, digest=ApiToken.digest_of(secret), hint=secret[:4],
        created_at=clock.now(),
    )  # fmt: skip
    return token, secret


def revoke_api_token(*, actor: Actor, token: ApiToken) -> None:
    """End a token for good."""
    if actor.user_id != token.user_id and not actor.can(Permission.MANAGE_TEAM):
        raise NotPermitted
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])


def use_api_token(*, secret: str) -> ApiToken | None:
    """The living token behind a secret, its use noted (to the hour: reads should not all write)."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(
            digest=ApiToken.digest_of(secret),
            revoked_at=None,
            user__is_active=True,
            user__suspended_at=None,
        )  # fmt: skip
        .first()
    )
    now = clock.now()
    if token and (token.last_used_at is None or now - token.last_used_at > timedelta(hours=1)):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token
