"""Several agents and one chat: handing it on, asking a colleague in, coming and leaving."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.actor import Actor, actor_for
from accounts.models import User
from accounts.roles import Permission
from channels_in.actions.chat import changes, offered
from channels_in.actions.chat.states import put_back
from channels_in.chat.errors import CannotJoin, ChatEnded, NotInvited
from channels_in.models import Chat, ChatGuest, ChatState
from core import clock
from tickets import policies
from tickets.actions import update_ticket


@transaction.atomic
def transfer_chat(
    *, actor: Actor, chat_id: int, note: str = "", group_id: int | None = None,
    agent_id: int | None = None,
) -> Chat:  # fmt: skip
    """Hand a living chat on, to the queue of a group or to one agent, with an internal note.

    At an agent it rings as any offer; who does not take it leaves it to the queue. The visitor
    keeps the conversation, and their place is the one they had. One submit, one audit.

    Raises ChatNotFound, NotPermitted, ChatEnded, NotYourChat, CannotJoin, InvalidChange.
    """
    chat = changes.locked(actor, chat_id)
    if chat.state == ChatState.ENDED:
        raise ChatEnded
    changes.require_own(actor, chat)
    given: dict[str, Any] = {"assignee_id": None}
    if agent_id is not None:
        _require_can_take(chat, agent_id)
        given["assignee_id"] = agent_id
    if group_id is not None:
        given["group_id"] = group_id
    put_back(chat)
    changes.hand_on(actor, chat, note=note, **given)
    if agent_id is not None:
        offered.ring(chat, agent_id, asked_by=actor.user_id)
        changes.save(chat, "offered", "state", "offered_to", "offered_at")
    return chat


@transaction.atomic
def invite_to_chat(*, actor: Actor, chat_id: int, user_id: int, note: str = "") -> ChatGuest:
    """Ask a colleague into a chat; asked twice is asked once. They are told why in a note.

    Raises ChatNotFound, NotPermitted, ChatEnded, NotYourChat, CannotJoin.
    """
    chat = changes.locked(actor, chat_id)
    if chat.state not in (ChatState.ACTIVE, ChatState.HELD):
        raise ChatEnded
    changes.require_part(actor, chat)
    _require_can_take(chat, user_id)
    if user_id == chat.agent_id:
        raise CannotJoin
    guest, is_new = ChatGuest.objects.get_or_create(
        chat=chat, user_id=user_id, left_at=None,
        defaults={"invited_by_id": actor.user_id, "invited_at": clock.now()},
    )  # fmt: skip
    if is_new and (comment := changes.note_draft(actor, note)):
        update_ticket(actor=actor, ticket_id=chat.ticket_id, comment=comment)
    changes.tell(chat, "joined")
    return guest


@transaction.atomic
def join_chat(*, actor: Actor, chat_id: int) -> Chat:
    """Come into a chat that one was asked into. Raises ChatNotFound, ChatEnded, NotInvited."""
    chat = changes.locked(actor, chat_id)
    if chat.state == ChatState.ENDED:
        raise ChatEnded
    guest = chat.guests.filter(user_id=actor.user_id or 0, left_at=None).first()
    if guest is None:
        raise NotInvited
    if guest.joined_at is None:
        guest.joined_at = clock.now()
        guest.save(update_fields=["joined_at"])
        changes.tell(chat, "joined")
    return chat


@transaction.atomic
def leave_chat(*, actor: Actor, chat_id: int) -> Chat:
    """Go again, or do not come at all; the chat stays with its agent. Raises ChatNotFound."""
    chat = changes.locked(actor, chat_id)
    offered.see_guest_off(chat, actor.user_id or 0)
    changes.tell(chat, "joined")
    return chat


def _require_can_take(chat: Chat, user_id: int) -> None:
    """Raise CannotJoin unless this is an agent who answers customers and sees the ticket."""
    user = User.objects.assignable().filter(pk=user_id).first()
    actor = actor_for(user) if user else None
    # Whom it is given to sees it as its assignee; nobody else can be let in that way.
    sees = actor is not None and policies.may_know_of(actor, chat.ticket)
    if actor is None or not sees or not actor.can(Permission.REPLY_PUBLICLY):
        raise CannotJoin
