"""Attachments, served only to those who may see the comment they belong to (attacks 17–19, 26)."""

from __future__ import annotations

from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from accounts.actor import actor_for
from accounts.models import User
from channels_in.email.sending.files import read_link
from core.storage import blobs
from tickets.models import Attachment, SideAttachment
from tickets.selectors.files import visible_attachment
from web.access import SignedInRequest, signed_in
from web.file_streams import read, read_async


@require_GET
@signed_in
def show(request: SignedInRequest, attachment_id: int, filename: str) -> HttpResponseBase:
    """The bytes of an attachment. The name in the address is for people; the id decides.

    Only the four kinds of raster images may be shown in place. Everything else is saved, never
    opened, and whatever a browser makes of it, it does in a sandbox without any rights.
    """
    attachment = visible_attachment(request.actor, attachment_id)
    if attachment is None:
        raise Http404
    return serve(request, attachment)


@require_GET
def shared(request: HttpRequest, file_token: str, filename: str) -> HttpResponseBase:
    """A file by a link of a mail, for the person whom it was sent to, until it ends.

    It stops sooner when that person may no longer read the comment the file belongs to.
    """
    numbers = read_link(file_token)
    person = _holder(numbers[1]) if numbers else None
    attachment = visible_attachment(actor_for(person), numbers[0]) if numbers and person else None
    if attachment is None:
        raise Http404
    response = serve(request, attachment)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


def _holder(user_id: int) -> User | None:
    """Whom a link was given to, or who they were merged into; nobody while they are suspended."""
    found = User.objects.select_related("merged_into").filter(pk=user_id).first()
    person = found.merged_into or found if found else None
    return person if person and person.may_sign_in else None


def serve(request: HttpRequest, attachment: Attachment | SideAttachment) -> HttpResponseBase:
    """The bytes, for somebody who may have them: pictures in place, the rest to be saved."""
    try:
        blob = blobs.open_blob(attachment.key)
    except FileNotFoundError as error:
        raise Http404 from error
    chunks = read_async(blob) if isinstance(request, ASGIRequest) else read(blob)
    response = StreamingHttpResponse(chunks, content_type=_safe_type(attachment))
    response["Content-Length"] = str(attachment.size)
    disposition = content_disposition_header(
        as_attachment=not attachment.is_image, filename=attachment.filename
    )
    return kept_safe(response, disposition or "attachment")


def kept_safe(response: HttpResponseBase, disposition: str) -> HttpResponseBase:
    """What every answer with bytes of a stranger says to the browser."""
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _safe_type(attachment: Attachment | SideAttachment) -> str:
    """Images by their name, the rest as bytes without meaning: no page, no script, no style."""
    return attachment.content_type if attachment.is_image else "application/octet-stream"
