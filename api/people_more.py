"""More of people and companies: merging, identities, completion, fields, writing organizations."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions import (
    OrganizationChanges,
    add_identity,
    create_organization,
    delete_organization,
    make_primary,
    remove_identity,
    update_organization,
    verify_identity,
)
from accounts.models import FieldOwner, Identity, Organization, PersonField, Sharing, User
from accounts.policies import may_edit
from accounts.roles import Permission
from accounts.search import found_organizations, suggested_people
from accounts.selectors import visible_users
from api.bodies import read_body
from api.doors import actor_of, base_of, staff_of
from api.errors import BadParameter
from api.inputs.people import (
    IdentityInput,
    MergeInput,
    NewOrganizationInput,
    OrganizationChangesInput,
)
from api.pagination import paginated
from api.shapes.people import organization_shapes, user_shapes
from api.shapes.people_more import IDENTITY_KINDS, field_shapes, identity_shapes
from tickets.actions import merge_people

SUGGESTIONS = 100
_BY_ID = {"id": "id"}


def merge(request: Request, user_id: int) -> Response:
    """Zendesk's merge: the person of the address goes into the one that the body names by `id`.

    422 while an address of either is not verified, unless `accept_unverified` says that it is one
    person. It can be undone for 30 days, in the workspace.
    """
    actor = staff_of(request, Permission.EDIT_PEOPLE)
    loser = get_object_or_404(visible_users(actor), pk=user_id)
    values = read_body(request, "user", MergeInput)
    winner = get_object_or_404(visible_users(actor), pk=values["id"])
    merge_people(
        actor=actor, winner_id=winner.pk, loser_id=loser.pk,
        accepts_unverified=values["accept_unverified"],
    )  # fmt: skip
    winner.refresh_from_db()
    return Response({"user": user_shapes([winner], base_of(request))[0]})


def autocomplete(request: Request) -> Response:
    """People whose name or address begins with `name` first."""
    actor = staff_of(request)
    people = visible_users(actor)
    found = suggested_people(people, request.query_params.get("name", ""), limit=SUGGESTIONS)
    return Response({"users": user_shapes(found, base_of(request)), "count": len(found)})


def of_organization(request: Request, organization_id: int) -> Response:
    actor = staff_of(request)
    row = get_object_or_404(Organization, pk=organization_id)
    return paginated(
        request, visible_users(actor).present().filter(organization=row), name="users",
        sorts={"id": "id", "name": "name"}, default="id",
        render=lambda rows: user_shapes(rows, base_of(request)),
    )  # fmt: skip


def identities(request: Request, user_id: int) -> Response:
    person = get_object_or_404(visible_users(actor_of(request)), pk=user_id)
    return paginated(
        request, person.identities.all(), name="identities", sorts=_BY_ID, default="id",
        render=lambda rows: identity_shapes(rows, base_of(request)),
    )  # fmt: skip


def create_identity(request: Request, user_id: int) -> Response:
    actor = staff_of(request, Permission.EDIT_PEOPLE)
    person = get_object_or_404(visible_users(actor), pk=user_id)
    values = read_body(request, "identity", IdentityInput)
    row = add_identity(
        actor=actor, user=person, kind=IDENTITY_KINDS[values["type"]], value=values["value"],
        is_primary=values["primary"], is_verified=values["verified"],
    )  # fmt: skip
    return _identity(request, row, status=201)


def identity(request: Request, user_id: int, identity_id: int) -> Response:
    person = get_object_or_404(visible_users(actor_of(request)), pk=user_id)
    return _identity(request, get_object_or_404(person.identities.all(), pk=identity_id))


def delete_identity(request: Request, user_id: int, identity_id: int) -> Response:
    row = _editable(request, user_id, identity_id)
    remove_identity(actor=actor_of(request), identity_id=row.pk)
    return Response(status=204)


def make_identity_primary(request: Request, user_id: int, identity_id: int) -> Response:
    """Zendesk answers with all of the person's identities."""
    row = _editable(request, user_id, identity_id)
    make_primary(actor=actor_of(request), identity_id=row.pk)
    rows = list(row.user.identities.order_by("id"))
    return Response({"identities": identity_shapes(rows, base_of(request))})


