"""The states of a chat: waiting, offered, active, on hold, ended.

Each function is one transaction with the locks in the house's order (ticket, then chat), changes
the ticket through tickets.actions where the ticket changes, and posts `chat.changed`.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.actor import Actor
from channels_in.actions.chat import changes, offered
from channels_in.chat.errors import ChatEnded, ChatTaken
from channels_in.models import Chat, ChatState, EndedBy, OfferOutcome
from core import clock

REASON_LENGTH = 200


@transaction.atomic
def offer_chat(*, actor: Actor, chat_id: int, agent_id: int) -> Chat:
    """Let it ring at one agent. A chat that rings elsewhere rings there no longer.

    Raises ChatNotFound, NotPermitted, ChatTaken when it is no longer in the queue.
    """
    chat = changes.locked(actor, chat_id)
    if not chat.is_queued:
        raise ChatTaken(chat.agent.display_name if chat.agent else "")
    offered.ring(chat, agent_id, asked_by=actor.user_id)
    changes.save(chat, "offered", "state", "offered_to", "offered_at")
    return chat


@transaction.atomic
def withdraw_offer(
    *, actor: Actor, chat_id: int, agent_id: int, outcome: str = OfferOutcome.DECLINED
) -> Chat:
    """Back into the queue, at its old place: refused, or nobody took it in time. A ticket that was
    theirs already looks for an agent again.

    Does nothing when it does not ring at that agent any more. Raises ChatNotFound, NotPermitted.
    """
    chat = changes.locked(actor, chat_id)
    if chat.state != ChatState.OFFERED or chat.offered_to_id != agent_id:
        return chat
    offered.stop(chat, outcome)
    chat.state = ChatState.WAITING
    changes.save(chat, "withdrawn", "state", "offered_to", "offered_at")
    if chat.ticket.assignee_id == agent_id:
        changes.hand_on(actor, chat, assignee_id=None)
    return chat


@transaction.atomic
def accept_chat(*, actor: Actor, chat_id: int) -> Chat:
    """Take a chat out of the queue, whether it was offered or picked; the ticket becomes theirs.

    Raises ChatNotFound, NotPermitted, ChatEnded, ChatTaken when somebody else was quicker.
    """
    chat = changes.locked(actor, chat_id)
    if chat.state == ChatState.ENDED:
        raise ChatEnded
    if not chat.is_queued:
        if chat.agent_id == actor.user_id:
            return chat
        raise ChatTaken(chat.agent.display_name if chat.agent else "")
    give(actor, chat)
    changes.save(chat, "accepted", *GIVEN)
    return chat


@transaction.atomic
def take_over_chat(*, actor: Actor, chat_id: int) -> Chat:
    """Become the agent of a chat that another one is in. Errors: as accept_chat, without Taken."""
    chat = changes.locked(actor, chat_id)
    if chat.state == ChatState.ENDED:
        raise ChatEnded
    give(actor, chat)
    changes.save(chat, "accepted", *GIVEN)
    return chat


@transaction.atomic
def requeue_chat(*, actor: Actor, chat_id: int, group_id: int | None = None) -> Chat:
    """Put a living chat back into the queue, of another group if one is given: a transfer's first
    half. It keeps the moment it was queued first, so it is next in line.

    Raises ChatNotFound, NotPermitted, ChatEnded, NotYourChat, InvalidChange.
    """
    chat = changes.locked(actor, chat_id)
    if chat.state == ChatState.ENDED:
        raise ChatEnded
    changes.require_own(actor, chat)
    given: dict[str, Any] = {"assignee_id": None}
    if group_id is not None:
        given["group_id"] = group_id
    put_back(chat)
    changes.hand_on(actor, chat, **given)
    return chat


def put_back(chat: Chat) -> None:
    """Into the queue, at its old place; the caller holds the locks."""
    offered.stop(chat, OfferOutcome.WITHDRAWN)
    chat.state, chat.agent = ChatState.WAITING, None
    chat.hold_reason, chat.held_at, chat.accepted_at = "", None, None
    changes.save(chat, "queued", "state", "agent", "hold_reason", "held_at", "accepted_at",
                 "offered_to", "offered_at")  # fmt: skip


@transaction.atomic
def hold_chat(*, actor: Actor, chat_id: int, reason: str) -> Chat:
    """Tell the visitor that it takes a moment; the reason is for colleagues only.

    Raises ChatNotFound, NotPermitted, ChatEnded, NotYourChat.
    """
    chat = _own(actor, chat_id)
    chat.state, chat.held_at = ChatState.HELD, clock.now()
    chat.hold_reason = " ".join(reason.split())[:REASON_LENGTH]
    changes.save(chat, "held", "state", "held_at", "hold_reason")
    return chat


@transaction.atomic
def resume_chat(*, actor: Actor, chat_id: int) -> Chat:
    """End of the hold; nothing happens to a chat that is not held. Errors: as hold_chat."""
    chat = _own(actor, chat_id)
    if chat.state == ChatState.HELD:
        chat.state, chat.held_at, chat.hold_reason = ChatState.ACTIVE, None, ""
        changes.save(chat, "resumed", "state", "held_at", "hold_reason")
    return chat


@transaction.atomic
def end_chat(*, actor: Actor, chat_id: int, status: str = "", note: str = "") -> Chat:
    """End it for both; the ticket stays, with `status` if one is given ("solved", "pending") and a
    note for colleagues.

    "Reply later" is this with status "open": answers go by mail from here on. Ending twice is the
    same as once. Raises ChatNotFound, NotPermitted, NotYourChat, and what update_ticket raises.
    """
    chat = changes.locked(actor, chat_id)
    if chat.state == ChatState.ENDED:
        return chat
    if chat.agent_id is not None:
        changes.require_own(actor, chat)
    if status or note.strip():
        changes.hand_on(actor, chat, note=note, **({"status": status} if status else {}))
    finish_chat(chat, by=EndedBy.SYSTEM if actor.is_system else EndedBy.AGENT)
    return chat


def finish_chat(chat: Chat, *, by: str) -> None:
    """The columns of the end; the caller holds the locks."""
    chat.state, chat.ended_at, chat.ended_by = ChatState.ENDED, clock.now(), by
    chat.hold_reason, chat.held_at = "", None
    offered.stop(chat, OfferOutcome.WITHDRAWN)
    offered.see_guests_off(chat)
    changes.save(chat, "ended", "state", "ended_at", "ended_by", "hold_reason", "held_at",
                 "offered_to", "offered_at")  # fmt: skip


GIVEN = ("state", "agent", "accepted_at", "first_accepted_at", "offered_to", "offered_at",
          "hold_reason", "held_at")  # fmt: skip


def give(actor: Actor, chat: Chat) -> None:
    changes.hand_on(actor, chat, assignee_id=actor.user_id)
    settle(chat, actor.user_id or 0)


def settle(chat: Chat, agent_id: int) -> None:
    """The columns of a chat that somebody is in now; the ticket is theirs already."""
    now = clock.now()
    chat.state, chat.agent_id, chat.accepted_at = ChatState.ACTIVE, agent_id, now
    chat.first_accepted_at = chat.first_accepted_at or now
    chat.hold_reason, chat.held_at = "", None
    is_theirs = chat.offered_to_id == agent_id
    offered.stop(chat, OfferOutcome.ACCEPTED if is_theirs else OfferOutcome.WITHDRAWN)
    offered.see_guest_off(chat, agent_id)


def _own(actor: Actor, chat_id: int) -> Chat:
    chat = changes.locked(actor, chat_id)
    if chat.state not in (ChatState.ACTIVE, ChatState.HELD):
        raise ChatEnded
    changes.require_own(actor, chat)
    return chat
