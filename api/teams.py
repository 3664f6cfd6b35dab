"""Groups, their members, and customer companies; for staff."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Group, Membership, Organization
from api.doors import base_of, staff_of
from api.pagination import paginated
from api.shapes.people import group_shapes, membership_shapes, organization_shapes

_SORTS = {"id": "id", "name": "name", "created_at": "created_at"}


def groups(request: Request) -> Response:
    staff_of(request)
    return paginated(
        request, Group.objects.all(), name="groups", sorts=_SORTS, default="name",
        render=lambda rows: group_shapes(rows, base_of(request)),
    )  # fmt: skip


def group(request: Request, group_id: int) -> Response:
    staff_of(request)
    found = get_object_or_404(Group, pk=group_id)
    return Response({"group": group_shapes([found], base_of(request))[0]})


def memberships(
    request: Request, group_id: int | None = None, user_id: int | None = None
) -> Response:
    """All memberships, those of one group, or those of one agent."""
    staff_of(request)
    wanted = {"group_id": group_id, "user_id": user_id}
    rows = Membership.objects.filter(**{name: pk for name, pk in wanted.items() if pk is not None})
    return paginated(
        request, rows, name="group_memberships", sorts={"id": "id"}, default="id",
        render=lambda rows: membership_shapes(rows, base_of(request)),
    )  # fmt: skip


def organizations(request: Request) -> Response:
    staff_of(request)
    return paginated(
        request, Organization.objects.all(), name="organizations", sorts=_SORTS, default="id",
        render=lambda rows: organization_shapes(rows, base_of(request)),
    )  # fmt: skip


def organization(request: Request, organization_id: int) -> Response:
    staff_of(request)
    found = get_object_or_404(Organization, pk=organization_id)
    return Response({"organization": organization_shapes([found], base_of(request))[0]})
