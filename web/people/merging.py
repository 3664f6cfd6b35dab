"""Merging two customers: whom with, what would move, doing it, and undoing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.merging import has_unverified_address
from accounts.duplicates import evidence_between
from accounts.errors import MergeRefused
from accounts.models import Identity, PersonMerge, User
from accounts.policies import may_edit
from accounts.roles import Permission
from accounts.teams import identities_of
from channels_in.social.names import names_of
from tickets.actions import merge_people, unmerge_people
from tickets.selectors.people import count_tickets_of
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.people.access import person_for
from web.people.pages import doubles_of
from web.people.words import evidence_words


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two people, with what is theirs."""

    person: User
    identities: list[tuple[Identity, str]]  # with what people read
    tickets: int


@require_http_methods(["GET", "POST"])
@workspace(Permission.EDIT_PEOPLE)
def merge(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Choose the other person, look at what moves, and merge `other` into this one."""
    person = _customer(request, person_id)
    other_id = as_id(request.POST.get("other", "") or request.GET.get("other", ""))
    if other_id is None:
        context = {"person": person, "doubles": doubles_of(request, person)}
        return render(request, "agent/people/merge_with.html", context)
    other = _customer(request, other_id)
    if request.method == "GET":
        return _preview(request, person, other)
    try:
        done = merge_people(
            actor=request.actor, winner_id=person.pk, loser_id=other.pk,
            keeps_losers_name=request.POST.get("name") == str(other.pk),
            accepts_unverified="confirmed" in request.POST,
        )  # fmt: skip
    except MergeRefused as error:
        return _preview(request, person, other, error=str(error))
    return _merged(request, done)


@require_POST
@workspace(Permission.EDIT_PEOPLE)
def unmerge(request: SignedInRequest, merge_id: int) -> HttpResponse:
    """Two people again."""
    row = get_object_or_404(PersonMerge.objects.select_related("winner", "loser"), pk=merge_id)
    try:
        unmerge_people(actor=request.actor, merge_id=row.pk)
    except MergeRefused as error:
        messages.error(request, str(error))
        return redirect("people:person", row.winner_id)
    names = {"one": row.winner.display_name, "other": row.loser.display_name}
    messages.success(request, _("%(one)s and %(other)s are two people again") % names)
    return redirect("people:person", row.winner_id)


def _merged(request: SignedInRequest, done: PersonMerge) -> HttpResponse:
    names = {"other": done.loser.display_name, "one": done.winner.display_name}
    messages.success(request, _("%(other)s was merged into %(one)s") % names)
    number = as_id(request.POST.get("ticket", ""))
    return redirect("ticket", number) if number else redirect("people:person", done.winner_id)


def _customer(request: SignedInRequest, person_id: int) -> User:
    """Somebody who can be merged at all. Raises Http404 for staff and for who was merged."""
    person = person_for(request.actor, person_id)
    if not person.is_customer or not may_edit(request.actor, person):
        raise Http404
    return person


def _preview(
    request: SignedInRequest, person: User, other: User, *, error: str = ""
) -> HttpResponse:
    counts = count_tickets_of([person, other], request.actor)
    found = evidence_between(person, other)
    context: dict[str, Any] = {
        "person": person, "other": other, "error": error,
        "sides": [_side(person, counts), _side(other, counts)],
        "evidence": [evidence_words(each) for each in found.evidence],
        "is_unverified": has_unverified_address(person, other),
        "is_same": person.pk == other.pk,
        "ticket": as_id(request.GET.get("ticket", "") or request.POST.get("ticket", "")),
        "swapped": f"{reverse('people:merge', args=[other.pk])}?other={person.pk}",
    }  # fmt: skip
    return render(request, "agent/people/merge.html", context, status=422 if error else 200)


def _side(person: User, counts: dict[int, tuple[int, int]]) -> Side:
    identities = identities_of(person)
    names = names_of(person, identities)
    ways = [(each, names.get(each.pk, each.value)) for each in identities]
    return Side(person, ways, counts.get(person.pk, (0, 0))[0])
