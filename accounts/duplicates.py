"""People who may be one and the same, each with what speaks for it. Nothing is merged by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import Identity, IdentityKind, User
from accounts.roles import Role

NUMBERS = (IdentityKind.PHONE, IdentityKind.WHATSAPP)
# What people are known by there is a number of the network's or of a program's: the same one
# elsewhere is somebody else's.
NUMBERED = (IdentityKind.EXTERNAL, IdentityKind.CHAT, IdentityKind.CUSTOM, IdentityKind.MESSENGER,
            IdentityKind.TELEGRAM)  # fmt: skip
LIMIT = 5
_LOOKED_AT = 40  # of a very common name

# Domains where everybody can have an address: living in one says nothing.
EVERYBODYS = {
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com",
    "icloud.com", "me.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "aol.com", "proton.me",
    "protonmail.com", "mail.com", "mail.ru", "yandex.ru", "qq.com", "163.com", "orange.fr",
    "free.fr", "libero.it", "wp.pl",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """`kind`: name, domain, organization, number, handle, mailbox; `value`: what they share."""

    kind: str
    value: str


@dataclass(slots=True)
class Double:
    """Somebody who may be the same person, and what both share."""

    person: User
    evidence: list[Evidence] = field(default_factory=list)
    is_unverified: bool = False

    @property
    def weight(self) -> int:
        return sum(_WEIGHTS[evidence.kind] for evidence in self.evidence)


_WEIGHTS = {"number": 4, "handle": 3, "name": 2, "domain": 2, "organization": 1, "mailbox": 2}
_ENOUGH = 3


def possible_doubles(person: User) -> list[Double]:
    """The likeliest doubles of a customer: three queries.

    A shared number is enough; a shared name needs a domain, an organization or the same mailbox
    name elsewhere beside it.
    """
    if not person.is_customer or person.merged_into_id or not person.is_active:
        return []
    own = list(person.identities.all())
    sharing = _sharing(own, person.pk)
    named = Q(folded_name=person.folded_name) if len(person.name) > 2 else Q(pk__in=[])
    rows = (
        User.objects.select_related("organization")
        .prefetch_related("identities")
        .filter(named | Q(pk__in=sharing), role=Role.CUSTOMER, is_active=True, merged_into=None)
        .exclude(pk=person.pk)
        .order_by("pk")
    )
    doubles = [_compared(person, own, other) for other in rows[:_LOOKED_AT]]
    found = [double for double in doubles if double.weight >= _ENOUGH]
    return sorted(found, key=lambda double: (-double.weight, double.person.pk))[:LIMIT]


def evidence_between(person: User, other: User) -> Double:
    """What two people share: two queries."""
    return _compared(person, list(person.identities.all()), other)


def _sharing(own: list[Identity], user_id: int) -> list[int]:
    """Who has one of these numbers or handles, on whatever network."""
    values = [each.value for each in own if each.kind not in (IdentityKind.EMAIL, *NUMBERED)]
    if not values:
        return []
    rows = Identity.objects.filter(value__in=values).exclude(user_id=user_id)
    rows = rows.exclude(kind__in=NUMBERED)
    return list(rows.values_list("user_id", flat=True)[:_LOOKED_AT])


def _compared(person: User, own: list[Identity], other: User) -> Double:
    theirs = list(other.identities.all())
    found = Double(other)
    for kind, is_of in (("number", _is_number), ("handle", _is_handle)):
        shared = {each.value for each in own if is_of(each)} & {
            each.value for each in theirs if is_of(each)
        }
        found.evidence += [Evidence(kind, value) for value in sorted(shared)]
    if person.folded_name == other.folded_name:
        found.evidence.append(Evidence("name", other.name))
    domains = (_domains(own) & _domains(theirs)) - EVERYBODYS
    found.evidence += [Evidence("domain", domain) for domain in sorted(domains)]
    if person.organization_id and person.organization_id == other.organization_id and not domains:
        found.evidence.append(Evidence("organization", str(other.organization)))
    mailboxes = _mailboxes(own) & _mailboxes(theirs)
    found.evidence += [Evidence("mailbox", name) for name in sorted(mailboxes)]
    found.is_unverified = any(
        each.kind == IdentityKind.EMAIL and not each.is_verified for each in (*own, *theirs)
    )
    return found


def _is_number(identity: Identity) -> bool:
    return identity.kind in NUMBERS


def _is_handle(identity: Identity) -> bool:
    return identity.kind not in (*NUMBERS, IdentityKind.EMAIL, *NUMBERED)


def _domains(identities: Iterable[Identity]) -> set[str]:
    return {each.value.rpartition("@")[2] for each in identities if each.kind == IdentityKind.EMAIL}


def _mailboxes(identities: Iterable[Identity]) -> set[str]:
    """Names before the @ that are long enough to be somebody's own, not `info` or `max`."""
    names = {each.value.partition("@")[0] for each in identities if each.kind == IdentityKind.EMAIL}
    return {name for name in names if len(name) >= 6 and name not in _OFFICES}


_OFFICES = {"support", "contact", "office", "service", "kontakt", "billing", "accounts", "orders",
            "noreply", "no-reply", "newsletter", "einkauf", "bestellung", "webmaster"}  # fmt: skip
