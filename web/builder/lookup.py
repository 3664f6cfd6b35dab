"""People and organizations as they are typed into a builder: too many for a list."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.models import Organization, User
from accounts.selectors import search_users, visible_users
from tickets.conditions.offers import ACTING

SUGGESTIONS = 8
_NUMBER = re.compile(r"\(#(\d{1,15})\)$")
_ADDRESS = re.compile(r"[^\s<>()]+@[^\s<>()]+")


def suggestions(what: str, typed: str, actor: Actor) -> list[str]:
    """What fits the typed text, as it stands in the field when it is chosen."""
    acting = [str(words) for words in ACTING.get(what, {}).values()]
    if what == "organization":
        typed = typed.strip()[:200]
        found = Organization.objects.filter(name__icontains=typed).order_by("name", "id")
        return [_organization_text(row) for row in found[:SUGGESTIONS]] if typed else []
    people = search_users(typed, actor).filter(is_active=True)[:SUGGESTIONS]
    return [*acting, *(person_text(person) for person in people)]


def text_of(what: str, value: object) -> str:
    """A stored id, or a word such as current_user, as the text of the field."""
    if isinstance(value, str) and value in ACTING.get(what, {}):
        return str(ACTING[what][value])
    if not isinstance(value, int):
        return "" if value is None else str(value)
    if what == "organization":
        row = Organization.objects.filter(pk=value).first()
        return _organization_text(row) if row else f"(#{value})"
    person = User.objects.filter(pk=value).first()
    return person_text(person) if person else f"(#{value})"


def person_text(person: User) -> str:
    """`Carol Customer <carol@nordwind.example>`."""
    if person.email:
        return f"{person.name} <{person.email}>" if person.name else person.email
    return f"{person.display_name} (#{person.pk})"


def found(what: str, typed: str, actor: Actor) -> int | str | None:
    """The id, or the word, that a typed text means; None when it means nothing or too much."""
    typed = typed.strip()[:500]
    for word, words in ACTING.get(what, {}).items():
        if typed in (word, str(words)):
            return word
    number = _NUMBER.search(typed)
    if what == "organization":
        rows = Organization.objects.all()
        rows = rows.filter(pk=int(number[1])) if number else rows.filter(name__iexact=typed)
        ids = list(rows.values_list("pk", flat=True)[:2])
    else:
        ids = _people(typed, number[1] if number else "", actor)
    return ids[0] if len(ids) == 1 else None


def sentence_for(what: str) -> str:
    """What to say when nobody was found."""
    if what == "organization":
        return _("Choose an organization: type a part of its name and take it from the list.")
    return _("Choose a person: type a name or an e-mail address and take one from the list.")


def _people(typed: str, number: str, actor: Actor) -> list[int]:
    people = visible_users(actor)
    address = _ADDRESS.search(typed)
    if address:
        people = people.filter(email=address[0].lower())
    elif number:
        people = people.filter(pk=int(number))
    elif typed:
        people = people.filter(name__iexact=typed)
    else:
        return []
    return list(people.values_list("pk", flat=True)[:2])


def _organization_text(row: Organization) -> str:
    return f"{row.name} (#{row.pk})"
