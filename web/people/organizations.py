"""Customer companies: the list, the page of one, the form, and completion."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import (
    OrganizationChanges,
    adopt_people,
    create_organization,
    delete_organization,
    update_organization,
)
from accounts.actions.organizations import people_without
from accounts.errors import InvalidPerson
from accounts.models import FieldOwner, Organization, Sharing
from accounts.roles import Permission
from accounts.search import found_organizations
from core.pages import Keyset, keyset_page
from tickets import policies
from tickets.models import Status
from tickets.selectors.people import page_of_tickets
from web.access import SignedInRequest, workspace
from web.people.access import organization_for, people_for
from web.people.history import page_of_history
from web.people.profile import customs_of

_BY_NAME = Keyset("folded_name", is_descending=False)
SUGGESTIONS = 8
TABS = (
    ("people", gettext_lazy("People")),
    ("tickets", gettext_lazy("Tickets")),
    ("history", gettext_lazy("Changes")),
)


@require_GET
@workspace()
def index(request: SignedInRequest) -> HttpResponse:
    """Companies by name, or those that fit what is typed: four queries."""
    query = request.GET.get("q", "").strip()
    page = keyset_page(found_organizations(query), _BY_NAME, cursor=request.GET.get("cursor", ""))
    ids = [row.pk for row in page.rows]
    people = people_for(request.actor).filter(organization__in=ids, merged_into=None)
    sizes = dict(people.values_list("organization").annotate(n=Count("pk")).order_by())
    unsolved = policies.visible_tickets(request.actor).filter(
        organization__in=ids, status__in=Status.unsolved()
    )
    waiting = dict(unsolved.values_list("organization").annotate(n=Count("pk")).order_by())
    rows = [(row, sizes.get(row.pk, 0), waiting.get(row.pk, 0)) for row in page.rows]
    context = {
        "page": page, "rows": rows, "q": query,
        "may_edit": request.actor.can(Permission.EDIT_PEOPLE),
    }  # fmt: skip
    return render(request, "agent/people/organizations.html", context)


@require_GET
@workspace()
def suggest(request: SignedInRequest) -> HttpResponse:
    """Companies that fit `q`, as options for `<people-suggest data-value="name">`."""
    query = request.GET.get("q", "").strip()
    found = found_organizations(query).order_by("folded_name", "pk")[:SUGGESTIONS] if query else []
    return render(request, "agent/people/_organization_options.html", {"organizations": found})


@require_GET
@workspace()
def show(request: SignedInRequest, organization_id: int) -> HttpResponse:
    row = organization_for(organization_id)
    names = [name for name, _words in TABS]
    tab = request.GET.get("tab") if request.GET.get("tab") in names else "people"
    may_edit = request.actor.can(Permission.EDIT_PEOPLE)
    context: dict[str, Any] = {
        "organization": row, "tab": tab, "tabs": TABS, "may_edit": may_edit,
        "fields": customs_of(FieldOwner.ORGANIZATION, row.custom_fields),
        "page": _tab(request, row, str(tab)),
        "loose": people_without(row).count() if may_edit and tab == "people" else 0,
    }  # fmt: skip
    return render(request, "agent/people/organization.html", context)


@require_http_methods(["GET", "POST"])
@workspace(Permission.EDIT_PEOPLE)
def create(request: SignedInRequest) -> HttpResponse:
    if request.method == "GET":
        return _form(request, None, {"name": request.GET.get("name", "")})
    try:
        row = create_organization(actor=request.actor, **_given(request))
    except InvalidPerson as error:
        return _form(request, None, request.POST.dict(), error=error)
    messages.success(request, _("%(name)s was added") % {"name": row.name})
    return redirect("people:organization", row.pk)


@require_http_methods(["GET", "POST"])
@workspace(Permission.EDIT_PEOPLE)
def edit(request: SignedInRequest, organization_id: int) -> HttpResponse:
    row = organization_for(organization_id)
    if request.method == "GET":
        lists = {"domains": "\n".join(row.domains), "tags": " ".join(row.tags)}
        plain = {"name": row.name, "notes": row.notes, "sharing": row.sharing}
        return _form(request, row, {**plain, **lists})
    try:
        changes = OrganizationChanges(**_given(request))
        update_organization(actor=request.actor, organization_id=row.pk, changes=changes)
    except InvalidPerson as error:
        return _form(request, row, request.POST.dict(), error=error)
    messages.success(request, _("Saved"))
    return redirect("people:organization", row.pk)


@require_http_methods(["GET", "POST"])
@workspace(Permission.EDIT_PEOPLE)
def remove(request: SignedInRequest, organization_id: int) -> HttpResponse:
    """Ask, then delete the company; its people and tickets stay."""
    row = organization_for(organization_id)
    if request.method == "GET":
        context = {"organization": row, "people": row.people.count(),
                   "tickets": row.tickets.count()}  # fmt: skip
        return render(request, "agent/people/organization_removal.html", context)
    delete_organization(actor=request.actor, organization_id=row.pk)
    messages.success(request, _("%(name)s was deleted") % {"name": row.name})
    return redirect("people:organizations")


@require_POST
@workspace(Permission.EDIT_PEOPLE)
def adopt(request: SignedInRequest, organization_id: int) -> HttpResponse:
    """Take in everybody at the company's domains who belongs to none."""
    row = organization_for(organization_id)
    came = adopt_people(actor=request.actor, organization_id=row.pk)
    words = ngettext("%(n)d person taken in", "%(n)d people taken in", came)
    messages.success(request, words % {"n": came})
    return redirect("people:organization", row.pk)


def _given(request: SignedInRequest) -> dict[str, Any]:
    post = request.POST
    keys = [name.removeprefix("custom-") for name in post if name.startswith("custom-")]
    return {
        "name": post.get("name", ""),
        "domains": post.get("domains", "").replace(",", " ").split(),
        "notes": post.get("notes", ""),
        "sharing": post.get("sharing", ""),
        "tags": post.get("tags", "").replace(",", " ").split(),
        "custom_fields": {key: post.getlist(f"custom-{key}")[-1] for key in keys},
    }


def _tab(request: SignedInRequest, row: Organization, tab: str) -> Any:
    cursor = request.GET.get("cursor", "")
    if tab == "history":
        return page_of_history(row, cursor=cursor)
    if tab == "tickets":
        return page_of_tickets(row, request.actor, cursor=cursor)
    people = people_for(request.actor).filter(Q(organization=row), merged_into=None)
    return keyset_page(people, _BY_NAME, cursor=cursor)


def _form(
    request: SignedInRequest,
    row: Organization | None,
    values: dict[str, Any],
    *,
    error: InvalidPerson | None = None,
) -> HttpResponse:
    context = {
        "organization": row, "values": values, "error": error, "sharings": Sharing.choices,
        "fields": customs_of(FieldOwner.ORGANIZATION, row.custom_fields if row else {}),
    }  # fmt: skip
    return render(
        request, "agent/people/organization_form.html", context, status=422 if error else 200
    )
