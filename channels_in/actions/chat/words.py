"""What the house says in a chat, and what it has read of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.actor import Actor
from channels_in.actions.chat import changes
from channels_in.actions.chat.states import GIVEN, give
from channels_in.chat.errors import ChatEnded, ChatNotFound
from channels_in.models import Chat, ChatState
from tickets import policies
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from tickets.errors import TicketNotFound
from tickets.models import Channel, Ticket


@transaction.atomic
def answer_chat(
    *,
    actor: Actor,
    chat_id: int,
    body: str,
    html: str = "",
    upload_ids: Sequence[int] = (),
    digest: str | None = None,
) -> Ticket:
    """An agent's words to the visitor: a public comment that leaves at once.

    Whoever answers a chat that waits takes it with that; a held one goes on. Colleagues who have
    joined it answer in it, too. The same `digest` again is the same message.

    Raises ChatNotFound, NotPermitted, ChatEnded, NotYourChat, and what update_ticket raises.
    """
    chat = changes.locked(actor, chat_id)
    if _is_said(chat, digest):
        return chat.ticket
    if chat.state == ChatState.ENDED:
        raise ChatEnded
    if chat.is_queued:
        give(actor, chat)
        changes.save(chat, "accepted", *GIVEN)
    changes.require_part(actor, chat)
    if chat.state == ChatState.HELD:
        chat.state, chat.held_at, chat.hold_reason = ChatState.ACTIVE, None, ""
        changes.save(chat, "resumed", "state", "held_at", "hold_reason")
    comment = CommentDraft(
        author_id=actor.user_id or 0, body=body, html=html, channel=Channel.CHAT,
        upload_ids=tuple(upload_ids), digest=digest,
    )  # fmt: skip
    return update_ticket(actor=actor, ticket_id=chat.ticket_id, comment=comment)


@transaction.atomic
def note_in_chat(
    *, actor: Actor, chat_id: int, body: str, upload_ids: Sequence[int] = (),
    digest: str | None = None,
) -> Ticket:  # fmt: skip
    """A note beside the chat, which its visitor never sees; whoever sees the ticket may write one.

    Raises ChatNotFound, NotPermitted, and what update_ticket raises.
    """
    chat = changes.locked(actor, chat_id)
    if _is_said(chat, digest):
        return chat.ticket
    comment = CommentDraft(
        author_id=actor.user_id or 0, body=body, is_public=False, channel=Channel.CHAT,
        upload_ids=tuple(upload_ids), digest=digest,
    )  # fmt: skip
    return update_ticket(actor=actor, ticket_id=chat.ticket_id, comment=comment)


def _is_said(chat: Chat, digest: str | None) -> bool:
    return digest is not None and chat.ticket.comments.filter(digest=digest).exists()


@transaction.atomic
def mark_house_read(*, actor: Actor, chat_id: int, comment_id: int) -> None:
    """The agent has seen the visitor's messages up to this one: the visitor is shown that.

    Only the chat's own agent's eyes count. Raises ChatNotFound.
    """
    chat = Chat.objects.filter(pk=chat_id, house_read__lt=comment_id).first()
    if chat is None or chat.agent_id != actor.user_id:
        return
    try:
        policies.visible_ticket(actor, chat.ticket_id)
    except TicketNotFound as error:
        raise ChatNotFound from error
    newest = chat.ticket.comments.order_by("-id").values_list("id", flat=True).first() or 0
    chat = changes.lock(chat_id)
    chat.house_read = max(chat.house_read, min(comment_id, newest))
    changes.save(chat, "read", "house_read")
