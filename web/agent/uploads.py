"""Files that are attached while somebody writes. They wait for the submit that takes them along."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from tickets.actions import discard_upload, keep_upload
from tickets.errors import InvalidChange
from web.access import SignedInRequest, workspace


@require_POST
@workspace(Permission.COMMENT_INTERNALLY)
def create(request: SignedInRequest) -> HttpResponse:
    """Keep one file (`file`) and answer with its id, name and size."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": _("There is no file in this request.")}, status=422)
    try:
        upload = keep_upload(actor=request.actor, file=file, filename=file.name or "")
    except InvalidChange as error:
        return JsonResponse({"error": str(error)}, status=413)
    kept = {"id": upload.pk, "name": upload.filename, "size": upload.size}
    return JsonResponse(kept, status=201)


@require_http_methods(["DELETE"])
@workspace(Permission.COMMENT_INTERNALLY)
def discard(request: SignedInRequest, upload_id: int) -> HttpResponse:
    """Take one's own waiting file back; another person's is left alone without a word."""
    discard_upload(actor=request.actor, upload_id=upload_id)
    return HttpResponse(status=204)
