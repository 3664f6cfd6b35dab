"""Customers by how they wrote to us: found, or made where they are unknown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from accounts.actions.properties import clean_name
from accounts.models import Identity, IdentityKind, Organization, User
from accounts.roles import Role
from core import clock, locks

UNUSABLE = make_password(None)  # nobody can sign in with it; a reset gives a real one


def find_or_create_customers(*, names_by_email: Mapping[str, str]) -> dict[str, User]:
    """The people behind e-mail addresses (lower case), made where they are unknown.

    Constant number of queries however many addresses; safe when two workers meet the same new
    address at once. Known people keep their name; an empty one is filled in.
    """
    found = _people_by_email(names_by_email.keys())
    missing = [email for email in names_by_email if email not in found]
    if missing:
        _create_customers({email: names_by_email[email] for email in missing})
        found |= _people_by_email(missing)
    return found


def find_or_create_people(*, names: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], User]:
    """The people behind (kind, value) pairs of identities, made where they are unknown.

    Queries grow with the number of kinds only. What a network says of a handle is proven by the
    network, so identities made here are verified; an e-mail address is not, by its mere use.
    """
    emails = {value: name for (kind, value), name in names.items() if kind == IdentityKind.EMAIL}
    people = {
        (str(IdentityKind.EMAIL), email): user
        for email, user in (
            find_or_create_customers(names_by_email=emails) if emails else {}
        ).items()
    }
    handles = {pair: name for pair, name in names.items() if pair[0] != IdentityKind.EMAIL}
    if not handles:
        return people
    found = _people_by_handle(handles)
    missing = {pair: name for pair, name in handles.items() if pair not in found}
    if missing:
        found |= _create_people(missing)
    return people | found


def _people_by_handle(handles: Collection[tuple[str, str]]) -> dict[tuple[str, str], User]:
    values_by_kind: dict[str, list[str]] = {}
    for kind, value in handles:
        values_by_kind.setdefault(kind, []).append(value)
    wanted = reduce(
        or_, (Q(kind=kind, value__in=values) for kind, values in values_by_kind.items())
    )
    rows = Identity.objects.filter(wanted).select_related("user")
    return {(row.kind, row.value): row.user for row in rows}


@transaction.atomic
def _create_people(names: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], User]:
    # A row of a person without an address has nothing that two workers could collide on.
    locks.hold(f"handle:{kind}:{value}" for kind, value in names)
    found = _people_by_handle(names)
    now = clock.now()
    fresh = [pair for pair in names if pair not in found]
    users = User.objects.bulk_create(
        [
            User(
                name=clean_name(names[pair]) or pair[1], email=None, role=Role.CUSTOMER,
                password=UNUSABLE, created_at=now, updated_at=now,
            )
            for pair in fresh
        ]
    )  # fmt: skip
    Identity.objects.bulk_create(
        [
            Identity(
                user=user, kind=kind, value=value, is_primary=True, verified_at=now, created_at=now
            )
            for user, (kind, value) in zip(users, fresh, strict=True)
        ]
    )
    return found | dict(zip(fresh, users, strict=True))


def _people_by_email(emails: Collection[str]) -> dict[str, User]:
    identities = Identity.objects.filter(
        kind=IdentityKind.EMAIL, value__in=list(emails)
    ).select_related("user")
    return {identity.value: identity.user for identity in identities}


def _create_customers(names_by_email: Mapping[str, str]) -> None:
    now = clock.now()
    organizations = _organizations_by_domain({email.rpartition("@")[2] for email in names_by_email})
    users = [
        User(
            name=clean_name(name) or email.partition("@")[0], email=email, role=Role.CUSTOMER,
            password=UNUSABLE, organization_id=organizations.get(email.rpartition("@")[2]),
            created_at=now, updated_at=now,
        )
        for email, name in names_by_email.items()
    ]  # fmt: skip
    # A concurrent worker may have made the same person: their row stays, ours is left out.
    User.objects.bulk_create(users, ignore_conflicts=True)
    made = User.objects.filter(email__in=names_by_email.keys()).values_list("email", "id")
    Identity.objects.bulk_create(
        [
            Identity(
                user_id=user_id, kind=IdentityKind.EMAIL, value=email, is_primary=True,
                created_at=now,
            )
            for email, user_id in made
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _organizations_by_domain(domains: Collection[str]) -> dict[str, int]:
    rows = Organization.objects.filter(domains__overlap=list(domains)).values_list("id", "domains")
    return {domain: pk for pk, own in rows for domain in own if domain in domains}
