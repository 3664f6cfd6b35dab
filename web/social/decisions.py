"""What people decide about a post with one click: each verb a resource, each answer its card."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from channels_in.actions import stream as actions
from channels_in.actions.stream import PostGone
from channels_in.stream_selectors import stream_post
from tickets.errors import InvalidChange, TicketError
from web.access import SignedInRequest, workspace
from web.social.cards import card_of


@require_POST
@workspace(Permission.EDIT_TICKETS)
def ticket(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Make a ticket of a post."""
    return _decide(request, post_id, actions.make_ticket, _("A ticket was made of the post."))


@require_POST
@workspace(Permission.EDIT_TICKETS)
def alone(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Nobody has to look at it."""
    return _decide(request, post_id, actions.leave_alone, _("The post is left alone."))


@require_POST
@workspace(Permission.EDIT_TICKETS)
def back(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Undo what was decided."""
    return _decide(request, post_id, actions.put_back, _("The post waits again."))


@require_POST
@workspace(Permission.REPLY_PUBLICLY)
def like(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Like it on its network."""
    return _decide(request, post_id, actions.like_post, _("The like is on its way."))


@require_POST
@workspace(Permission.REPLY_PUBLICLY)
def answer(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Answer in public; what is refused keeps its text (422)."""
    text = request.POST.get("text", "").replace("\0", "")
    try:
        actions.answer_post(actor=request.actor, post_id=post_id, text=text)
    except PostGone as error:
        raise Http404 from error
    except InvalidChange as error:
        return _card(request, post_id, answer=text, error=str(error))
    return _done(request, post_id, _("The answer is on its way."))


def _decide(
    request: SignedInRequest, post_id: int, decide: Callable[..., object], words: str
) -> HttpResponse:
    try:
        decide(actor=request.actor, post_id=post_id)
    except PostGone as error:
        raise Http404 from error
    except TicketError as error:
        return _card(request, post_id, error=str(error))
    return _done(request, post_id, words)


def _done(request: SignedInRequest, post_id: int, words: str) -> HttpResponse:
    if request.htmx:
        return _card(request, post_id, status=200)
    messages.success(request, words)
    return redirect("social:index")


def _card(
    request: SignedInRequest, post_id: int, *, answer: str = "", error: str = "", status: int = 422
) -> HttpResponse:
    try:
        post = stream_post(request.actor, post_id)
    except PostGone as gone:
        raise Http404 from gone
    card = card_of(request.actor, post, answer=answer, error=error)
    template = "social/_card.html" if request.htmx else "social/show.html"
    return render(request, template, {"card": card}, status=status)
