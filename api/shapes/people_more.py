"""Identities and custom fields of people as Zendesk's objects of those names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.models import Identity, IdentityKind, PersonField, PersonFieldType
from api.shapes.times import stamp

# Zendesk's names of the kinds; what it does not know has ours.
IDENTITY_KINDS: dict[str, str] = {
    "email": IdentityKind.EMAIL, "phone_number": IdentityKind.PHONE, "twitter": IdentityKind.X,
    "facebook": IdentityKind.FACEBOOK, "foreign": IdentityKind.EXTERNAL,
    **{
        kind: kind
        for kind in IdentityKind.values
        if kind not in ("phone", "x", "external")
    },
}  # fmt: skip
_TYPES = {own: theirs for theirs, own in reversed(IDENTITY_KINDS.items())}
_FIELD_TYPES = {PersonFieldType.NUMBER: "decimal", PersonFieldType.CHOICE: "dropdown"}


def identity_shapes(identities: Sequence[Identity], base: str) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk,
            "url": f"{base}/users/{row.user_id}/identities/{row.pk}.json",
            "user_id": row.user_id,
            "type": _TYPES[row.kind],
            "value": row.value,
            "primary": row.is_primary,
            "verified": row.is_verified,
            "verified_at": stamp(row.verified_at),
            "deliverable_state": "undeliverable" if row.undeliverable_at else "deliverable",
            "created_at": stamp(row.created_at),
            "updated_at": stamp(row.verified_at or row.created_at),
        }
        for row in identities
    ]


def field_shapes(fields: Sequence[PersonField], base: str, name: str) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk,
            "url": f"{base}/{name}.json",
            "key": row.key,
            "type": _FIELD_TYPES.get(PersonFieldType(row.type), row.type),
            "title": row.title,
            "raw_title": row.title,
            "description": "",
            "position": row.position,
            "active": row.is_active,
            "system": False,
            "custom_field_options": [{"name": each, "value": each} for each in row.options],
            "created_at": stamp(row.created_at),
            "updated_at": stamp(row.updated_at),
        }
        for row in fields
    ]
