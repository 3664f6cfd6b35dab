"""Whose mail is always let through, and whose never: what the sender rules say about an address."""

from __future__ import annotations

import time

from channels_in.email.domains import normal_domain
from channels_in.models import SenderRule

ALLOW, BLOCK = SenderRule.Decision.ALLOW, SenderRule.Decision.BLOCK
_FRESH_SECONDS = 5
_LABELS = 10  # of a domain that are looked at
_kept: tuple[float, dict[str, str]] | None = None


def decision_for(email: str) -> str | None:
    """`allow`, `block`, or None where no rule speaks of the address.

    The address beats its domain, a longer domain a shorter one. Rules are kept for some seconds:
    this is asked for every person that a mail names.
    """
    rules = _rules()
    if not rules:
        return None
    return next((rules[name] for name in _patterns(email) if name in rules), None)


def is_allowed(email: str) -> bool:
    return decision_for(email) == ALLOW


def is_blocked(email: str) -> bool:
    return decision_for(email) == BLOCK


def forget_rules() -> None:
    """Drop what was kept, after a change."""
    global _kept
    _kept = None


def normal_pattern(pattern: str) -> str:
    """`Person@Example.COM` and `@example.com` in the one form they are stored in; empty when it is
    neither an address nor a domain.
    """
    local, _, domain = pattern.strip().lower().rpartition("@")
    domain = normal_domain(domain.removeprefix("*."))
    if not domain or any(letter.isspace() for letter in local + domain):
        return ""
    return f"{local}@{domain}" if local else domain


def _patterns(email: str) -> list[str]:
    local, _, domain = email.strip().lower().rpartition("@")
    labels = (normal_domain(domain) or domain).split(".")[-_LABELS:]
    domains = [".".join(labels[begin:]) for begin in range(len(labels))]
    return [f"{local}@{domains[0]}", *domains]


def _rules() -> dict[str, str]:
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > _FRESH_SECONDS:
        rules = dict(SenderRule.objects.values_list("pattern", "decision"))
        _kept = (time.monotonic(), rules)
    return _kept[1]
