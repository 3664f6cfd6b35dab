"""Zendesk's search operators: `type:ticket status<solved tags:vip created>2024-01-01 "words"`.

Keywords stand in an allowlist and become conditions; everything else, unknown keywords as well, is
text to look for (attacks 30, 31). Several values for one keyword mean any of them; `-` excludes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet

from accounts.actor import Actor
from accounts.models import Identity, IdentityKind
from core import clock
from tickets import policies
from tickets.conditions import InvalidCondition, as_q, parse
from tickets.models import Participant, ParticipantRole

KINDS = ("ticket", "user", "organization", "group")
LENGTH = 1_000  # letters of a query that are read

_TOKEN = re.compile(r'(-?)([a-z_]+)(:|<=|>=|<|>)("[^"]*"|\S+)', re.IGNORECASE)
_PIECE = re.compile(r'-?[a-z_]+(?::|<=|>=|<|>)"[^"]*"|-?"[^"]*"|\S+', re.IGNORECASE)
_AGO = re.compile(r"(\d{1,5})(minute|hour|day|week|month|year)s?")
_UNITS = {"minute": 1, "hour": 60, "day": 1_440, "week": 10_080, "month": 43_200, "year": 525_600}

Test = Callable[[str, str, Actor], Q]


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: objects of `kind` (empty when not said) with these properties and words."""

    kind: str
    filter: Q
    text: str


def read_query(text: str, actor: Actor) -> Query:
    """Take a query apart. Raises InvalidCondition for a value its keyword cannot have."""
    keywords = KEYWORDS if policies.may_see_internal(actor) else CUSTOMER_KEYWORDS
    kind, words = "", []
    any_of: dict[str, list[Q]] = {}
    every: list[Q] = []
    for piece in _PIECE.findall(text[:LENGTH]):
        token = _TOKEN.fullmatch(piece)
        keyword = token.group(2).lower() if token else ""
        if token is None or keyword not in keywords:
            words.append(piece)
            continue
        sign, _, comparison, value = token.groups()
        value = value.strip('"')
        if keyword == "type" and value.lower() in KINDS:
            kind = value.lower()
            continue
        test = keywords[keyword](comparison, value, actor)
        if sign:
            every.append(~test)
        elif comparison == ":":
            any_of.setdefault(keyword, []).append(test)
        else:
            every.append(test)
    groups = [reduce(or_, tests) for tests in any_of.values()]
    return Query(kind=kind, filter=reduce(and_, [*every, *groups], Q()), text=" ".join(words))


def _choice(field: str) -> Test:
    """A keyword whose values are a condition field's choices, which may be ordered."""

    def test(comparison: str, value: str, actor: Actor) -> Q:
        operators = {
            ":": ["is"], "<": ["less_than"], ">": ["greater_than"],
            "<=": ["less_than", "is"], ">=": ["greater_than", "is"],
        }[comparison]  # fmt: skip
        value = "" if value.lower() == "none" else value.lower()
        raw = [{"field": field, "operator": name, "value": value} for name in operators]
        return as_q(parse({"any": raw}), actor)

    return test


def _tags(comparison: str, value: str, actor: Actor) -> Q:
    if value.lower() == "none":
        return Q(tags__len=0)
    return Q(tags__overlap=value.lower().replace(",", " ").split())


def _instant(column: str) -> Test:
    """A date is the whole UTC day: `>` means after it, `>=` from its beginning."""

    def test(comparison: str, value: str, actor: Actor) -> Q:
        start, end = _span(value)
        match comparison:
            case "<":
                return Q(**{f"{column}__lt": start})
            case "<=":
                return Q(**{f"{column}__lt": end})
            case ">":
                return Q(**{f"{column}__gte": end})
            case ">=":
                return Q(**{f"{column}__gte": start})
        return Q(**{f"{column}__gte": start, f"{column}__lt": end})

    return test


def _span(value: str) -> tuple[datetime, datetime]:
    if ago := _AGO.fullmatch(value.lower()):
        minutes = int(ago.group(1)) * _UNITS[ago.group(2)]
        instant = clock.now() - timedelta(minutes=min(minutes, 52_560_000))
        return instant, instant
    try:
        start = datetime.fromisoformat(value)
        start = start if start.tzinfo else start.replace(tzinfo=UTC)
        length = timedelta(days=1) if len(value) <= 10 else timedelta(seconds=1)
        return start, start + length
    except (ValueError, OverflowError) as error:
        raise InvalidCondition(
            f"{value!r} is not a date. Write 2024-01-31, 2024-01-31T08:00:00Z or 4hours."
        ) from error


def _person(column: str) -> Test:
    def test(comparison: str, value: str, actor: Actor) -> Q:
        if value.lower() == "none":
            return Q(**{f"{column}_id__isnull": True})
        if (pk := _number(value, actor)) is not None:
            return Q(**{f"{column}_id": pk})
        if "@" in value:
            return Q(**{f"{column}_id__in": _owners(value)})
        return Q(**{f"{column}__name__icontains": value})

    return test


def _number(value: str, actor: Actor) -> int | None:
    if value.lower() == "me":
        return actor.user_id or 0
    return int(value) if value.isdecimal() and len(value) < 19 else None


def _owners(email: str) -> QuerySet[Identity, Any]:
    return Identity.objects.filter(kind=IdentityKind.EMAIL, value=email.lower()).values("user_id")


def _cc(comparison: str, value: str, actor: Actor) -> Q:
    ccs = Participant.objects.filter(role=ParticipantRole.CC, is_accepted=True)
    pk = _number(value, actor)
    ccs = ccs.filter(user_id=pk) if pk is not None else ccs.filter(user_id__in=_owners(value))
    return Q(pk__in=ccs.values("ticket_id"))


def _named(column: str) -> Test:
    def test(comparison: str, value: str, actor: Actor) -> Q:
        if value.lower() == "none":
            return Q(**{f"{column}_id__isnull": True})
        if (pk := _number(value, actor)) is not None:
            return Q(**{f"{column}_id": pk})
        return Q(**{f"{column}__name__iexact": value})

    return test


def _subject(comparison: str, value: str, actor: Actor) -> Q:
    return Q(subject__icontains=value)


def _external_id(comparison: str, value: str, actor: Actor) -> Q:
    return Q(external_id=value)


CUSTOMER_KEYWORDS: dict[str, Test] = {
    "status": _choice("status"),
    "created": _instant("created_at"),
    "updated": _instant("updated_at"),
    "solved": _instant("solved_at"),
    "subject": _subject,
    "type": _choice("type"),
}
KEYWORDS: dict[str, Test] = CUSTOMER_KEYWORDS | {
    "priority": _choice("priority"),
    "ticket_type": _choice("type"),
    "via": _choice("via_id"),
    "satisfaction": _choice("satisfaction_score"),
    "due_date": _instant("due_at"),
    "tags": _tags,
    "requester": _person("requester"),
    "submitter": _person("submitter"),
    "assignee": _person("assignee"),
    "cc": _cc,
    "group": _named("group"),
    "organization": _named("organization"),
    "external_id": _external_id,
}
