"""Callers looked up by what is typed: a number, or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.actor import Actor
from accounts.models import Identity, IdentityKind, User
from accounts.roles import Permission
from accounts.search import suggested_people
from accounts.selectors import visible_users
from tickets.policies import visible_tickets
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id

LIMIT, TICKETS = 8, 10
CALLED_BY = (IdentityKind.PHONE, IdentityKind.WHATSAPP)


@dataclass(frozen=True, slots=True)
class Caller:
    person: User
    number: str


@require_GET
@workspace(Permission.EDIT_TICKETS)
def suggest(request: SignedInRequest) -> HttpResponse:
    """People who fit `q` with their numbers, as options of a list box."""
    people = visible_users(request.actor)
    found = suggested_people(people, _as_dialled(request.GET.get("q", "")), limit=LIMIT)
    return render(request, "agent/calls/_callers.html", {"callers": with_numbers(found)})


@require_GET
@workspace(Permission.EDIT_TICKETS)
def tickets(request: SignedInRequest) -> HttpResponse:
    """Where a call of this person may be noted: their open tickets, as choices."""
    person_id = as_id(request.GET.get("person", ""))
    context = {"tickets": open_tickets(request.actor, person_id), "chosen": None}
    return render(request, "agent/calls/_tickets.html", context)


def with_numbers(people: list[User]) -> list[Caller]:
    """Each with the number they are called by, empty where none is known: one query."""
    rows = Identity.objects.filter(user__in=people, kind__in=CALLED_BY)
    numbers: dict[int, str] = {}
    for user_id, value in rows.order_by("-is_primary", "id").values_list("user_id", "value"):
        numbers.setdefault(user_id, value if value.startswith("+") else f"+{value}")
    return [Caller(person, numbers.get(person.pk, "")) for person in people]


def open_tickets(actor: Actor, person_id: int | None) -> list[tuple[int, str]]:
    """Number and subject of a person's latest tickets that are not done, of those one sees."""
    if person_id is None:
        return []
    rows = visible_tickets(actor).unsolved().filter(requester=person_id)
    return list(rows.order_by("-updated_at", "-id").values_list("pk", "subject")[:TICKETS])


def clean_number(text: str) -> str:
    """`+49 (171) 234-56` → `+4917123456`; 00 at the beginning is a plus. Empty for no number."""
    bare = re.sub(r"[^\d+]", "", text.strip())
    bare = f"+{bare[2:]}" if bare.startswith("00") else bare
    return bare if re.fullmatch(r"\+?\d{3,20}", bare) else ""


def _as_dialled(typed: str) -> str:
    """A number without blanks and its first zero, as a part of the stored one; else as it is."""
    number = clean_number(typed) if re.fullmatch(r"[\d\s+()/.-]{3,40}", typed.strip()) else ""
    return number.lstrip("0") if number else typed
