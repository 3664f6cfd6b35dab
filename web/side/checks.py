"""Looking over a side message before it leaves."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from tickets.reply_check import check
from tickets.side_policies import require_ticket
from web.access import SignedInRequest, workspace
from web.reply_check.gathering import side_reply_in
from web.reply_check.pages import shown_findings
from web.side.forms import typed_in


@require_POST
@workspace(Permission.COMMENT_INTERNALLY)
def check_message(request: SignedInRequest, number: int) -> HttpResponse:
    """What is doubtful about the form, as of a reply; nothing is kept."""
    ticket = require_ticket(request.actor, number)
    reply = side_reply_in(request.POST, ticket, request.user, typed_in(request.POST))
    return shown_findings(request, ticket, reply, check(reply), place="side")
