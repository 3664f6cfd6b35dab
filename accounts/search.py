"""Finding people by what somebody types: fast among a million, whatever the first letters are.

Names lie folded (without case and accents) in an index for their beginnings and one for any three
letters; so do addresses, numbers and handles. Words of one or two letters match beginnings only.
"""

from __future__ import annotations

import re

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

from accounts.models import Identity, Organization, User
from accounts.models.folded import Fold
from accounts.roles import STAFF, Role

LENGTH = 200  # letters that are read
WORDS = 6
_PHONE = re.compile(r"\+?[\d\s()/.-]{4,}")
_PART = 3  # letters from which on the index of parts helps

KINDS = {"customer": Q(role=Role.CUSTOMER), "staff": Q(role__in=STAFF), "any": Q()}


def words_of(text: str) -> list[str]:
    """The words to look for; a phone number is one word, as it is stored but for its beginning."""
    text = text[:LENGTH].replace("\0", "").strip()
    if _PHONE.fullmatch(text):
        return ["".join(letter for letter in text if letter.isdigit()).lstrip("0")]
    return text.replace(",", " ").split()[:WORDS]


def found_people(people: QuerySet[User], text: str) -> QuerySet[User]:
    """Those in whom every word occurs: in their name, an address, number or handle, the name of
    their organization, or as a tag of theirs. Nobody for an empty text.
    """
    words = [word for word in words_of(text) if word]
    if not words:
        return people.none()
    for word in words:
        people = people.filter(pk__in=_having(word))
    return people


def found_organizations(text: str) -> QuerySet[Organization]:
    """Those in which every word occurs: in their name, a domain, or as a tag. All for no text."""
    organizations = Organization.objects.all()
    for word in words_of(text):
        named = organizations.model.objects.filter(_named(word)).values("pk")
        owning = organizations.model.objects.filter(domains__contains=[word.lower()]).values("pk")
        tagged = organizations.model.objects.filter(tags__contains=[word.lower()]).values("pk")
        organizations = organizations.filter(pk__in=named.union(owning, tagged))
    return organizations


def suggested_people(people: QuerySet[User], text: str, *, limit: int) -> list[User]:
    """The best few, whose name or address begins with the text first: at most three queries.

    Only who is reached under their own name: neither merged nor switched off.
    """
    words = [word for word in words_of(text) if word]
    if not words:
        return []
    people = people.filter(is_active=True, merged_into=None)
    ids = _beginning(people, words, limit)
    if len(ids) < limit:
        rest = found_people(people, text).exclude(pk__in=ids).values_list("pk", flat=True)
        ids += list(rest[: limit - len(ids)])
    by_id = User.objects.select_related("organization").in_bulk(ids)
    return [by_id[pk] for pk in ids if pk in by_id]


def _beginning(people: QuerySet[User], words: list[str], limit: int) -> list[int]:
    """Names, then addresses, that begin with the text: both come in the order of an index."""
    by_name = people.filter(folded_name__startswith=Fold(Value(" ".join(words))))
    named = by_name.order_by("folded_name", "pk").values_list("pk", flat=True)
    ids = list(named[:limit])
    if len(words) == 1 and len(ids) < limit:
        owned = (
            Identity.objects.filter(value__startswith=words[0].lower(), user__in=people)
            .order_by("value")
            .values_list("user_id", flat=True)
        )
        ids += list(owned[:limit])
    return list(dict.fromkeys(ids))[:limit]


def _having(word: str) -> QuerySet[User, dict[str, int]]:
    """Ids of people with the word: a union, so that each part is found by its own index."""
    lower = word.lower()
    owned = Q(value__contains=lower) if len(word) >= _PART else Q(value__startswith=lower)
    companies = Organization.objects.filter(_named(word)).values("pk")
    return (
        User.objects.filter(_named(word))
        .values("pk")
        .union(
            Identity.objects.filter(owned).values(pk_of_user=F("user_id")),
            User.objects.filter(organization__in=companies).values("pk"),
            User.objects.filter(tags__contains=[lower]).values("pk"),
        )
    )


def _named(word: str) -> Q:
    folded: Combinable = Fold(Value(word))
    if len(word) >= _PART:
        return Q(folded_name__contains=folded)
    later: Combinable = Concat(Value(" "), folded)
    return Q(folded_name__startswith=folded) | Q(folded_name__contains=later)


def of_kind(kind: str) -> Q:
    """The condition behind `customer`, `staff` or `any`; anybody for another word."""
    return KINDS.get(kind, Q())
