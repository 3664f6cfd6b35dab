from __future__ import annotations

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from core.storage import blobs
from tickets.selectors.files import visible_attachment
from web.access import SignedInRequest
from web.portal.access import customers_only


@require_safe
@customers_only
def show(request: SignedInRequest, number: int, file_id: int) -> FileResponse:
    """A file of a public comment: pictures are shown, everything else is downloaded (attack 17)."""
    file = visible_attachment(request.actor, file_id)
    if file is None or file.comment is None or file.comment.ticket_id != number:
        raise Http404
    try:
        blob = blobs.open_blob(file.key)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        blob, as_attachment=not file.is_image, filename=file.filename,
        content_type=file.content_type if file.is_image else "application/octet-stream",
    )  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
