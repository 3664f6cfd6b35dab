"""One property at a time, edited where it stands: the editor, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from django.conf.locale import LANG_INFO
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import (
    UserChanges,
    add_identity,
    make_primary,
    remove_identity,
    update_user,
    verify_identity,
)
from accounts.errors import AddressTaken, InvalidPerson, NotPermitted
from accounts.models import FieldOwner, Identity, IdentityKind, PersonField, Sharing, User
from accounts.policies import may_edit
from accounts.roles import Permission
from web.access import SignedInRequest, workspace
from web.people.access import person_for
from web.people.profile import organization_named, preferences, profile_of

PLAIN = ("name", "notes", "language", "time_zone", "tags", "organization",
         "organization_access", "identity", "prefers")  # fmt: skip
CUSTOM = "custom-"
_MAY = {"make": make_primary, "verify": verify_identity, "remove": remove_identity}


@require_http_methods(["GET", "POST"])
@workspace(Permission.EDIT_PEOPLE)
def edit(request: SignedInRequest, person_id: int, name: str) -> HttpResponse:
    """The editor of one property; POST saves and answers the whole profile."""
    person = person_for(request.actor, person_id)
    if not may_edit(request.actor, person):
        raise NotPermitted
    field = _custom_field(name)
    if request.method == "GET":
        return _editor(request, person, name, field, value=_present(person, name, field))
    try:
        _save(request, person, name, field)
    except (InvalidPerson, AddressTaken) as error:
        typed = request.POST.get("value", "")[:50_000]
        return _editor(request, person, name, field, value=typed, error=str(error))
    return profile_answer(request, person_id)


@require_POST
@workspace(Permission.EDIT_PEOPLE)
def identity(request: SignedInRequest, person_id: int, identity_id: int, verb: str) -> HttpResponse:
    """Make an address the first, vouch for it, or take it away."""
    if not Identity.objects.filter(pk=identity_id, user_id=person_id).exists() or verb not in _MAY:
        raise Http404
    _MAY[verb](actor=request.actor, identity_id=identity_id)
    return profile_answer(request, person_id)


def profile_answer(request: SignedInRequest, person_id: int) -> HttpResponse:
    """The profile as it is now; for a browser without scripts the person's page."""
    if not request.htmx:
        return redirect("people:person", person_id)
    person = person_for(request.actor, person_id)
    profile = profile_of(person, request.actor)
    response = render(request, "agent/people/_profile.html", {"profile": profile})
    response["HX-Trigger"] = "person-changed"
    return response


def _save(request: SignedInRequest, person: User, name: str, field: PersonField | None) -> None:
    value = request.POST.get("value", "")[:60_000]
    if name == "identity":
        kind = request.POST.get("kind", IdentityKind.EMAIL)
        add_identity(actor=request.actor, user=person, kind=kind, value=value)
        return
    changes = UserChanges(custom_fields={field.key: value}) if field else _changes_from(name, value)
    update_user(actor=request.actor, user_id=person.pk, changes=changes)


def _changes_from(name: str, value: str) -> UserChanges:
    if name == "tags":
        return UserChanges(tags=value.replace(",", " ").split())
    if name == "organization":
        return UserChanges(organization_id=_organization_id(value))
    if name == "name" and not value.strip():
        raise InvalidPerson("name", _("Write the person's name."))
    plain: dict[str, Any] = {name: value}
    return UserChanges(**plain)


def _organization_id(text: str) -> int:
    if not text.strip():
        return 0
    found = organization_named(text)
    if found is None:
        raise InvalidPerson(
            "organization", _("There is no organization of this name. Take one from the list.")
        )
    return found.pk


def _custom_field(name: str) -> PersonField | None:
    """The custom field behind `custom-<key>`, None for a plain property. Raises Http404."""
    if name in PLAIN:
        return None
    rows = PersonField.objects.filter(owner=FieldOwner.PERSON, is_active=True)
    field = rows.filter(key=name.removeprefix(CUSTOM)).first() if name.startswith(CUSTOM) else None
    if field is None:
        raise Http404
    return field


def _present(person: User, name: str, field: PersonField | None) -> Any:
    if field:
        return person.custom_fields.get(field.key, "")
    present: dict[str, Callable[[], Any]] = {
        "tags": lambda: " ".join(person.tags),
        "organization": lambda: person.organization.name if person.organization else "",
        "identity": lambda: "",
    }
    return present.get(name, lambda: getattr(person, name))()


def _editor(
    request: SignedInRequest,
    person: User,
    name: str,
    field: PersonField | None,
    *,
    value: Any,
    error: str = "",
) -> HttpResponse:
    context = {
        "url": reverse("people:edit", args=[person.pk, name]),
        "target": f"person-{person.pk}-profile",
        "property": name, "field": field, "value": value, "error": error,
        "kinds": IdentityKind.choices, "kind": request.POST.get("kind", "email"),
        "languages": languages() if name == "language" else [],
        "accesses": Sharing.choices,
        "preferences": preferences(person) if name == "prefers" else [],
        "zones": sorted(available_timezones()) if name == "time_zone" else [],
    }  # fmt: skip
    response = render(request, "agent/people/_editor.html", context, status=422 if error else 200)
    if error:
        # The mistake stands in the editor; the rest of the profile stays as it is.
        response["HX-Retarget"] = f"#person-{person.pk}-{name}"
        response["HX-Reswap"] = "innerHTML"
    return response


def languages() -> list[tuple[str, str]]:
    """Languages by their name in ours."""
    codes = (code for code, info in LANG_INFO.items() if "name" in info)
    named = ((code, str(get_language_info(code)["name_translated"])) for code in codes)
    return sorted(named, key=lambda pair: pair[1].casefold())
