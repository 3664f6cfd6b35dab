"""A child ticket: colleagues settle a part of the matter as a ticket of their own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from accounts.actor import Actor, system_actor
from accounts.models import User
from core import clock
from core.html import from_text
from tickets import policies
from tickets.actions.acting import act_on_ticket
from tickets.actions.comments import shortened
from tickets.actions.links import link_tickets
from tickets.actions.side.hearing import wake_within
from tickets.actions.side.states import set_state
from tickets.actions.side.writing import said_of
from tickets.actions.tickets import create_ticket
from tickets.actions.within import comment_within
from tickets.changes import TicketChange
from tickets.drafts import CommentDraft, TicketDraft
from tickets.errors import InvalidChange
from tickets.models import (
    Channel,
    EventType,
    LinkKind,
    SideConversation,
    SideEvent,
    SideEventType,
    SideKind,
    SideState,
    Status,
    Ticket,
)
from tickets.side_policies import final_ticket


@dataclass(frozen=True, slots=True)
class ChildDraft:
    """The ticket to open. Its customer is the colleague who asks; nobody outside reads it."""

    subject: str
    body: str
    html: str = ""
    group_id: int | None = None
    assignee_id: int | None = None
    upload_ids: tuple[int, ...] = ()


@transaction.atomic
def open_child_ticket(
    *, actor: Actor, ticket_id: int, draft: ChildDraft, reopens_ticket: bool = True
) -> SideConversation:
    """Open a ticket for a part of the matter, linked with this one as its parent.

    Its first message is an internal note, so that no rule writes to the parent's customer.

    Raises TicketNotFound, NotPermitted, TicketClosed, InvalidChange.
    """
    policies.require_can_edit(actor)
    if not draft.subject.strip():
        raise InvalidChange("subject", "Write a subject.")
    if not draft.body.strip():
        raise InvalidChange("body", "Write what is to be done.")
    me = actor.user_id or 0
    made: list[SideConversation] = []

    def act(change: TicketChange) -> None:
        first = CommentDraft(
            author_id=me, body=draft.body, html=draft.html, is_public=False,
            upload_ids=draft.upload_ids,
        )  # fmt: skip
        child = create_ticket(
            actor=actor,
            draft=TicketDraft(
                subject=draft.subject, comment=first, requester_id=me, submitter_id=me,
                group_id=draft.group_id, assignee_id=draft.assignee_id, channel=Channel.WEB,
                status=Status.OPEN if draft.assignee_id else Status.NEW,
            ),
        )  # fmt: skip
        link_tickets(
            actor=actor, source_id=change.ticket.pk, target_id=child.pk, kind=LinkKind.PARENT
        )
        made.append(_conversation(change, child, draft, reopens_ticket))

    act_on_ticket(actor=actor, ticket_id=ticket_id, act=act)
    return made[0]


def _conversation(
    change: TicketChange, child: Ticket, draft: ChildDraft, reopens_ticket: bool
) -> SideConversation:
    now, me = clock.now(), change.actor.user_id
    conversation = SideConversation.objects.create(
        ticket=change.ticket, kind=SideKind.CHILD_TICKET, child=child, subject=child.subject,
        preview=shortened(draft.body), reopens_ticket=reopens_ticket, created_by_id=me,
        created_at=now, state_updated_at=now, message_added_at=now,
    )  # fmt: skip
    SideEvent.objects.create(
        conversation=conversation, type=SideEventType.CREATE, user_id=me, created_at=now
    )
    change.add(EventType.SIDE_CREATED, value=said_of(conversation, ticket=child.pk))
    return conversation


def tell_parents(*, ticket_ids: Collection[int]) -> int:
    """Tell the parents of these tickets what became of them; returns how many were told.

    A child that is solved closes its side conversation, and its parent gets a note; one that is
    open again opens it. What was told already is not told again, so asking twice does no harm.
    """
    rows = SideConversation.objects.filter(
        child_id__in=ticket_ids, kind=SideKind.CHILD_TICKET
    ).select_related("child")
    stale = [row.pk for row in rows if row.child and _state_of(row.child) != row.state]
    for pk in stale:
        _tell_parent(pk)
    return len(stale)


def _state_of(child: Ticket) -> str:
    is_over = child.status in Status.done() or child.is_deleted
    return SideState.CLOSED if is_over else SideState.OPEN


@transaction.atomic
def _tell_parent(conversation_id: int) -> None:
    conversation = SideConversation.objects.select_related("ticket").get(pk=conversation_id)
    actor = system_actor("Side conversations", side_conversation=str(conversation.uuid))
    parent_id = final_ticket(conversation)
    policies.lock_visible_ticket(actor, parent_id, also_deleted=True)
    # The parent is locked: a second worker waits here, and finds that it was told.
    locked = SideConversation.objects.select_related("child__assignee", "created_by").get(
        pk=conversation_id
    )
    child = locked.child
    if child is None or _state_of(child) == locked.state:
        return
    parent = Ticket.objects.get(pk=parent_id)
    if parent.is_closed or parent.is_deleted:
        locked.state, locked.state_updated_at = _state_of(child), clock.now()
        locked.save(update_fields=["state", "state_updated_at"])
        return
    act_on_ticket(actor=actor, ticket_id=parent_id, act=lambda change: _tell(change, locked, child))


def _tell(change: TicketChange, conversation: SideConversation, child: Ticket) -> None:
    state = _state_of(child)
    set_state(change, conversation, state, ticket=child.pk)
    if state != SideState.CLOSED:
        return
    author = child.assignee or conversation.created_by
    if author:
        comment_within(change, _note(conversation, child, author), cause={})
    conversation.heard_at = conversation.message_added_at = clock.now()
    conversation.save(update_fields=["heard_at", "message_added_at"])
    if conversation.reopens_ticket:
        wake_within(change)


def _note(conversation: SideConversation, child: Ticket, author: User) -> CommentDraft:
    last = child.comments.order_by("-created_at", "-id").first()
    lines = [f"The child ticket #{child.pk} “{child.subject}” is solved."]
    if last and last.author_id != conversation.created_by_id:
        lines.append((last.reply_text or last.body)[:2000])
    text = "\n\n".join(lines)
    return CommentDraft(
        author_id=author.pk, body=text, html=from_text(text), is_public=False,
        channel=Channel.SYSTEM,
    )  # fmt: skip
