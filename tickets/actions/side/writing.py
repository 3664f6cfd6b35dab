"""What colleagues write to a third party."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.actions import find_or_create_customers
from accounts.actor import Actor
from accounts.models import User
from accounts.roles import Permission
from core import clock
from tickets import policies
from tickets.actions import checks
from tickets.actions.acting import act_on_ticket
from tickets.actions.comments import shortened
from tickets.actions.deliveries import DeliveryDraft, queue_deliveries
from tickets.actions.side.files import take_uploads
from tickets.changes import TicketChange
from tickets.errors import InvalidChange
from tickets.models import (
    Channel,
    DeliveryKind,
    EventType,
    SideConversation,
    SideEvent,
    SideEventType,
    SideKind,
    SideMessage,
    SideParticipant,
    SideState,
)
from tickets.side_policies import final_ticket, visible_side_conversation

PEOPLE_LIMIT = 20  # more belong on a mailing list
BODY_LIMIT = 200_000  # letters


@dataclass(frozen=True, slots=True)
class SideDraft:
    """A message to write. `to` are addresses in lower case, with names where they are known; empty
    in a reply is everybody who was written to before. `html` must be sanitised already.
    """

    body: str
    html: str = ""
    to: Mapping[str, str] = field(default_factory=dict)
    upload_ids: tuple[int, ...] = ()
    inline: tuple[tuple[int, str], ...] = ()  # uploads that the html shows, with content ids


@transaction.atomic
def open_side_conversation(
    *,
    actor: Actor,
    ticket_id: int,
    subject: str,
    message: SideDraft,
    reopens_ticket: bool = True,
    external_ids: dict[str, Any] | None = None,
) -> SideConversation:
    """Begin a conversation by e-mail with somebody who is not the customer.

    1. Lock the ticket and check policy and values.
    2. Write the conversation with its first message, and queue a mail to each person.
    3. Note it on the ticket: one audit.

    Raises TicketNotFound, NotPermitted, TicketClosed, InvalidChange.
    """
    policies.require(actor, Permission.REPLY_PUBLICLY)
    subject = checks.clean_subject(subject)
    if not subject:
        raise InvalidChange("subject", "Write a subject: it is all that a mailbox shows at first.")
    if not message.to:
        raise InvalidChange("to", "Say whom this goes to.")
    made: list[SideConversation] = []

    def act(change: TicketChange) -> None:
        now = clock.now()
        conversation = SideConversation.objects.create(
            ticket=change.ticket, kind=SideKind.EMAIL, subject=subject,
            reopens_ticket=reopens_ticket, external_ids=external_ids or {},
            created_by_id=actor.user_id, created_at=now, state_updated_at=now, message_added_at=now,
        )  # fmt: skip
        write_within(change, conversation, message, SideEventType.CREATE)
        change.add(EventType.SIDE_CREATED, value=said_of(conversation))
        made.append(conversation)

    act_on_ticket(actor=actor, ticket_id=ticket_id, act=act)
    return made[0]


@transaction.atomic
def reply_in_side_conversation(*, actor: Actor, uuid: UUID, message: SideDraft) -> SideMessage:
    """Write on in a conversation; a closed one is open again. Errors as when one is begun."""
    policies.require(actor, Permission.REPLY_PUBLICLY)
    conversation = visible_side_conversation(actor, uuid)
    if conversation.is_child:
        raise InvalidChange("kind", "This is a ticket of its own: write there.")
    made: list[SideMessage] = []

    def act(change: TicketChange) -> None:
        locked = SideConversation.objects.select_for_update().get(pk=conversation.pk)
        if not locked.is_open:
            reopen_within(change, locked)
        made.append(write_within(change, locked, message, SideEventType.REPLY))
        change.add(EventType.SIDE_REPLY, value=said_of(locked))

    act_on_ticket(actor=actor, ticket_id=final_ticket(conversation), act=act)
    return made[0]


def write_within(
    change: TicketChange, conversation: SideConversation, draft: SideDraft, type: str
) -> SideMessage:
    """The message, its files, its people and their mails, inside a submit on the ticket."""
    if not draft.body.strip() and not draft.upload_ids:
        raise InvalidChange("body", "Write something first.")
    if len(draft.body) > BODY_LIMIT:
        raise InvalidChange("body", "This is too long. Shorten it, or attach it as a file.")
    actor, now = change.actor, clock.now()
    people = _people(conversation, draft, now)
    message = SideMessage.objects.create(
        conversation=conversation, author_id=actor.user_id or 0, is_ours=True, body=draft.body,
        html=draft.html, reply_text=draft.body, channel=Channel.EMAIL, created_at=now,
        metadata={"to": [address for address, _user in people]}, send_at=_leaves_at(actor, now),
    )  # fmt: skip
    take_uploads(message, draft.upload_ids, actor, inline=dict(draft.inline))
    note_message(conversation, message, type, now)
    queue_deliveries(
        drafts=[
            DeliveryDraft(
                ticket=change.ticket, kind=DeliveryKind.SIDE_MESSAGE, channel=Channel.EMAIL,
                recipient=user, address=address, side_message=message, audit=change.audit,
            )
            for address, user in people
        ]
    )  # fmt: skip
    change.has_deliveries = True
    return message


def _leaves_at(actor: Actor, now: datetime) -> datetime | None:
    """What is written in the workspace waits as a reply does, so that it can be taken back."""
    if actor.channel != Channel.WEB or not settings.UNDO_SEND_SECONDS:
        return None
    return now + timedelta(seconds=settings.UNDO_SEND_SECONDS)


def _people(
    conversation: SideConversation, draft: SideDraft, now: datetime
) -> Sequence[tuple[str, User]]:
    """Whom the message goes to; new ones become participants."""
    known = list(conversation.participants.select_related("user").order_by("id"))
    if not draft.to:
        if not known:
            raise InvalidChange("to", "Say whom this goes to.")
        return [(row.address, row.user) for row in known]
    if len(draft.to) > PEOPLE_LIMIT:
        raise InvalidChange("to", f"At most {PEOPLE_LIMIT} people can be written to at once.")
    users = find_or_create_customers(names_by_email=dict(draft.to))
    SideParticipant.objects.bulk_create(
        [
            SideParticipant(
                conversation=conversation, user=users[address], address=address, created_at=now
            )
            for address in draft.to
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return [(address, users[address]) for address in draft.to]


def note_message(
    conversation: SideConversation, message: SideMessage, type: str, now: datetime
) -> None:
    """What lists show of the conversation, and the event of the message."""
    SideEvent.objects.create(
        conversation=conversation, type=type, user_id=message.author_id, message=message,
        created_at=now,
    )  # fmt: skip
    conversation.preview = shortened(message.reply_text or message.body)
    conversation.message_added_at = now
    if not message.is_ours:
        conversation.heard_at = now
    conversation.save(update_fields=["preview", "message_added_at", "heard_at"])


def reopen_within(change: TicketChange, conversation: SideConversation) -> None:
    """Open a closed conversation again, because somebody writes in it."""
    now = clock.now()
    conversation.state, conversation.state_updated_at = SideState.OPEN, now
    conversation.save(update_fields=["state", "state_updated_at"])
    SideEvent.objects.create(
        conversation=conversation, type=SideEventType.UPDATE, user_id=change.actor.user_id,
        updates={"state": SideState.OPEN}, created_at=now,
    )  # fmt: skip


def said_of(conversation: SideConversation, **more: Any) -> dict[str, Any]:
    """What the ticket's audit says of it: for staff, and no text."""
    return {
        "id": str(conversation.uuid),
        "subject": conversation.subject,
        "kind": conversation.kind,
        "asked_by": conversation.created_by_id,
        **more,
    }
