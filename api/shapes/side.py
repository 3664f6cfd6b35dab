"""Side conversations and their events as Zendesk's objects of those names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from api.shapes.times import stamp
from core.html import from_text
from tickets.models import SideAttachment, SideConversation, SideEvent, SideMessage, SideParticipant


def side_shape(
    side: SideConversation, people: Sequence[SideParticipant], base: str
) -> dict[str, Any]:
    return {
        "id": str(side.uuid),
        "url": f"{base}/tickets/{side.ticket_id}/side_conversations/{side.uuid}.json",
        "ticket_id": side.ticket_id,
        "subject": side.subject,
        "preview_text": side.preview,
        "participants": [_person(row.user, row.address) for row in people],
        "state": side.state,
        "kind": side.kind,
        "child_ticket_id": side.child_id,
        "reopens_ticket": side.reopens_ticket,
        "external_ids": side.external_ids,
        "created_at": stamp(side.created_at),
        "updated_at": stamp(max(side.message_added_at, side.state_updated_at)),
        "state_updated_at": stamp(side.state_updated_at),
        "message_added_at": stamp(side.message_added_at),
    }


def event_shape(event: SideEvent, side: SideConversation, base: str) -> dict[str, Any]:
    message = event.message
    return {
        "id": str(event.pk),
        "side_conversation_id": str(side.uuid),
        "ticket_id": side.ticket_id,
        "type": event.type,
        "via": "email" if message and not message.is_ours else "support",
        "actor": _person(event.user, event.user.email or "") if event.user else None,
        "message": _message(message) if message else None,
        "updates": event.updates,
        "created_at": stamp(event.created_at),
    }


def _message(message: SideMessage) -> dict[str, Any]:
    sent_to = message.metadata.get("to", [])
    return {
        "subject": message.conversation.subject,
        "preview_text": message.reply_text[:200],
        "from": _person(message.author, message.author.email or ""),
        "to": [{"user_id": None, "name": "", "email": address} for address in sent_to],
        "body": message.body,
        "html_body": message.html or from_text(message.body),
        "external_ids": {},
        "flags": message.flags,
        "attachments": [_attachment(file) for file in message.attachments.all()],
    }


def _attachment(file: SideAttachment) -> dict[str, Any]:
    return {
        "id": str(file.pk),
        "file_name": file.filename,
        "size": file.size,
        "content_type": file.content_type,
        "inline": file.is_inline,
    }


def _person(user: User, address: str) -> dict[str, Any]:
    return {"user_id": user.pk, "name": user.display_name, "email": address}
