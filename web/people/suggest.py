"""Completion of people: the one place that every field for a person asks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.search import of_kind, suggested_people
from accounts.selectors import visible_users
from accounts.tags import known_tags
from web.access import SignedInRequest, workspace

LIMIT = 8


@require_GET
@workspace()
def suggest(request: SignedInRequest) -> HttpResponse:
    """People who fit `q`, as options of a list box: `data-id`, `data-email`, `data-name`.

    `kind` is customer, staff or any. `<people-suggest>` puts them under a field.
    """
    people = _found(request, request.GET.get("q", ""))
    return render(request, "agent/people/_options.html", {"people": people})


@require_GET
@workspace()
def tags(request: SignedInRequest) -> HttpResponse:
    """Tags of people and companies that begin with `q`, the most used first."""
    found = known_tags(request.GET.get("q", "").strip(), limit=LIMIT)
    return render(request, "agent/tickets/operations/_tags.html", {"tags": found})


@require_GET
@workspace()
def datalist(request: SignedInRequest) -> HttpResponse:
    """The same as options of a datalist, for fields that have no list box of their own."""
    typed = request.GET.get("requester") or request.GET.get("cc_typed") or ""
    people = [person for person in _found(request, typed) if person.email]
    return render(request, "agent/tickets/_people.html", {"people": people})


def _found(request: SignedInRequest, typed: str) -> list[User]:
    people = visible_users(request.actor).filter(of_kind(request.GET.get("kind", "any")))
    return suggested_people(people, typed, limit=LIMIT)
