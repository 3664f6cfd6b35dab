"""Who does something, on what grounds. Every write takes an Actor; there is no ambient user."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from accounts.models import User
from accounts.roles import Permission


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting person or part of the system.

    `channel` is the way the act came in (Zendesk's `via.channel`); `cause` names the rule or
    message behind it and travels into the audit. `organization_access`: a customer's own right to
    requests of their company (accounts.models.Sharing); None where nobody has signed in, and even
    what the company shares with all its people is out of reach.
    """

    user_id: int | None
    name: str
    permissions: frozenset[str] = frozenset()
    group_ids: frozenset[int] = frozenset()
    ticket_access: str = "all"
    channel: str = "web"
    is_system: bool = False
    is_customer: bool = False
    organization_id: int | None = None
    organization_access: str | None = None
    cause: dict[str, Any] = field(default_factory=dict)

    def can(self, permission: str) -> bool:
        return self.is_system or permission in self.permissions

    @property
    def is_agent(self) -> bool:
        """Whether what this actor writes counts as the company's word: people of staff only."""
        return Permission.COMMENT_INTERNALLY in self.permissions and not self.is_customer

    def on(self, channel: str, **cause: Any) -> Actor:
        """The same actor acting through another channel or because of something."""
        return replace(self, channel=channel, cause={**self.cause, **cause})


def actor_for(user: User, *, channel: str = "web") -> Actor:
    """The Actor of a signed-in or recognised person.

    One query for staff, none for customers and where `memberships` are prefetched.
    """
    groups = (
        frozenset(membership.group_id for membership in user.memberships.all())
        if user.is_staff_member
        else frozenset()
    )
    return Actor(
        user_id=user.pk,
        name=user.display_name,
        permissions=user.permissions,
        group_ids=groups,
        ticket_access=user.ticket_access,
        channel=channel,
        is_customer=user.is_customer,
        organization_id=user.organization_id,
        organization_access=user.organization_access if user.is_customer else None,
    )


def customer_actor(user: User, *, channel: str) -> Actor:
    """The actor of a message that claims to come from `user`: never more than a customer's rights.

    A mail's From proves nothing, so an agent's address in it brings no agent's permissions.
    """
    return Actor(
        user_id=user.pk,
        name=user.display_name,
        channel=channel,
        is_customer=True,
        organization_id=user.organization_id,
    )


def system_actor(name: str, *, channel: str = "system", **cause: Any) -> Actor:
    """A part of the system acting by itself, such as the mail funnel or an import."""
    return Actor(user_id=None, name=name, channel=channel, is_system=True, cause=cause)
