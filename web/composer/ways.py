"""The ways in which a person can be answered: each identity of a kind that we can send to now.

Mail is the only one so far. A new channel adds its kind to SENDABLE; its delivery does the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Identity, IdentityKind, User
from tickets.errors import InvalidChange
from tickets.models import Channel

SENDABLE: Mapping[str, str] = {IdentityKind.EMAIL: Channel.EMAIL}


@dataclass(frozen=True, slots=True)
class Way:
    """One of them. `is_usual`: what is used when nobody chooses."""

    channel: str
    value: str
    is_usual: bool = False
    came_back: bool = False  # what was sent there last

    @property
    def key(self) -> str:
        return f"{self.channel}:{self.value}"

    @property
    def label(self) -> str:
        words = _("%(address)s · mail came back") if self.came_back else "%(address)s"
        return words % {"address": self.value}


def ways_to(person: User) -> list[Way]:
    """The usual way first. One query."""
    rows = Identity.objects.filter(user=person, kind__in=SENDABLE).order_by("-is_primary", "id")
    ways = [
        Way(SENDABLE[row.kind], row.value, row.value == person.email, bool(row.undeliverable_at))
        for row in rows
    ]
    return sorted(ways, key=lambda way: not way.is_usual)


def chosen_way(ways: Sequence[Way], key: str) -> Way | None:
    """What a form chose, None for the usual way. Raises InvalidChange for one that is gone."""
    if not key:
        return None
    way = next((each for each in ways if each.key == key), None)
    if way is None:
        raise InvalidChange(
            "way", _("This address is not the requester’s any more. Choose another.")
        )
    return None if way.is_usual else way
