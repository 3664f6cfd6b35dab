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


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a query as it was typed; `keyword` is empty for words."""

    text: str
    keyword: str = ""
    comparison: str = ""
    value: str = ""
    is_excluded: bool = False


def pieces_of(text: str) -> list[Piece]:
    """Words, phrases and `keyword:value`, in their order."""
    return [_piece(piece) for piece in _PIECE.findall(text[:LENGTH])]


def _piece(text: str) -> Piece:
    token = _TOKEN.fullmatch(text)
    if token is None:
        return Piece(text)
    sign, keyword, comparison, value = token.groups()
    return Piece(text, keyword.lower(), comparison, value.strip('"'), bool(sign))


def read_query(text: str, actor: Actor) -> Query:
    """Take a query apart. Raises InvalidCondition for a value its keyword cannot have."""
    keywords = KEYWORDS if policies.may_see_internal(actor) else CUSTOMER_KEYWORDS
    kind, words = "", []
    any_of: dict[str, list[Q]] = {}
    every: list[Q] = []
    for piece in pieces_of(text):
        if piece.keyword not in keywords:
            words.append(piece.text)
            continue
        if piece.keyword == "type" and piece.value.lower() in KINDS:
            kind = piece.value.lower()
            continue
        test = keywords[piece.keyword](piece.comparison, piece.value, actor)
        if piece.is_excluded:
            every.append(~test)
        elif piece.comparison == ":":
            any_of.setdefault(piece.keyword, []).append(test)
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


def ago_in_hours(value: str) -> int | None:
    """`3days` as 72, `90minutes` as 2: whole hours, at least one; None for anything else."""
    minutes = _ago(value)
    return None if minutes is None else max(1, -(-minutes // 60))


def _ago(value: str) -> int | None:
    found = _AGO.fullmatch(value.lower())
    return int(found.group(1)) * _UNITS[found.group(2)] if found else None


def _span(value: str) -> tuple[datetime, datetime]:
    minutes = _ago(value)
    if minutes is not None:
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
