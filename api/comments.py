"""What was said and done on a ticket: comments, audits, attachments."""

from __future__ import annotations

from django.http import FileResponse, Http404
from rest_framework.request import Request
from rest_framework.response import Response

from api.doors import actor_of, base_of, staff_of
from api.pagination import paginated
from api.shapes.comments import attachment_shape, audit_shapes, comment_shapes
from core.storage import blobs
from tickets.models import Attachment
from tickets.policies import visible_ticket
from tickets.selectors.conversations import visible_audits, visible_comments
from tickets.selectors.files import visible_attachment

_SORTS = {"created_at": "created_at"}


def index(request: Request, ticket_id: int) -> Response:
    actor = actor_of(request)
    comments = visible_comments(visible_ticket(actor, ticket_id), actor)
    return paginated(
        request, comments, name="comments", sorts=_SORTS, default="created_at",
        render=lambda rows: comment_shapes(rows, base_of(request)),
    )  # fmt: skip


def audits(request: Request, ticket_id: int) -> Response:
    actor = staff_of(request)
    ticket = visible_ticket(actor, ticket_id)
    return paginated(
        request, visible_audits(ticket, actor), name="audits", sorts=_SORTS, default="created_at",
        render=lambda rows: audit_shapes(rows, ticket, base_of(request)),
    )  # fmt: skip


def _file(request: Request, attachment_id: int) -> Attachment:
    if file := visible_attachment(actor_of(request), attachment_id):
        return file
    raise Http404


def attachment(request: Request, attachment_id: int) -> Response:
    file = _file(request, attachment_id)
    return Response({"attachment": attachment_shape(file, base_of(request))})


def attachment_content(request: Request, attachment_id: int) -> FileResponse:
    """The bytes, always as a download: a browser shall run nothing of it (attack 17)."""
    file = _file(request, attachment_id)
    response = FileResponse(
        blobs.open_blob(file.key), as_attachment=True, filename=file.filename,
        content_type="application/octet-stream",
    )  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
