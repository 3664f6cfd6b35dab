"""Visitors' stored messages become comments: of their living chat, or of a new one."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.actor import Actor, system_actor
from accounts.models import User
from channels_in.actions.chat import changes
from channels_in.actions.chat.following import follow_assignees
from channels_in.actions.chat.visitors import Surroundings, note_surroundings, person_of
from channels_in.adapters import Arrival
from channels_in.chat.conversation import chats_of
from channels_in.chat.spoken import Spoken, read_spoken
from channels_in.models import Chat, ChatState, ChatWidget, Fate, InboundItem, Visitor
from channels_in.reasons import Reason
from channels_in.receive import raw_bytes
from channels_in.senders import is_blocked
from core import clock, locks
from tickets.actions import create_ticket, update_ticket
from tickets.drafts import CommentDraft, TicketDraft
from tickets.errors import TicketClosed
from tickets.models import Attachment, Channel, Comment, Ticket

SUBJECT_LENGTH = 80


def write(arrivals: Sequence[Arrival]) -> None:
    """Give every arrival its fate, a visitor's messages one after the other."""
    visitors = _visitors_of([arrival.item for arrival in arrivals])
    locks.hold(f"visitor:{visitor.key}" for visitor in visitors.values())
    for arrival in arrivals:
        item = arrival.item
        visitor = visitors.get(item.envelope.get("visitor", 0))
        if visitor is None:
            _end(item, Fate.REJECTED, Reason.UNREADABLE)
        elif visitor.blocked_at or (visitor.email and is_blocked(visitor.email)):
            _end(item, Fate.REJECTED, Reason.BLOCKED)
        else:
            with clock.frozen(item.received_at):  # the order in which they were sent stays
                _write(item, visitor, read_spoken(json.loads(raw_bytes(item))))


def _visitors_of(items: Sequence[InboundItem]) -> dict[int, Visitor]:
    ids = {item.envelope.get("visitor", 0) for item in items}
    visitors = Visitor.objects.select_related("account__widget__reply_account", "user__merged_into")
    return visitors.in_bulk(ids)


def _write(item: InboundItem, visitor: Visitor, spoken: Spoken) -> None:
    twin = Comment.objects.filter(digest=_digest(item)).first()
    if twin:
        item.comment, item.ticket_id = twin, twin.ticket_id
        _end(item, Fate.DUPLICATE)
        return
    if spoken.page_url:
        place = Surroundings(page_url=spoken.page_url, page_title=spoken.page_title)
        note_surroundings(visitor=visitor, around=place)
    chat = None if spoken.is_offline else _going_on(visitor, spoken)
    person = chat.ticket.requester if chat else person_of(visitor=visitor)
    if person.is_suspended:
        _end(item, Fate.SUSPENDED, Reason.SENDER_SUSPENDED)
        return
    draft = _comment(item, visitor, spoken, person)
    ticket = _add(item, chat, draft) if chat else None
    if ticket is None:
        ticket = _open(
            item, visitor, spoken, person, draft, source=chat.ticket_id if chat else None
        )
    item.ticket, item.comment = ticket, ticket.comments.order_by("-id").first()
    _end(item, Fate.COMMENT)


def _going_on(visitor: Visitor, spoken: Spoken) -> Chat | None:
    """The chat a message belongs to: the one it names, else the living one."""
    chats = chats_of(visitor).select_related("ticket__requester").order_by("-id")
    named = chats.filter(key=spoken.chat).first() if spoken.chat else None
    return named or chats.filter(state__in=ChatState.living()).first()


def _add(item: InboundItem, chat: Chat, draft: CommentDraft) -> Ticket | None:
    """None when the ticket takes nothing more: then a new one begins."""
    try:
        with transaction.atomic():
            ticket = _with_files(
                draft,
                lambda each: update_ticket(
                    actor=_actor(item), ticket_id=chat.ticket_id, comment=each
                ),
            )
    except TicketClosed:
        return None
    chat = changes.lock(chat.pk)  # a visitor's goodbye holds this lock alone, not the ticket's
    if chat.state == ChatState.ENDED:
        chat.state, chat.ended_at, chat.ended_by = ChatState.WAITING, None, ""
        chat.queued_at, chat.accepted_at, chat.agent = clock.now(), None, None
        changes.save(chat, "queued", "state", "ended_at", "ended_by", "queued_at", "accepted_at",
                     "agent")  # fmt: skip
        if ticket.assignee_id:  # it rings at who was in it before
            follow_assignees(actor=_actor(item), tickets=[ticket])
    return ticket


