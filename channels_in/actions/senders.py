"""Sender rules: whose mail is always let through, and whose never."""

from __future__ import annotations

import logging

from django.db import transaction

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.accounts import own_addresses
from channels_in.models import SenderRule
from channels_in.senders import ALLOW, BLOCK, forget_rules, normal_pattern
from core import clock
from tickets.errors import InvalidChange

logger = logging.getLogger(__name__)


def allow_sender(*, actor: Actor, pattern: str, note: str = "") -> SenderRule:
    """Always let mail through from an address, or from a domain with its subdomains.

    Replaces what a rule said about the same pattern. Who handles the suspended queue decides about
    single addresses, who manages channels about domains. Raises NotPermitted, InvalidChange.
    """
    return _decide(actor, pattern, ALLOW, note)


def block_sender(*, actor: Actor, pattern: str, note: str = "") -> SenderRule:
    """Always suspend mail from an address or a domain; see allow_sender."""
    return _decide(actor, pattern, BLOCK, note)


@transaction.atomic
def remove_rule(*, actor: Actor, rule_id: int) -> None:
    """Let screening decide again. Raises NotPermitted; a rule that is gone already is fine."""
    rule = SenderRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        return
    _require(actor, rule.pattern)
    rule.delete()
    transaction.on_commit(forget_rules)
    logger.info("sender_rule.removed", extra={"rule": rule_id, "actor": actor.user_id})


@transaction.atomic
def _decide(actor: Actor, pattern: str, decision: str, note: str) -> SenderRule:
    _require(actor, pattern)
    normal = normal_pattern(pattern)
    if not normal or len(normal) > 254:
        raise InvalidChange("pattern", "Give an address or a domain, such as example.com.")
    if decision == BLOCK and normal in own_addresses():
        raise InvalidChange("pattern", "This is one of our own addresses.")
    rule, _ = SenderRule.objects.update_or_create(
        pattern=normal,
        defaults={
            "decision": decision, "note": note.strip()[:200], "created_by_id": actor.user_id,
            "created_at": clock.now(),
        },
    )  # fmt: skip
    forget_rules()
    transaction.on_commit(forget_rules)
    logger.info("sender_rule.made", extra={"rule": rule.pk, "actor": actor.user_id})
    return rule


def _require(actor: Actor, pattern: str) -> None:
    is_address = pattern.strip().find("@") > 0
    needed = Permission.HANDLE_SUSPENDED if is_address else Permission.MANAGE_CHANNELS
    if not actor.can(needed):
        raise NotPermitted