def verify(request: Request, user_id: int, identity_id: int) -> Response:
    row = _editable(request, user_id, identity_id)
    return _identity(request, verify_identity(actor=actor_of(request), identity_id=row.pk))


def create_company(request: Request) -> Response:
    actor = staff_of(request, Permission.EDIT_PEOPLE)
    values = read_body(request, "organization", NewOrganizationInput)
    row = create_organization(actor=actor, **_company_values(values))
    return _company(request, row, status=201)


def update_company(request: Request, organization_id: int) -> Response:
    actor = staff_of(request, Permission.EDIT_PEOPLE)
    row = get_object_or_404(Organization, pk=organization_id)
    values = read_body(request, "organization", OrganizationChangesInput)
    changes = OrganizationChanges(**_company_values(values, row.sharing))
    done = update_organization(actor=actor, organization_id=row.pk, changes=changes)
    return _company(request, done)


def search_companies(request: Request) -> Response:
    """The company of exactly this `name`, in a list."""
    staff_of(request)
    rows = list(Organization.objects.filter(name__iexact=request.query_params.get("name", "")))
    shapes = organization_shapes(rows, base_of(request))
    return Response({"organizations": shapes, "count": len(shapes)})


def autocomplete_companies(request: Request) -> Response:
    """Companies in whose name, domains or tags every word of `name` occurs."""
    staff_of(request)
    typed = request.query_params.get("name", "").strip()
    if not typed:
        raise BadParameter("name is what the name contains.")
    rows = list(found_organizations(typed).order_by("folded_name", "pk")[:SUGGESTIONS])
    shapes = organization_shapes(rows, base_of(request))
    return Response({"organizations": shapes, "count": len(shapes)})


def user_fields(request: Request) -> Response:
    return _fields(request, FieldOwner.PERSON, "user_fields")


def organization_fields(request: Request) -> Response:
    return _fields(request, FieldOwner.ORGANIZATION, "organization_fields")


def _fields(request: Request, owner: str, name: str) -> Response:
    staff_of(request)
    return paginated(
        request, PersonField.objects.filter(owner=owner), name=name, sorts=_BY_ID, default="id",
        render=lambda rows: field_shapes(rows, base_of(request), name),
    )  # fmt: skip


def delete_company(request: Request, organization_id: int) -> Response:
    """Its people and tickets stay, and belong to none."""
    actor = staff_of(request, Permission.EDIT_PEOPLE)
    row = get_object_or_404(Organization, pk=organization_id)
    delete_organization(actor=actor, organization_id=row.pk)
    return Response(status=204)


def _company_values(values: dict[str, Any], sharing: str = "") -> dict[str, Any]:
    names = {"name": "name", "domain_names": "domains", "notes": "notes", "tags": "tags",
             "organization_fields": "custom_fields"}  # fmt: skip
    given = {own: values[name] for name, own in names.items() if values.get(name) is not None}
    if "shared_tickets" in values or "shared_comments" in values:
        is_shared = values.get("shared_tickets", sharing != Sharing.NONE)
        may_comment = values.get("shared_comments", sharing == Sharing.COMMENT)
        given["sharing"] = (Sharing.COMMENT if may_comment else Sharing.VIEW) if is_shared else ""
    return given


def _editable(request: Request, user_id: int, identity_id: int) -> Identity:
    """An identity of somebody the actor may edit: hidden is 404, somebody to look at only 403."""
    actor = staff_of(request, Permission.EDIT_PEOPLE)
    person: User = get_object_or_404(visible_users(actor), pk=user_id)
    if not may_edit(actor, person):
        staff_of(request, Permission.MANAGE_TEAM)
        raise Http404
    row: Identity = get_object_or_404(person.identities.select_related("user"), pk=identity_id)
    return row


def _identity(request: Request, row: Identity, *, status: int = 200) -> Response:
    return Response({"identity": identity_shapes([row], base_of(request))[0]}, status=status)


def _company(request: Request, row: Organization, *, status: int = 200) -> Response:
    shape = organization_shapes([row], base_of(request))[0]
    response = Response({"organization": shape}, status=status)
    if status == 201:
        response["Location"] = shape["url"]
    return response
