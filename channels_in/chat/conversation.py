"""A chat as its visitor may read it: their own, public words only, never a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from channels_in.chat.errors import ChatNotFound
from channels_in.email.sending.files import link_to
from channels_in.models import Chat, Visitor
from tickets.models import Comment

PAGE = 60  # messages at once


@dataclass(frozen=True, slots=True)
class ShownFile:
    name: str
    size: int
    url: str
    is_image: bool


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """`client_id` is that of the visitor's own messages; their page knows them by it."""

    id: int
    is_own: bool
    author: str
    text: str
    at: datetime
    client_id: str = ""
    files: tuple[ShownFile, ...] = field(default_factory=tuple)


def chats_of(visitor: Visitor) -> QuerySet[Chat]:
    """The visitor's own chats; with the site's word, those of the same customer elsewhere, too."""
    chats = Chat.objects.filter(account_id=visitor.account_id, ticket__deleted_at=None)
    if not visitor.is_verified:
        return chats.filter(visitor_id=visitor.pk)
    return chats.filter(visitor__is_verified=True, visitor__external_id=visitor.external_id)


def chat_of(visitor: Visitor, key: str) -> Chat:
    """One of them. Raises ChatNotFound, the same for what is absent and another's (attack 36)."""
    chat = chats_of(visitor).select_related("agent", "ticket").filter(key=key).first()
    if chat is None:
        raise ChatNotFound
    return chat


def latest_chat(visitor: Visitor) -> Chat | None:
    """The one the widget opens with."""
    return chats_of(visitor).select_related("agent", "ticket").order_by("-id").first()


def chat_of_transcript(chat_id: int) -> Chat:
    """The chat that a signed link names. Raises ChatNotFound."""
    chats = Chat.objects.filter(pk=chat_id, ticket__deleted_at=None)
    chat = chats.select_related("ticket", "account__widget", "agent", "visitor").first()
    if chat is None:
        raise ChatNotFound
    return chat


def messages_after(chat: Chat, comment_id: int = 0) -> list[ShownMessage]:
    """The public messages after one, oldest first, at most PAGE; of a first look the latest."""
    rows = _readable(chat).filter(pk__gt=comment_id)
    newest_first = comment_id == 0
    found = list(rows.order_by("-id" if newest_first else "id")[:PAGE])
    return [_shown(row, chat) for row in (reversed(found) if newest_first else found)]


def messages_among(chat: Chat, comment_ids: Sequence[int]) -> list[ShownMessage]:
    """Those of the comments that the visitor may read."""
    if not comment_ids:
        return []
    return [_shown(row, chat) for row in _readable(chat).filter(pk__in=comment_ids).order_by("id")]


def messages_before(chat: Chat, comment_id: int) -> list[ShownMessage]:
    """Earlier messages, oldest first, at most PAGE."""
    found = list(_readable(chat).filter(pk__lt=comment_id).order_by("-id")[:PAGE])
    return [_shown(row, chat) for row in reversed(found)]


def transcript_of(chat: Chat) -> list[ShownMessage]:
    """All of it, in order."""
    return [_shown(row, chat) for row in _readable(chat).order_by("id")[:5_000]]


def _readable(chat: Chat) -> QuerySet[Comment]:
    comments = Comment.objects.released().filter(ticket_id=chat.ticket_id)
    return comments.select_related("author").prefetch_related("attachments")


def _shown(comment: Comment, chat: Chat) -> ShownMessage:
    requester_id = chat.ticket.requester_id
    return ShownMessage(
        id=comment.pk, is_own=comment.author_id == requester_id and not comment.is_from_agent,
        author=comment.author.display_name, text=comment.reply_text or comment.body,
        at=comment.created_at, client_id=str(comment.metadata.get("client_id", "")),
        files=tuple(
            ShownFile(file.filename, file.size, link_to(file, requester_id), file.is_image)
            for file in sorted(comment.attachments.all(), key=lambda file: file.pk)
        ),
    )  # fmt: skip
