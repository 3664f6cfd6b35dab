"""Every write of this app."""

from accounts.actions.people import (
    UserChanges,
    add_identity,
    create_user,
    find_or_create_customers,
    set_password,
    set_theme,
    update_user,
    verify_addresses,
)
from accounts.actions.reachability import mark_deliverable, mark_undeliverable
from accounts.actions.team import add_to_group, create_group, create_organization
from accounts.actions.tokens import create_api_token, revoke_api_token, use_api_token

__all__ = [
    "UserChanges",
    "add_identity",
    "add_to_group",
    "create_api_token",
    "create_group",
    "create_organization",
    "create_user",
    "find_or_create_customers",
    "mark_deliverable",
    "mark_undeliverable",
    "revoke_api_token",
    "set_password",
    "set_theme",
    "update_user",
    "use_api_token",
    "verify_addresses",
]
