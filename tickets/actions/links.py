from __future__ import annotations

from django.db import transaction

from accounts.actor import Actor
from core import clock
from tickets import policies
from tickets.errors import InvalidChange
from tickets.models import LinkKind, TicketLink


@transaction.atomic
def link_tickets(
    *, actor: Actor, source_id: int, target_id: int, kind: str = LinkKind.RELATED
) -> TicketLink:
    """Link two tickets the actor can see. Raises TicketNotFound, NotPermitted, InvalidChange."""
    policies.require_can_edit(actor)
    if source_id == target_id:
        raise InvalidChange("links", "A ticket cannot be linked to itself.")
    first, second = sorted((source_id, target_id))  # one order of locking: no deadlock
    policies.lock_visible_ticket(actor, first)
    policies.lock_visible_ticket(actor, second)
    link, _ = TicketLink.objects.get_or_create(
        source_id=source_id, target_id=target_id, kind=kind,
        defaults={"created_at": clock.now()},
    )  # fmt: skip
    return link
