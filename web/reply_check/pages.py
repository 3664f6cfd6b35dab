from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from tickets import policies
from tickets.models import Ticket
from tickets.reply_check import Finding, Reply, check
from web.access import SignedInRequest, workspace
from web.reply_check.gathering import reply_in


@require_POST
@workspace(Permission.COMMENT_INTERNALLY)
def check_reply(request: SignedInRequest, number: int) -> HttpResponse:
    """The composer's form, looked over: what is doubtful about it, or nothing at all.

    Nothing is kept. What may be sent is decided elsewhere: this only speaks up.
    """
    ticket = policies.visible_ticket(request.actor, number)
    reply = reply_in(request.POST, ticket, request.actor, request.user)
    return shown_findings(request, ticket, reply, check(reply))


def shown_findings(
    request: SignedInRequest,
    ticket: Ticket,
    reply: Reply,
    findings: Sequence[Finding],
    place: str = "",
) -> HttpResponse:
    """`place` keeps the ids of two forms on one page apart."""
    context = {
        "findings": [(finding, _excerpt(reply.text, finding)) for finding in findings],
        "is_public": reply.is_public,
        "ticket": ticket,
        "place": place,
    }
    return render(request, "agent/reply_check/_findings.html", context)


def _excerpt(text: str, finding: Finding) -> str:
    """The words that a finding is about, on their first line, so that the editor finds them."""
    span = finding.span
    return text[span.start : span.end].strip().split("\n")[0][:200] if span else ""
