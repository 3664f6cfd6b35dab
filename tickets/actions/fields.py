from __future__ import annotations

from collections.abc import Sequence

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from tickets import policies
from tickets.models import TicketField


def create_ticket_field(
    *,
    actor: Actor,
    key: str,
    title: str,
    type: str,
    options: Sequence[str] = (),
    is_visible_to_customers: bool = False,
) -> TicketField:
    """Add a custom field to all tickets. Raises NotPermitted."""
    policies.require(actor, Permission.MANAGE_RULES)
    now = clock.now()
    return TicketField.objects.create(
        key=key, title=title, type=type, options=list(options),
        position=TicketField.objects.count() + 1,
        is_visible_to_customers=is_visible_to_customers, created_at=now, updated_at=now,
    )  # fmt: skip
