"""Tickets that ring at an agent before they are given to one: live chats.

Routing says at whom; the channel keeps the offer, lets the agent take it and says when it is over.
Who that is stands in settings.RINGING, because rooms beside this one are not imported.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from accounts.actor import Actor


class Call(Protocol):
    """A ticket that looks for an agent by ringing. `asked` are not to be asked just now."""

    @property
    def is_ringing(self) -> bool: ...

    @property
    def asked(self) -> Collection[int]: ...


class Load(Protocol):
    """What an agent has beside their tickets: `ringing` at them, `over` is live no longer."""

    @property
    def ringing(self) -> int: ...

    @property
    def over(self) -> int: ...


class Ringing(Protocol):
    CHANNELS: Collection[str]

    def calls_of(self, ticket_ids: Collection[int]) -> Mapping[int, Call]:
        """Of those tickets that ring, by id; one query or two."""

    def loads_of(self, user_ids: Collection[int]) -> Mapping[int, Load]:
        """Of those agents who have any; two queries."""

    def ring(self, *, actor: Actor, ticket_id: int, user_id: int) -> None:
        """Begin; the caller holds the ticket's lock. Raises TicketError."""


def ringing() -> Ringing:
    return cast(Ringing, import_module(settings.RINGING))
