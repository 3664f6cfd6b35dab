"""Side conversations as lists and threads show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Subquery

from accounts.actor import Actor
from accounts.models import User
from tickets.errors import SideConversationNotFound
from tickets.models import (
    Delivery,
    SideAttachment,
    SideConversation,
    SideEvent,
    SideMessage,
    SideParticipant,
    SideRead,
    Ticket,
)
from tickets.side_policies import visible_side_conversation, visible_side_conversations

LIMIT = 100  # conversations of one ticket
EVENTS_LIMIT = 500


@dataclass(frozen=True, slots=True)
class SideRow:
    """A line of the list. `is_unread`: the other side has said what this person has not read."""

    conversation: SideConversation
    people: Sequence[SideParticipant]
    is_unread: bool


def side_rows(ticket: Ticket, actor: Actor) -> list[SideRow]:
    """The ticket's conversations, the latest first: two queries."""
    seen = SideRead.objects.filter(conversation=OuterRef("pk"), user=actor.user_id)
    people = SideParticipant.objects.select_related("user").order_by("id")
    rows = (
        visible_side_conversations(actor, ticket)
        .select_related("child__assignee", "child__group", "created_by")
        .prefetch_related(Prefetch("participants", people))
        .annotate(seen_at=Subquery(seen.values("seen_at")[:1]))
        .order_by("-message_added_at", "-id")[:LIMIT]
    )
    return [
        SideRow(
            row,
            list(row.participants.all()),
            is_unread=bool(row.heard_at and (row.seen_at is None or row.heard_at > row.seen_at)),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class SideThread:
    conversation: SideConversation
    people: Sequence[SideParticipant]
    events: Sequence[SideEvent]

    @property
    def messages(self) -> list[SideMessage]:
        return [event.message for event in self.events if event.message]


def side_thread(actor: Actor, uuid: UUID, ticket_id: int | None = None) -> SideThread:
    """A conversation with everything in it, oldest first: a fixed number of queries.

    Raises SideConversationNotFound.
    """
    conversation = visible_side_conversation(actor, uuid, ticket_id)
    deliveries = Delivery.objects.select_related("recipient").order_by("id")
    latest = (
        conversation.events.select_related("user", "message__author")
        .prefetch_related(
            Prefetch("message__attachments", SideAttachment.objects.order_by("id")),
            Prefetch("message__deliveries", deliveries),
        )
        .order_by("-created_at", "-id")[:EVENTS_LIMIT]
    )
    people = conversation.participants.select_related("user").order_by("id")
    return SideThread(conversation, list(people), list(reversed(latest)))


def visible_side_file(actor: Actor, file_id: int) -> SideAttachment | None:
    """A file of a side conversation, for staff who see its ticket."""
    rows = SideAttachment.objects.select_related("message__conversation")
    found = rows.filter(pk=file_id).first()
    if found is None:
        return None
    try:
        visible_side_conversation(actor, found.message.conversation.uuid)
    except SideConversationNotFound:
        return None
    return found


def people_written_to(actor: Actor, *, limit: int = 8) -> list[User]:
    """Whom this person has lately written to in side conversations."""
    rows = (
        SideParticipant.objects.filter(conversation__created_by=actor.user_id)
        .select_related("user")
        .order_by("-id")[: 4 * limit]
    )
    return list({row.user_id: row.user for row in rows}.values())[:limit]
