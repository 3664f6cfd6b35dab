"""Files that are attached while somebody writes. They wait for the submit that takes them along."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from tickets.actions import discard_upload, keep_upload
from tickets.errors import InvalidChange
from tickets.selectors.files import visible_attachment
from web.access import SignedInRequest, workspace
from web.files import serve


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


@require_http_methods(["GET", "DELETE"])
@workspace(Permission.COMMENT_INTERNALLY)
def upload(request: SignedInRequest, upload_id: int) -> HttpResponseBase:
    """One's own waiting file: shown in the text it was put into, or taken back.

    Another person's does not exist, and is left alone without a word.
    """
    if request.method == "GET":
        file = visible_attachment(request.actor, upload_id)
        if file is None:
            raise Http404
        return serve(request, file)
    discard_upload(actor=request.actor, upload_id=upload_id)
    return HttpResponse(status=204)
