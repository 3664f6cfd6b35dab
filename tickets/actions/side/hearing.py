"""What the other side answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from accounts.models import User
from core import clock
from tickets import policies
from tickets.actions.acting import act_on_ticket
from tickets.actions.notes import Note, Noted, note_on_tickets
from tickets.actions.side.files import keep_files
from tickets.actions.side.writing import note_message, reopen_within, said_of
from tickets.actions.within import change_within
from tickets.changes import TicketChange
from tickets.drafts import NewFile, TicketChanges
from tickets.models import (
    Channel,
    EventType,
    SideConversation,
    SideEventType,
    SideMessage,
    Status,
)
from tickets.side_policies import final_ticket

# What waits for somebody, or was taken for done: a reply is a reason to look again.
WAITING = (Status.PENDING, Status.HOLD, Status.SOLVED)


@dataclass(frozen=True, slots=True)
class HeardMessage:
    """A message that came in. `html` must be sanitised already.

    `flags` say what speaks against it; `reopens` is False for machines; `is_ours` for a colleague
    who is proven to have answered by mail.
    """

    author: User
    body: str
    html: str = ""
    reply_text: str = ""
    channel: str = Channel.EMAIL
    message_id: str | None = None
    digest: str | None = None
    files: tuple[NewFile, ...] = ()
    flags: tuple[str, ...] = ()
    is_ours: bool = False
    reopens: bool = True
    metadata: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def hear_side_message(
    *, actor: Actor, conversation_id: int, message: HeardMessage
) -> tuple[SideMessage, int]:
    """Append a reply to its side conversation, and to nothing else; returns it and its ticket.

    The conversation is open again. The ticket notes that there is a reply, and is open again when
    it waited and the conversation is set to that. A closed ticket notes it and stays closed.
    """
    conversation = SideConversation.objects.select_related("ticket").get(pk=conversation_id)
    actor = replace(actor, user_id=message.author.pk)  # whose word it is, in the audit
    ticket = policies.lock_visible_ticket(actor, final_ticket(conversation))
    heard: list[SideMessage] = []

    def act(change: TicketChange) -> None:
        heard.append(_append(change, conversation_id, message))
        locked = heard[0].conversation
        change.add(EventType.SIDE_REPLY, value=_said(locked, message))
        if locked.reopens_ticket and message.reopens and not message.is_ours:
            wake_within(change)

    if ticket.is_closed:
        heard.append(_append(None, conversation_id, message))
        note = Note(EventType.SIDE_REPLY, "", _said(heard[0].conversation, message))
        note_on_tickets(noted=[Noted(ticket, actor, [note])])
    else:
        act_on_ticket(actor=actor, ticket_id=ticket.pk, act=act)
    return heard[0], ticket.pk


def wake_within(change: TicketChange) -> None:
    """Open a ticket that waits, was solved, or sleeps."""
    ticket = change.ticket
    changes = TicketChanges(status=Status.OPEN) if ticket.status in WAITING else TicketChanges()
    if ticket.snoozed_until:
        changes = replace(changes, snoozed_until=None)
    if changes.given():
        change_within(change, changes, cause={})


def _append(change: TicketChange | None, conversation_id: int, heard: HeardMessage) -> SideMessage:
    conversation = SideConversation.objects.select_for_update().get(pk=conversation_id)
    now = clock.now()
    if not conversation.is_open and heard.reopens and change:
        reopen_within(change, conversation)
    metadata = dict(heard.metadata)
    if heard.flags:
        metadata["flags"] = list(dict.fromkeys(heard.flags))
    message = SideMessage.objects.create(
        conversation=conversation, author=heard.author, is_ours=heard.is_ours, body=heard.body,
        html=heard.html, reply_text=heard.reply_text or heard.body, channel=heard.channel,
        message_id=heard.message_id, digest=heard.digest, metadata=metadata, created_at=now,
    )  # fmt: skip
    keep_files(message, heard.files)
    note_message(conversation, message, SideEventType.REPLY, now)
    return message


def _said(conversation: SideConversation, message: HeardMessage) -> dict[str, Any]:
    is_known = "unverified_sender" not in message.flags
    return said_of(conversation, is_heard=not message.is_ours, is_known=is_known)
