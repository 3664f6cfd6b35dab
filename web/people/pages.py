"""The list of customers, the page of one, and the form for a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import add_identity, create_user
from accounts.duplicates import possible_doubles
from accounts.errors import AddressTaken, InvalidPerson
from accounts.models import Identity, IdentityKind, User
from accounts.roles import Permission
from accounts.search import found_people
from core.pages import Keyset, keyset_page
from tickets.selectors.customers import figures_of
from tickets.selectors.people import count_tickets_of, page_of_messages, page_of_tickets
from web.access import SignedInRequest, workspace
from web.people.access import people_for, person_for
from web.people.history import page_of_history
from web.people.profile import merges_into, organization_named, profile_of
from web.people.words import evidence_words

ORDERS = {"name": Keyset("folded_name", is_descending=False), "latest": Keyset("created_at")}
TABS = (
    ("tickets", gettext_lazy("Tickets")),
    ("timeline", gettext_lazy("Timeline")),
    ("history", gettext_lazy("Changes")),
)


@require_GET
@workspace()
def index(request: SignedInRequest) -> HttpResponse:
    """Customers by name or age, or those who fit what is typed: constant queries."""
    query, order = request.GET.get("q", "").strip(), request.GET.get("sort", "name")
    people = people_for(request.actor).filter(role="customer", merged_into=None)
    if request.GET.get("show") == "suspended":
        people = people.filter(suspended_at__isnull=False)
    if query:
        people = found_people(people, query)
    keyset = ORDERS.get(order, ORDERS["name"])
    page = keyset_page(people, keyset, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page, "q": query, "sort": order, "show": request.GET.get("show", ""),
        "rows": _rows(request, page.rows), "may_edit": request.actor.can(Permission.EDIT_PEOPLE),
    }  # fmt: skip
    return render(request, "agent/people/index.html", context)


@require_GET
@workspace()
def show(request: SignedInRequest, person_id: int) -> HttpResponse:
    """A person: profile, and one of tickets, timeline and history."""
    person = person_for(request.actor, person_id)
    names = [name for name, _words in TABS]
    tab = request.GET.get("tab") if request.GET.get("tab") in names else "tickets"
    context: dict[str, Any] = {
        "profile": profile_of(person, request.actor), "person": person, "tab": tab, "tabs": TABS,
        "figures": figures_of(person, request.actor),
        "doubles": doubles_of(request, person), "merges": merges_into(person),
        "page": _tab(request, person, str(tab)),
    }  # fmt: skip
    return render(request, "agent/people/show.html", context)


@require_GET
@workspace()
def tickets(request: SignedInRequest, person_id: int) -> HttpResponse:
    """More of the person's tickets, for a list that is open."""
    person = person_for(request.actor, person_id)
    page = page_of_tickets(person, request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, "agent/people/_tickets.html", {"page": page, "person": person})


@require_GET
@workspace()
def timeline(request: SignedInRequest, person_id: int) -> HttpResponse:
    """The latest messages over all channels and tickets, or those before a cursor."""
    person = person_for(request.actor, person_id)
    page = page_of_messages(person, request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, "agent/people/_timeline.html", {"page": page, "person": person})


@require_GET
@workspace()
def doubles(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Who may be, or turned out to be, the same person, for the side of a ticket."""
    person = person_for(request.actor, person_id)
    context = {
        "person": person, "doubles": doubles_of(request, person), "merges": merges_into(person),
        "is_beside_ticket": True,
    }  # fmt: skip
    return render(request, "agent/people/_doubles.html", context)


@require_http_methods(["GET", "POST"])
@workspace(Permission.EDIT_PEOPLE)
def create(request: SignedInRequest) -> HttpResponse:
    """The form, and the new person; a mistake brings the form back with everything in it."""
    if request.method == "GET":
        return render(request, "agent/people/new.html", {"values": request.GET.dict()})
    try:
        person = _made(request)
    except (InvalidPerson, AddressTaken) as error:
        context = {"values": request.POST.dict(), "error": error, "known": _known(request)}
        return render(request, "agent/people/new.html", context, status=422)
    messages.success(request, _("%(name)s was added") % {"name": person.display_name})
    return redirect("people:person", person.pk)


def _made(request: SignedInRequest) -> User:
    values = {name: request.POST.get(name, "").strip() for name in
              ("name", "email", "phone", "organization", "notes", "tags")}  # fmt: skip
    if not (values["name"] or values["email"]):
        raise InvalidPerson("name", _("Write a name or an e-mail address."))
    organization = organization_named(values["organization"]) if values["organization"] else None
    if values["organization"] and organization is None:
        raise InvalidPerson("organization", _("There is no organization of this name."))
    with transaction.atomic():
        person = create_user(
            actor=request.actor, name=values["name"] or values["email"].partition("@")[0],
            email=values["email"] or None,
            organization_id=organization.pk if organization else None,
            notes=values["notes"], tags=values["tags"].replace(",", " ").split(),
        )  # fmt: skip
        if values["phone"]:
            add_identity(actor=request.actor, user=person, kind="phone", value=values["phone"])
    return person


def _known(request: SignedInRequest) -> User | None:
    """Who has the address already, so that the form can lead there."""
    typed = request.POST.get("email", "").strip().lower()
    found = Identity.objects.filter(kind=IdentityKind.EMAIL, value=typed).select_related("user")
    identity = found.first() if typed else None
    return identity.user if identity else None


def _rows(request: SignedInRequest, people: list[User]) -> list[tuple[User, str, tuple[int, int]]]:
    """Each with a way to reach them, and how many tickets they have: all, unsolved."""
    counts = count_tickets_of(people, request.actor)
    without = [person.pk for person in people if not person.email]
    others = Identity.objects.filter(user__in=without).order_by("is_primary", "-id")
    reached = dict(others.values_list("user_id", "value")) if without else {}
    return [
        (person, person.email or reached.get(person.pk, ""), counts.get(person.pk, (0, 0)))
        for person in people
    ]


def _tab(request: SignedInRequest, person: User, tab: str) -> Any:
    cursor = request.GET.get("cursor", "")
    if tab == "history":
        return page_of_history(person, cursor=cursor)
    select = page_of_messages if tab == "timeline" else page_of_tickets
    return select(person, request.actor, cursor=cursor)


def doubles_of(request: SignedInRequest, person: User) -> list[tuple[Any, list[str]]]:
    if not request.actor.can(Permission.EDIT_PEOPLE):
        return []
    found = possible_doubles(person)
    return [(double, [evidence_words(each) for each in double.evidence]) for double in found]
