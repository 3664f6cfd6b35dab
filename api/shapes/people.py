"""Users, groups, memberships and organizations as Zendesk's objects of those names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.models import Group, Identity, IdentityKind, Membership, Organization, Sharing, User
from accounts.roles import Role
from api.shapes.times import stamp

_ROLES = {Role.CUSTOMER: "end-user", Role.ADMIN: "admin"}
_ROLE_TYPES = {Role.LIGHT_AGENT: 1}
_RESTRICTIONS = {"all": None, "groups": "groups", "assigned": "assigned"}


def user_shapes(users: Sequence[User], base: str) -> list[dict[str, Any]]:
    """People with their phone, verification and default group: two more queries for all."""
    ids = [user.pk for user in users]
    kinds = (IdentityKind.EMAIL, IdentityKind.PHONE)
    identities: dict[tuple[int, str], Identity] = {}
    for identity in Identity.objects.filter(user_id__in=ids, kind__in=kinds).order_by(
        "is_primary", "-id"
    ):
        identities[identity.user_id, identity.kind] = identity  # the primary one comes last
    defaults = dict(
        Membership.objects.filter(user_id__in=ids, is_default=True).values_list(
            "user_id", "group_id"
        )
    )
    return [
        _user(
            user,
            identities.get((user.pk, IdentityKind.EMAIL)),
            identities.get((user.pk, IdentityKind.PHONE)),
            defaults.get(user.pk),
            base,
        )
        for user in users
    ]


def _user(
    user: User, email: Identity | None, phone: Identity | None, group_id: int | None, base: str
) -> dict[str, Any]:
    is_customer = user.role == Role.CUSTOMER
    own = "organization" if user.organization_access else "requested"
    restriction = own if is_customer else _RESTRICTIONS[user.ticket_access]
    return {
        "id": user.pk,
        "url": f"{base}/users/{user.pk}.json",
        "name": user.display_name,
        "email": user.email,
        "created_at": stamp(user.created_at),
        "updated_at": stamp(user.updated_at),
        "time_zone": user.time_zone or None,
        "iana_time_zone": user.time_zone or None,
        "phone": phone.value if phone else None,
        "shared_phone_number": None,
        "photo": None,
        "locale_id": None,
        "locale": user.language or None,
        "organization_id": user.organization_id,
        "role": _ROLES.get(Role(user.role), "agent"),
        "role_type": _ROLE_TYPES.get(Role(user.role)),
        "custom_role_id": None,
        "verified": bool(email and email.is_verified),
        "external_id": None,
        "tags": user.tags,
        "alias": "",
        "active": user.is_active,
        "shared": False,
        "shared_agent": False,
        "last_login_at": stamp(user.last_login),
        "two_factor_auth_enabled": False,
        "signature": user.signature,
        "details": "",
        "notes": user.notes,
        "moderator": not is_customer,
        "ticket_restriction": restriction,
        "only_private_comments": user.role == Role.LIGHT_AGENT,
        "restricted_agent": restriction is not None,
        "suspended": user.is_suspended,
        "default_group_id": group_id,
        "report_csv": user.role in (Role.LEAD, Role.ADMIN),
        "user_fields": user.custom_fields,
    }


def group_shapes(groups: Sequence[Group], base: str) -> list[dict[str, Any]]:
    return [
        {
            "id": group.pk,
            "url": f"{base}/groups/{group.pk}.json",
            "name": group.name,
            "description": group.description,
            "default": False,
            "deleted": not group.is_active,
            "is_public": True,
            "created_at": stamp(group.created_at),
            "updated_at": stamp(group.updated_at),
        }
        for group in groups
    ]


def membership_shapes(memberships: Sequence[Membership], base: str) -> list[dict[str, Any]]:
    return [
        {
            "id": membership.pk,
            "url": f"{base}/group_memberships/{membership.pk}.json",
            "user_id": membership.user_id,
            "group_id": membership.group_id,
            "default": membership.is_default,
            "created_at": None,
            "updated_at": None,
        }
        for membership in memberships
    ]


def organization_shapes(organizations: Sequence[Organization], base: str) -> list[dict[str, Any]]:
    return [
        {
            "id": organization.pk,
            "url": f"{base}/organizations/{organization.pk}.json",
            "name": organization.name,
            "shared_tickets": organization.sharing != Sharing.NONE,
            "shared_comments": organization.sharing == Sharing.COMMENT,
            "external_id": None,
            "created_at": stamp(organization.created_at),
            "updated_at": stamp(organization.updated_at),
            "domain_names": organization.domains,
            "details": "",
            "notes": organization.notes,
            "group_id": None,
            "tags": organization.tags,
            "organization_fields": organization.custom_fields,
        }
        for organization in organizations
    ]
