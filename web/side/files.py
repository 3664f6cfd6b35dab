from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_GET

from tickets.selectors.side import visible_side_file
from web.access import SignedInRequest, workspace
from web.files import serve


@require_GET
@workspace()
def show(
    request: SignedInRequest, number: int, side_file_id: int, filename: str
) -> HttpResponseBase:
    """A file of a side conversation, for staff who see its ticket (attacks 17, 26 and 34)."""
    file = visible_side_file(request.actor, side_file_id)
    if file is None:
        raise Http404
    return serve(request, file)
