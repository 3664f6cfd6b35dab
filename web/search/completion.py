"""What can be written next in a search: keywords, and the values that a keyword can have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.actor import Actor
from accounts.models import Group, User
from accounts.selectors import search_organizations, search_users
from tickets.models import Channel, Priority, Score, Status, TicketType
from tickets.selectors.tags import known_tags
from web.access import SignedInRequest, workspace

LIMIT = 8
_LAST = re.compile(r'-?(?:[a-z_]+(?::|<=|>=|<|>))?(?:"[^"]*|\S*)$', re.IGNORECASE)
_VALUE = re.compile(r'(-?)([a-z_]+)(:|<=|>=|<|>)"?(.*)$', re.IGNORECASE)

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` replaces the last piece of what was typed; `words` say what it means."""

    text: str
    words: Text
    is_done: bool = True  # False: a value is still to follow


_KEYWORDS: dict[str, Text] = {
    "status": _("new, open, pending, hold, solved, closed; also < and >"),
    "assignee": _("me, none, a name or an address"),
    "requester": _("a name or an address"),
    "group": _("a group"),
    "organization": _("a company"),
    "tags": _("a tag, or none"),
    "priority": _("low, normal, high, urgent; also < and >"),
    "type": _("question, incident, problem, task; or user, organization"),
    "via": _("the channel it came in by"),
    "created": _("a date, or an age: created>7days"),
    "updated": _("a date, or an age"),
    "solved": _("a date, or an age"),
    "due_date": _("a date"),
    "subject": _("words of the subject"),
    "satisfaction": _("good, bad, offered …"),
    "cc": _("an address, or me"),
    "submitter": _("a name or an address"),
    "external_id": _("the id of another system"),
}
_AGES: tuple[tuple[str, Text], ...] = (
    ("1hour", _("within the last hour")), ("1day", _("within the last day")),
    ("7days", _("within the last 7 days")), ("30days", _("within the last 30 days")),
    ("1year", _("within the last year")),
)  # fmt: skip


@require_GET
@workspace()
def complete(request: SignedInRequest) -> HttpResponse:
    """Options for the last piece of `?q=`, as a fragment; none where words are written."""
    text = request.GET.get("q", "").replace("\x00", "")[:500]
    found = completions_of(text, request.actor)
    return render(request, "agent/search/_completion.html", {"completions": found})


def completions_of(text: str, actor: Actor) -> list[Completion]:
    """At most LIMIT, the best first."""
    last = _LAST.search(text)
    piece = last.group() if last else ""
    value = _VALUE.fullmatch(piece)
    if value is None:
        return _keywords(piece)
    sign, keyword, comparison, typed = value.groups()
    finder = _VALUES.get(keyword.lower())
    if finder is None:
        return []
    stem = f"{sign}{keyword.lower()}{comparison}"
    return [
        Completion(f"{stem}{_quoted(each)}", words)
        for each, words in finder(typed.strip().lower(), comparison, actor)
    ][:LIMIT]


def _keywords(piece: str) -> list[Completion]:
    sign, word = ("-", piece[1:]) if piece.startswith("-") else ("", piece)
    return [
        Completion(f"{sign}{name}:", words, is_done=False)
        for name, words in _KEYWORDS.items()
        if name.startswith(word.lower()) and (word or not sign)
    ][:LIMIT]


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value


Pairs = Iterable[tuple[str, Text]]
Finder = Callable[[str, str, Actor], Pairs]


def _choices(pairs: Sequence[tuple[str, Text]], *more: tuple[str, Text]) -> Finder:
    def find(typed: str, comparison: str, actor: Actor) -> Pairs:
        known = (*more, *pairs) if comparison == ":" else pairs
        return [pair for pair in known if pair[0].startswith(typed)]

    return find


def _agents(typed: str, comparison: str, actor: Actor) -> Pairs:
    special = [("me", _("tickets assigned to me")), ("none", _("nobody"))]
    staff = User.objects.assignable().filter(name__icontains=typed).order_by("name", "id")[:LIMIT]
    people = [(person.email or str(person.pk), person.display_name) for person in staff]
    return [*(pair for pair in special if pair[0].startswith(typed)), *people]


def _people(typed: str, comparison: str, actor: Actor) -> Pairs:
    found = search_users(typed, actor)[:LIMIT] if typed else []
    return [(person.email or str(person.pk), person.display_name) for person in found]


def _groups(typed: str, comparison: str, actor: Actor) -> Pairs:
    found = Group.objects.filter(is_active=True, name__icontains=typed).order_by("name", "id")
    return [(name, "") for name in found.values_list("name", flat=True)[:LIMIT]]


def _companies(typed: str, comparison: str, actor: Actor) -> Pairs:
    found = search_organizations(typed, actor)
    return [(company.name, "") for company in found[:LIMIT]] if typed else []


def _tags(typed: str, comparison: str, actor: Actor) -> Pairs:
    return [(tag, "") for tag in known_tags(typed, limit=LIMIT)]


def _ages(typed: str, comparison: str, actor: Actor) -> Pairs:
    if not comparison.startswith(">"):
        return []
    return [pair for pair in _AGES if pair[0].startswith(typed)]


_NONE = ("none", _("not set"))
_VALUES: dict[str, Finder] = {
    "status": _choices(Status.choices),
    "priority": _choices(Priority.choices, _NONE),
    "type": _choices(
        [*TicketType.choices, ("user", _("people")), ("organization", _("companies"))], _NONE
    ),
    "via": _choices(Channel.choices),
    "satisfaction": _choices(Score.choices),
    "assignee": _agents,
    "requester": _people,
    "submitter": _people,
    "cc": _people,
    "group": _groups,
    "organization": _companies,
    "tags": _tags,
    "created": _ages,
    "updated": _ages,
    "solved": _ages,
}
