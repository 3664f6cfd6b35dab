from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from tickets.selectors.side import side_rows
from tickets.side_policies import require_ticket
from web.access import SignedInRequest, workspace


@require_GET
@workspace()
def count(request: SignedInRequest, number: int) -> HttpResponse:
    """How many side conversations there are, open ones, and ones with something unread."""
    rows = side_rows(require_ticket(request.actor, number), request.actor)
    unread = sum(row.is_unread for row in rows)
    is_open = sum(row.conversation.is_open for row in rows)
    return JsonResponse({"all": len(rows), "open": is_open, "unread": unread})
