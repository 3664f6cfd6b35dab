"""Keeping somebody out for a while: nothing they send is let in, and they cannot sign in."""

from __future__ import annotations

import logging

from django.db import transaction

from accounts import policies
from accounts.actions.history import note
from accounts.actor import Actor
from accounts.models import ApiToken, PeopleEventKind, User
from core import clock

logger = logging.getLogger(__name__)


@transaction.atomic
def suspend_user(*, actor: Actor, user_id: int, reason: str = "") -> User:
    """Suspend a customer: their mail waits in the suspended queue, their sessions end at once,
    their API tokens for good. Raises NotPermitted; User.DoesNotExist.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    policies.require_can_edit_customer(actor, user)
    if user.is_suspended:
        return user
    now = clock.now()
    user.suspended_at = user.updated_at = now
    user.save(update_fields=["suspended_at", "updated_at"])
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
    note(actor, user, PeopleEventKind.SUSPENDED, value=" ".join(reason.split())[:500])
    logger.info("person.suspended", extra={"user": user.pk, "actor": actor.user_id})
    return user


@transaction.atomic
def lift_suspension(*, actor: Actor, user_id: int) -> User:
    """Let the person in again. What waits in the suspended queue stays there for a decision.

    Raises NotPermitted; User.DoesNotExist.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    policies.require_can_edit_customer(actor, user)
    if not user.is_suspended:
        return user
    user.suspended_at, user.updated_at = None, clock.now()
    user.save(update_fields=["suspended_at", "updated_at"])
    note(actor, user, PeopleEventKind.RELEASED)
    logger.info("person.released", extra={"user": user.pk, "actor": actor.user_id})
    return user
