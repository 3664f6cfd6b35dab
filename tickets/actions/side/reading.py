from __future__ import annotations

from uuid import UUID

from accounts.actor import Actor
from core import clock
from tickets.models import SideRead
from tickets.side_policies import visible_side_conversation


def mark_side_read(*, actor: Actor, uuid: UUID) -> None:
    """Note that the actor has read all there is. Raises SideConversationNotFound."""
    conversation = visible_side_conversation(actor, uuid)
    if actor.user_id is None:
        return
    SideRead.objects.update_or_create(
        conversation=conversation, user_id=actor.user_id, defaults={"seen_at": clock.now()}
    )
