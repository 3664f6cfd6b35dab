"""Comments, attachments and audits as Zendesk's objects of those names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.shapes.times import stamp
from api.shapes.via import rule_source, via
from core.html import from_text
from tickets.models import Attachment, Audit, AuditEvent, Comment, EventType, Ticket


def comment_shapes(comments: Sequence[Comment], base: str) -> list[dict[str, Any]]:
    """Comments whose `attachments` are loaded; the audits they came with in one query."""
    events = AuditEvent.objects.filter(
        comment_id__in=[comment.pk for comment in comments], type=EventType.COMMENT
    )
    audits = dict(events.values_list("comment_id", "audit_id"))
    return [_comment(comment, audits.get(comment.pk), base) for comment in comments]


def _comment(comment: Comment, audit_id: int | None, base: str) -> dict[str, Any]:
    return {
        "id": comment.pk,
        "type": "Comment",
        "author_id": comment.author_id,
        "body": comment.body,
        "html_body": f'<div class="zd-comment">{comment.html or from_text(comment.body)}</div>',
        "plain_body": comment.body,
        "public": comment.is_public,
        "attachments": [attachment_shape(file, base) for file in comment.attachments.all()],
        "audit_id": audit_id,
        "via": via(comment.channel),
        "created_at": stamp(comment.created_at),
        "metadata": {"system": {}, "custom": {}},
        **_call(comment, base),
    }


def _call(comment: Comment, base: str) -> dict[str, Any]:
    """What makes it a VoiceComment: the call that it tells of; nothing for all others."""
    call = comment.metadata.get("call")
    if not isinstance(call, dict):
        return {}
    is_in = call.get("direction") == "inbound"
    theirs, ours = call.get("number") or None, call.get("ours") or None
    caller, called = (theirs, ours) if is_in else (ours, theirs)
    sounds = [f for f in comment.attachments.all() if f.content_type.startswith("audio/")]
    return {
        "type": "VoiceComment",
        "data": {
            "from": caller,
            "to": called,
            "call_duration": call.get("seconds", 0),
            "recording_url": attachment_shape(sounds[0], base)["content_url"] if sounds else None,
            "started_at": stamp(comment.created_at),
        },
        "formatted_from": caller,
        "formatted_to": called,
        "transcription_visible": False,
    }


def attachment_shape(file: Attachment, base: str) -> dict[str, Any]:
    return {
        "url": f"{base}/attachments/{file.pk}.json",
        "id": file.pk,
        "file_name": file.filename,
        "content_url": f"{base}/attachments/{file.pk}/content",
        "mapped_content_url": f"{base}/attachments/{file.pk}/content",
        "content_type": file.content_type,
        "size": file.size,
        "width": None,
        "height": None,
        "inline": file.is_inline,
        "deleted": False,
        "malware_access_override": False,
        "malware_scan_result": "not_scanned",
        "thumbnails": [],
    }


def audit_shapes(audits: Sequence[Audit], ticket: Ticket, base: str) -> list[dict[str, Any]]:
    """Audits whose events, their comments and attachments are loaded."""
    return [_audit(audit, ticket, base) for audit in audits]


def _audit(audit: Audit, ticket: Ticket, base: str) -> dict[str, Any]:
    return {
        "id": audit.pk,
        "ticket_id": ticket.pk,
        "created_at": stamp(audit.created_at),
        "author_id": audit.author_id or -1,  # Zendesk's number for the system
        "metadata": {"system": audit.metadata.get("system", {}), "custom": {}},
        "events": [_event(event, audit, base) for event in audit.events.all()],
        "via": via(audit.channel, rule_source(audit.cause)),
    }


def _event(event: AuditEvent, audit: Audit, base: str) -> dict[str, Any]:
    head: dict[str, Any] = {"id": event.pk, "type": event.type}
    if source := rule_source(event.cause):
        head["via"] = via("rule", source)
    if event.type == EventType.COMMENT and event.comment:
        return _comment(event.comment, audit.pk, base) | head
    match event.type:
        case EventType.CREATE | EventType.CHANGE:
            name = event.field_name.removeprefix("custom_fields_")
            head |= {"field_name": name, "value": event.value}
            if event.type == EventType.CHANGE:
                head["previous_value"] = event.previous_value
        case EventType.CC | EventType.FOLLOWER:
            head |= {"recipients": event.value, "previous_value": event.previous_value}
        case EventType.NOTIFICATION:
            head |= {"recipients": (event.value or {}).get("recipients", [])}
        case EventType.COMMENT_PRIVACY:
            head |= {"comment_id": event.comment_id, "public": event.value}
        case EventType.SATISFACTION:
            head |= {"score": event.value, "assignee_id": None}
        case _:
            head |= {"value": event.value}
    return head
