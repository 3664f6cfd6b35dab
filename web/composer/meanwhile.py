"""What others wrote on a ticket while somebody was writing an answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.roles import Permission
from tickets import policies
from tickets.errors import WrittenMeanwhile
from tickets.models import Comment
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.errors import answer

SHOWN = 5
EXCERPT = 1200  # letters


@dataclass(frozen=True, slots=True)
class Missed:
    """A message the writer has not read yet."""

    comment: Comment
    text: str
    tone: str

    @property
    def is_cut(self) -> bool:
        return len(self.text) >= EXCERPT


@require_GET
@workspace(Permission.COMMENT_INTERNALLY)
def meanwhile(request: SignedInRequest, number: int) -> HttpResponse:
    """Messages of others after `seen`: a notice, or nothing but the newest one's number."""
    ticket = policies.visible_ticket(request.actor, number)
    seen = as_id(request.GET.get("seen", "")) or 0
    comments = ticket.comments.written_after(seen, by_others_than=request.actor.user_id)
    found = list(comments.select_related("author").order_by("id"))
    return _render(request, found, seen, is_submit=False)


def explain_meanwhile(
    request: HttpRequest, error: WrittenMeanwhile, *, seen: int | None
) -> HttpResponse:
    """The answer to a submit that was stopped; the text stays in the form."""
    if not request.headers.get("HX-Request"):
        return answer(request, 409, message=str(error))
    comments = Comment.objects.filter(pk__in=error.comment_ids).select_related("author")
    found = list(comments.order_by("id"))
    response = _render(request, found, seen or 0, is_submit=True)
    response["HX-Trigger"] = "ticket-saved"
    return response


def _render(
    request: HttpRequest, found: Sequence[Comment], seen: int, *, is_submit: bool
) -> HttpResponse:
    context = {
        "missed": [_missed(comment) for comment in found[-SHOWN:]],
        "more": max(len(found) - SHOWN, 0),
        "latest": found[-1].pk if found else seen,
        "is_submit": is_submit,
    }
    status = 409 if is_submit else 200
    return render(request, "agent/composer/_meanwhile.html", context, status=status)


def _missed(comment: Comment) -> Missed:
    tone = "agent" if comment.is_from_agent else "customer"
    text = comment.reply_text or comment.body
    return Missed(comment, text[:EXCERPT], tone if comment.is_public else "note")
