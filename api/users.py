"""People: `/users`, `/users/{id}`, `/users/me`, `/users/search`."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions import (
    UserChanges,
    create_user,
    lift_suspension,
    suspend_user,
    update_user,
)
from accounts.models import Sharing, User
from accounts.roles import Permission, Role
from accounts.selectors import search_users, visible_users
from api.bodies import read_body
from api.doors import actor_of, base_of, staff_of
from api.errors import BadParameter
from api.inputs.people import ROLES, NewUserInput, UserChangesInput
from api.pagination import numbered, paginated
from api.shapes.people import user_shapes

_SORTS = {"id": "id", "name": "name", "created_at": "created_at", "updated_at": "updated_at"}
# Zendesk's role names as ours; a list of agents has everybody between customer and administrator.
_WITH_ROLE = {
    "end-user": [Role.CUSTOMER],
    "agent": [Role.LIGHT_AGENT, Role.AGENT, Role.LEAD],
    "admin": [Role.ADMIN],
}


def index(request: Request) -> Response:
    users = visible_users(staff_of(request))
    if roles := [*request.query_params.getlist("role"), *request.query_params.getlist("role[]")]:
        unknown = set(roles) - _WITH_ROLE.keys()
        if unknown:
            raise BadParameter(f"role can be {', '.join(_WITH_ROLE)}.")
        users = users.filter(role__in=[own for role in roles for own in _WITH_ROLE[role]])
    return paginated(
        request, users, name="users", sorts=_SORTS, default="id",
        render=lambda rows: user_shapes(rows, base_of(request)),
    )  # fmt: skip


def search(request: Request) -> Response:
    users = search_users(request.query_params.get("query", ""), staff_of(request))
    return numbered(
        request, users, name="users", render=lambda rows: user_shapes(rows, base_of(request))
    )


def show(request: Request, user_id: int) -> Response:
    return _shown(request, get_object_or_404(visible_users(actor_of(request)), pk=user_id))


def me(request: Request) -> Response:
    actor = actor_of(request)
    return _shown(request, visible_users(actor).get(pk=actor.user_id or 0))


def create(request: Request) -> Response:
    """A person; 422 when the address belongs to somebody already."""
    actor = staff_of(request, Permission.EDIT_PEOPLE)
    values = read_body(request, "user", NewUserInput)
    user = create_user(
        actor=actor,
        name=values["name"],
        email=values.get("email"),
        role=ROLES[values.get("role", "end-user")],
        is_verified=values["verified"],
        **_made_with(_properties(values)),
    )
    response = _shown(request, user, status=201)
    response["Location"] = response.data["user"]["url"]
    return response


def update(request: Request, user_id: int) -> Response:
    actor = actor_of(request)
    user = get_object_or_404(visible_users(actor), pk=user_id)
    values = read_body(request, "user", UserChangesInput)
    role: str | None = values.get("role")
    # What Zendesk calls an agent may be a lead here: naming the same role again changes nothing.
    new_role = ROLES[role] if role and user.role not in _WITH_ROLE[role] else None
    changes = UserChanges(
        name=values.get("name"), role=new_role, organization_access=_access(user, values),
        **_properties(values),
    )  # fmt: skip
    with transaction.atomic():
        user = update_user(actor=actor, user_id=user_id, changes=changes)
        if values.get("suspended") not in (None, user.is_suspended):
            standing = suspend_user if values["suspended"] else lift_suspension
            user = standing(actor=actor, user_id=user_id)
    return _shown(request, user)


def _access(user: User, values: dict[str, Any]) -> str | None:
    """A customer's `ticket_restriction`; what agents see is set in the workspace."""
    wanted = values.get("ticket_restriction")
    if not user.is_customer or wanted not in ("requested", "organization"):
        return None
    return "" if wanted == "requested" else user.organization_access or Sharing.VIEW


def _properties(values: dict[str, Any]) -> dict[str, Any]:
    names = {"organization_id": "organization_id", "locale": "language", "time_zone": "time_zone",
             "signature": "signature", "notes": "notes", "tags": "tags",
             "user_fields": "custom_fields"}  # fmt: skip
    given = {own: values[name] for name, own in names.items() if values.get(name) is not None}
    if "organization_id" in values and values["organization_id"] is None:
        given["organization_id"] = 0  # null takes somebody out of their company
    return given


def _made_with(properties: dict[str, Any]) -> dict[str, Any]:
    """Nobody is in a company before they are there."""
    return {name: value for name, value in properties.items() if value != 0}


def _shown(request: Request, user: User, *, status: int = 200) -> Response:
    shape = user_shapes([user], base_of(request))[0]
    if actor_of(request).is_customer:
        shape |= {"notes": "", "details": "", "tags": [], "user_fields": {}}
    return Response({"user": shape}, status=status)
