from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.actor import Actor
from core import clock
from tickets import policies
from tickets.actions.acting import act_on_ticket
from tickets.actions.side.writing import said_of
from tickets.changes import TicketChange
from tickets.errors import InvalidChange
from tickets.models import EventType, SideConversation, SideEvent, SideEventType, SideState
from tickets.side_policies import final_ticket, visible_side_conversation

EXTERNAL_IDS_LIMIT = 50


@transaction.atomic
def change_side_conversation(
    *,
    actor: Actor,
    uuid: UUID,
    state: str | None = None,
    reopens_ticket: bool | None = None,
    external_ids: dict[str, str] | None = None,
) -> SideConversation:
    """Close or reopen a conversation, or say what a reply does; what stays the same is no change.

    Raises SideConversationNotFound, NotPermitted, TicketClosed, InvalidChange.
    """
    policies.require_can_edit(actor)
    conversation = visible_side_conversation(actor, uuid)
    if state is not None and state not in SideState.values:
        raise InvalidChange("state", f"{state!r} is not a state. Use open or closed.")
    if external_ids is not None and len(external_ids) > EXTERNAL_IDS_LIMIT:
        raise InvalidChange("external_ids", f"There can be {EXTERNAL_IDS_LIMIT} external ids.")
    ticket_id = final_ticket(conversation)
    policies.lock_visible_ticket(actor, ticket_id)
    locked = SideConversation.objects.select_for_update().get(pk=conversation.pk)
    if reopens_ticket is not None or external_ids is not None:
        _set_plain(locked, reopens_ticket, external_ids)
    if state is not None and state != locked.state:
        act_on_ticket(
            actor=actor, ticket_id=ticket_id, act=lambda change: set_state(change, locked, state)
        )
    return locked


def _set_plain(
    conversation: SideConversation, reopens_ticket: bool | None, external_ids: dict[str, Any] | None
) -> None:
    if reopens_ticket is not None:
        conversation.reopens_ticket = reopens_ticket
    if external_ids is not None:
        conversation.external_ids = external_ids
    conversation.save(update_fields=["reopens_ticket", "external_ids"])


def set_state(
    change: TicketChange, conversation: SideConversation, state: str, **said: Any
) -> None:
    """Inside a submit on the ticket: the new state, its event, the ticket's line about it."""
    now = clock.now()
    conversation.state, conversation.state_updated_at = state, now
    conversation.save(update_fields=["state", "state_updated_at"])
    SideEvent.objects.create(
        conversation=conversation, type=SideEventType.UPDATE, user_id=change.actor.user_id,
        updates={"state": state}, created_at=now,
    )  # fmt: skip
    is_closed = state == SideState.CLOSED
    type = EventType.SIDE_CLOSED if is_closed else EventType.SIDE_REOPENED
    change.add(type, value=said_of(conversation, **said))
