"""Stopping a side message that has not left."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from core.html import from_text
from tickets import policies
from tickets.actions.acting import act_on_ticket
from tickets.actions.comments import shortened
from tickets.actions.reply_drafts import DraftContent, put_before_draft
from tickets.actions.side.files import give_back
from tickets.actions.side.writing import said_of
from tickets.changes import TicketChange
from tickets.draft_places import SIDE_MAIL, side_place
from tickets.errors import AlreadyLeft, SideConversationNotFound
from tickets.models import (
    Delivery,
    DeliveryState,
    EventType,
    SideConversation,
    SideMessage,
    SideParticipant,
)
from tickets.side_policies import final_ticket, visible_side_conversation


@dataclass(frozen=True, slots=True)
class SideTakenBack:
    """Where the text is now: in the actor's draft on this ticket, in this place of it.

    `uuid` is None when the conversation was to begin with it: nobody has heard of that.
    """

    ticket_id: int
    uuid: UUID | None


@transaction.atomic
def take_back_side_message(*, actor: Actor, uuid: UUID, message_id: int) -> SideTakenBack:
    """Stop a side message; its text, people and files become the actor's draft.

    Nobody has received it, so nothing of it stays: neither the message nor a conversation that was
    begun with it. The ticket's history says that both happened.

    Raises SideConversationNotFound, NotPermitted, TicketClosed, AlreadyLeft.
    """
    policies.require(actor, Permission.REPLY_PUBLICLY)
    conversation = visible_side_conversation(actor, uuid)
    ticket_id = final_ticket(conversation)
    is_first: list[bool] = []

    def act(change: TicketChange) -> None:
        locked = SideConversation.objects.select_for_update().get(pk=conversation.pk)
        message = _waiting(locked, message_id)
        is_first.append(not locked.messages.exclude(pk=message.pk).exists())
        _keep_as_draft(actor, ticket_id, locked, message, is_first[0])
        change.add(EventType.SIDE_TAKEN_BACK, value=said_of(locked))
        if is_first[0]:
            locked.delete()
        else:
            message.delete()  # with its event and its deliveries
            _show_latest(locked)

    act_on_ticket(actor=actor, ticket_id=ticket_id, act=act)
    return SideTakenBack(ticket_id, None if is_first[0] else uuid)


def _waiting(conversation: SideConversation, message_id: int) -> SideMessage:
    """The message, locked with its deliveries, while none of them is taken by a worker."""
    rows = SideMessage.objects.select_for_update().filter(conversation=conversation, is_ours=True)
    message = rows.filter(pk=message_id).first()
    if message is None:
        raise SideConversationNotFound(conversation.uuid)
    deliveries = list(Delivery.objects.select_for_update().filter(side_message=message))
    if message.send_at is None or message.send_at <= clock.now():
        raise AlreadyLeft
    if any(row.state != DeliveryState.QUEUED for row in deliveries):
        raise AlreadyLeft
    return message


def _keep_as_draft(
    actor: Actor, ticket_id: int, conversation: SideConversation, message: SideMessage, is_new: bool
) -> None:
    html = message.html or from_text(message.body)
    uploads = []
    for file, upload in give_back(message, actor):
        html = html.replace(f' data-cid="{file.content_id}"', f' data-cid="upload-{upload.pk}"')
        uploads.append(
            {"id": upload.pk, "name": upload.filename, "size": upload.size,
             "isInline": upload.is_inline}
        )  # fmt: skip
    people = SideParticipant.objects.filter(conversation=conversation).select_related("user")
    names = {row.address: row.user.display_name for row in people}
    to = [[address, names.get(address, "")] for address in message.metadata.get("to", [])]
    fields = {"to": to, **({"subject": conversation.subject} if is_new else {})}
    put_before_draft(
        actor=actor, ticket_id=ticket_id,
        place=SIDE_MAIL if is_new else side_place(conversation.uuid),
        content=DraftContent(html=html, extras={"uploads": uploads, "fields": fields}),
    )  # fmt: skip


def _show_latest(conversation: SideConversation) -> None:
    """What lists show of the conversation, as before the message."""
    last = conversation.messages.order_by("-created_at", "-id")[0]
    conversation.preview = shortened(last.reply_text or last.body)
    conversation.message_added_at = last.created_at
    conversation.save(update_fields=["preview", "message_added_at"])
