"""Every write of this app."""

from accounts.actions.customers import find_or_create_customers, find_or_create_people
from accounts.actions.devices import (
    end_device,
    end_other_devices,
    end_session_of_device,
    forget_dead_devices,
    note_device,
)
from accounts.actions.identities import (
    add_identity,
    make_primary,
    remove_identity,
    verify_identity,
)
from accounts.actions.merging import join_people, keep_moved, part_people
from accounts.actions.organizations import (
    OrganizationChanges,
    adopt_people,
    create_organization,
    delete_organization,
    update_organization,
)
from accounts.actions.people import (
    UserChanges,
    create_user,
    set_list_density,
    set_password,
    set_theme,
    update_user,
    verify_addresses,
)
from accounts.actions.person_fields import save_person_field
from accounts.actions.personal import choose_keys, remove_photo, set_photo
from accounts.actions.reachability import mark_deliverable, mark_undeliverable
from accounts.actions.suspension import lift_suspension, suspend_user
from accounts.actions.team import add_to_group, create_group
from accounts.actions.tokens import create_api_token, revoke_api_token, use_api_token

__all__ = [
    "OrganizationChanges",
    "UserChanges",
    "add_identity",
    "add_to_group",
    "adopt_people",
    "delete_organization",
    "choose_keys",
    "create_api_token",
    "create_group",
    "create_organization",
    "create_user",
    "end_device",
    "end_other_devices",
    "end_session_of_device",
    "find_or_create_customers",
    "find_or_create_people",
    "forget_dead_devices",
    "join_people",
    "keep_moved",
    "lift_suspension",
    "make_primary",
    "mark_deliverable",
    "mark_undeliverable",
    "note_device",
    "part_people",
    "remove_identity",
    "remove_photo",
    "revoke_api_token",
    "save_person_field",
    "set_password",
    "set_list_density",
    "set_photo",
    "set_theme",
    "suspend_user",
    "update_organization",
    "update_user",
    "use_api_token",
    "verify_addresses",
    "verify_identity",
]
