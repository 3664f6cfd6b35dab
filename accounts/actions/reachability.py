"""Whether mail to people's addresses arrives, as far as delivery reports say."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from accounts.models import Identity, IdentityKind
from core import clock


def mark_undeliverable(*, emails: Collection[str]) -> None:
    """Note that these addresses (lower case) do not exist any more: mail to them came back.

    It is shown to people and stops nothing by itself. The first time stays.
    """
    _identities(emails).filter(undeliverable_at=None).update(undeliverable_at=clock.now())


def mark_deliverable(*, emails: Collection[str]) -> None:
    """Take that back: mail from the address came, or somebody wants to try again."""
    _identities(emails).exclude(undeliverable_at=None).update(undeliverable_at=None)


def _identities(emails: Collection[str]) -> QuerySet[Identity]:
    return Identity.objects.filter(kind=IdentityKind.EMAIL, value__in=list(emails))
