"""Teams whose agents are online, and tickets that wait for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import Group, User
from accounts.roles import Role
from core import clock
from macros.actions import set_availability, set_routing
from macros.models import AgentStatus
from tests import factories
from tickets.models import Ticket

SETUP = factories.SETUP


@pytest.fixture
def online() -> Callable[..., None]:
    """`online(alice, bob)`: they choose so."""

    def choose(*agents: User, state: str = "online") -> None:
        for agent in agents:
            set_availability(actor=factories.as_actor(agent), chosen=state)

    return choose


@pytest.fixture
def routed() -> Callable[..., None]:
    """`routed(support, "round_robin")`."""

    def choose(group: Group, mode: str, *, reassigns: bool = False) -> None:
        set_routing(
            actor=SETUP, group_id=group.pk, mode=mode, reassigns_on_offline=reassigns
        )  # fmt: skip

    return choose


@pytest.fixture
def crew(support: Group, online: Callable[..., None]) -> Callable[[int], list[User]]:
    """`crew(5)`: that many agents in Support, all online."""

    def make(count: int, group: Group = support) -> list[User]:
        agents = [
            factories.make_user(
                f"{chr(65 + number // 26)}{chr(97 + number % 26)}gent Number", Role.AGENT,
                groups=[group],
            )
            for number in range(count)
        ]  # fmt: skip
        now = clock.now()
        AgentStatus.objects.bulk_create(
            [AgentStatus(user=agent, state="online", since=now, seen_at=now) for agent in agents]
        )
        return agents

    return make


@pytest.fixture
def many_tickets(carol: User, support: Group) -> Callable[[int], list[Ticket]]:
    """`many_tickets(200)`: in Support, made in one go."""
    from tickets.actions import create_tickets
    from tickets.drafts import CommentDraft, TicketDraft

    def make(count: int, **draft: object) -> list[Ticket]:
        values = {"requester_id": carol.pk, "channel": "email", "group_id": support.pk, **draft}
        return create_tickets(
            actor=SETUP,
            drafts=[
                TicketDraft(
                    subject=f"Question {number}",
                    comment=CommentDraft(author_id=carol.pk, body="How?"), **values,  # type: ignore[arg-type]
                )
                for number in range(count)
            ],
        )  # fmt: skip

    return make
