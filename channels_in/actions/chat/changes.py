"""What every change of a chat shares: its lock, its save, and who hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from accounts.actor import Actor
from accounts.roles import Permission
from channels_in.chat.errors import ChatNotFound, NotYourChat
from channels_in.models import Chat
from core import clock, outbox
from tickets import policies
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import TicketNotFound
from tickets.models import Channel

TOPIC = "chat.changed"

_own_hand: ContextVar[bool] = ContextVar("chat_own_hand", default=False)


@contextmanager
def own_hand() -> Iterator[None]:
    """Changes of the ticket that a chat's own action makes: the step need not follow them."""
    token = _own_hand.set(True)
    try:
        yield
    finally:
        _own_hand.reset(token)


def is_own_hand() -> bool:
    return _own_hand.get()


def locked(actor: Actor, chat_id: int) -> Chat:
    """The chat, locked after its ticket as everywhere, for somebody who may answer customers.

    Raises ChatNotFound, NotPermitted.
    """
    ticket_id = Chat.objects.filter(pk=chat_id).values_list("ticket_id", flat=True).first()
    if ticket_id is None:
        raise ChatNotFound
    try:
        policies.lock_visible_ticket(actor, ticket_id)
    except TicketNotFound as error:
        raise ChatNotFound from error
    policies.require(actor, Permission.REPLY_PUBLICLY)
    return lock(chat_id)


def lock(chat_id: int) -> Chat:
    """The chat, locked; the caller holds its ticket's lock or changes nothing of the ticket."""
    chats = Chat.objects.select_for_update(of=("self",), no_key=True)
    chat = chats.select_related("agent", "visitor", "account", "ticket").filter(pk=chat_id).first()
    if chat is None:
        raise ChatNotFound
    return chat


def require_own(actor: Actor, chat: Chat) -> None:
    """Raise NotYourChat unless the actor is the chat's agent, or the system."""
    if not actor.is_system and chat.agent_id != actor.user_id:
        raise NotYourChat


def require_part(actor: Actor, chat: Chat) -> None:
    """Raise NotYourChat unless the actor is the chat's agent or a colleague who has joined it."""
    if actor.is_system or chat.agent_id == actor.user_id:
        return
    if not chat.guests.filter(user_id=actor.user_id or 0, left_at=None, joined_at__isnull=False):
        raise NotYourChat


def hand_on(actor: Actor, chat: Chat, *, note: str = "", **given: Any) -> None:
    """Change the chat's ticket by the chat's own hand, with a note for colleagues if there is one.

    Raises what update_ticket raises.
    """
    with own_hand():
        update_ticket(
            actor=actor, ticket_id=chat.ticket_id, changes=TicketChanges(**given),
            comment=note_draft(actor, note),
        )  # fmt: skip


def note_draft(actor: Actor, note: str) -> CommentDraft | None:
    words = note.strip()
    if not words:
        return None
    return CommentDraft(
        author_id=actor.user_id or 0, body=words, is_public=False, channel=Channel.CHAT
    )


def save(chat: Chat, kind: str, *columns: str) -> None:
    """Write the columns down and post the change: ids and kinds, never content."""
    chat.updated_at = clock.now()
    chat.save(update_fields=[*columns, "updated_at"])
    tell(chat, kind)


def tell(chat: Chat, kind: str) -> None:
    """`kind`: queued, offered, withdrawn, accepted, held, resumed, ended, joined, read, got."""
    outbox.post(
        TOPIC,
        {
            "kind": kind, "chat": chat.pk, "account": chat.account_id, "ticket": chat.ticket_id,
            "visitor": chat.visitor_id,
            "agent": chat.agent_id, "offered_to": chat.offered_to_id, "state": chat.state,
        },
    )  # fmt: skip