def _open(
    item: InboundItem, visitor: Visitor, spoken: Spoken, person: User, draft: CommentDraft,
    *, source: int | None,
) -> Ticket:  # fmt: skip
    account, widget = visitor.account, visitor.account.widget
    channel = Channel.WEB if spoken.is_offline else Channel.CHAT
    opening = _opening(draft, spoken, channel)
    language = visitor.language if len(visitor.language) < 9 else ""
    ticket = _with_files(
        opening,
        lambda each: create_ticket(
            actor=_actor(item),
            draft=TicketDraft(
                subject=_subject(spoken), comment=each, requester_id=person.pk,
                group_id=account.group_id, channel=channel, recipient=_recipient(widget),
                language=language or person.language or account.language,
                followup_source_id=source, via_source=_source(visitor, bool(source)),
            ),
        ),
    )  # fmt: skip
    if not spoken.is_offline:
        _begin(ticket, visitor, spoken)
        if ticket.assignee_id:  # a rule gave it to somebody
            follow_assignees(actor=_actor(item), tickets=[ticket])
    return ticket


def _begin(ticket: Ticket, visitor: Visitor, spoken: Spoken) -> None:
    now = clock.now()
    chat = Chat.objects.create(
        key=uuid.uuid4().hex, account=visitor.account, visitor=visitor, ticket=ticket,
        queued_at=now, created_at=now, updated_at=now,
        answers=[list(pair) for pair in spoken.answers],
    )  # fmt: skip
    changes.tell(chat, "queued")


def _opening(draft: CommentDraft, spoken: Spoken, channel: str) -> CommentDraft:
    """The first message carries what was asked before it, below the words."""
    lines = [f"{question}: {answer}" for question, answer in spoken.answers]
    body = "\n\n".join(part for part in (draft.body, "\n".join(lines)) if part)
    return CommentDraft(
        author_id=draft.author_id, body=body, reply_text=draft.body or body, channel=channel,
        digest=draft.digest, metadata=draft.metadata, upload_ids=draft.upload_ids,
    )  # fmt: skip


def _comment(item: InboundItem, visitor: Visitor, spoken: Spoken, person: User) -> CommentDraft:
    metadata: dict[str, Any] = {
        "audit": {"inbound_item": item.pk}, "client_id": spoken.client_id,
    }  # fmt: skip
    if spoken.page_url:
        metadata["page"] = {"url": spoken.page_url, "title": spoken.page_title}
    if visitor.email and not visitor.is_email_verified:
        metadata["flags"] = ["typed_address"]
    return CommentDraft(
        author_id=person.pk, body=spoken.text, channel=Channel.CHAT, digest=_digest(item),
        metadata=metadata, upload_ids=spoken.files,
    )  # fmt: skip


def _with_files(draft: CommentDraft, submit: Any) -> Ticket:
    """Submit with those of the files that are still there: words are not lost with a file."""
    if not draft.upload_ids:
        return submit(draft)
    waiting = Attachment.objects.filter(
        pk__in=draft.upload_ids, comment=None, uploaded_by_id=draft.author_id
    )
    there = tuple(waiting.order_by("id").values_list("id", flat=True))
    words = draft.body or ("" if there else "📎")
    return submit(
        CommentDraft(
            author_id=draft.author_id, body=words, reply_text=draft.reply_text or words,
            channel=draft.channel, digest=draft.digest, metadata=draft.metadata, upload_ids=there,
        )
    )  # fmt: skip


def _subject(spoken: Spoken) -> str:
    line = " ".join(spoken.text.split())
    if len(line) <= SUBJECT_LENGTH:
        return line
    return line[:SUBJECT_LENGTH].rsplit(" ", 1)[0] + "…"


def _recipient(widget: ChatWidget) -> str:
    return widget.reply_account.address if widget.reply_account else ""


def _source(visitor: Visitor, is_followup: bool) -> dict[str, Any]:
    return {
        "from": {"name": visitor.name, "address": visitor.email},
        "to": {"address": visitor.account.address, "name": visitor.account.name},
        "page": {"url": visitor.page_url, "title": visitor.page_title,
                 "referrer": visitor.referrer},
        "rel": "follow_up" if is_followup else None,
    }  # fmt: skip


def _actor(item: InboundItem) -> Actor:
    return system_actor("Live chat", channel=Channel.CHAT, item=item.pk)


def _digest(item: InboundItem) -> str:
    """One comment a message, by the database's word: accounts' visitors have keys of their own."""
    return hashlib.sha256(f"chat:{item.external_id}".encode()).hexdigest()


def _end(item: InboundItem, fate: str, reason: str = "") -> None:
    item.fate, item.reason, item.detail = fate, reason, ""
