"""Out of sight and back, from the ticket: continue in private, close the loop, change a reply."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from channels_in.actions.stream import change_reply, close_loop, continue_in_private
from channels_in.actions.stream.privacy import PrivateWay, private_ways, public_post_of
from channels_in.models import StreamPost
from channels_in.networks.limits import capabilities_of
from channels_in.stream_selectors import reply_on_network, rules_of
from tickets.errors import InvalidChange, TicketError
from tickets.models import Channel, Status, Ticket
from tickets.policies import visible_ticket
from web.access import SignedInRequest, workspace
from web.social.words import reach_of


@require_safe
@workspace()
def strip(request: SignedInRequest, number: int) -> HttpResponse:
    """One line above the conversation of a ticket that began in public; 204 for others."""
    ticket = visible_ticket(request.actor, number)
    post = public_post_of(ticket)
    if post is None:
        return HttpResponse(status=204)
    context = {
        "ticket": ticket,
        "post": post,
        "reach": reach_of(post.followers),
        "is_done": ticket.status in Status.done(),
        "may_answer": request.actor.can(Permission.REPLY_PUBLICLY) and not ticket.is_closed,
    }
    return render(request, "social/_strip.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace(Permission.REPLY_PUBLICLY)
def go_private(request: SignedInRequest, number: int) -> HttpResponse:
    """Go on by direct message or mail; nobody is asked for an address that is known."""
    ticket = visible_ticket(request.actor, number)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            continue_in_private(
                actor=request.actor,
                ticket_id=number,
                channel=request.POST.get("channel", ""),
                text=request.POST.get("text", "").replace("\0", ""),
                public_text=request.POST.get("public_text", "").replace("\0", ""),
            )
        except InvalidChange as error:
            errors = {error.field: str(error)}
        else:
            messages.success(request, _("The talk goes on in private. Close the loop when done."))
            return redirect("ticket", number)
    return _form(request, ticket, "social/private.html", errors)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace(Permission.REPLY_PUBLICLY)
def close(request: SignedInRequest, number: int) -> HttpResponse:
    """Tell the public how it ended, or say that nothing has to be told."""
    ticket = visible_ticket(request.actor, number)
    errors: dict[str, str] = {}
    if request.method == "POST":
        is_quiet = request.POST.get("quiet") == "1"
        text = "" if is_quiet else request.POST.get("text", "").replace("\0", "")
        try:
            if not is_quiet and not text.strip():
                raise InvalidChange("text", _("Write what the public may know."))
            close_loop(actor=request.actor, ticket_id=number, text=text)
        except InvalidChange as error:
            errors = {error.field: str(error)}
        else:
            return redirect("ticket", number)
    return _form(request, ticket, "social/loop.html", errors)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace(Permission.REPLY_PUBLICLY)
def reply(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Edit a reply of ours on its network, or take it down there."""
    try:
        comment, delivery = reply_on_network(request.actor, comment_id)
    except TicketError as error:
        raise Http404 from error
    errors = _change(request, comment_id) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        messages.success(request, _("The network is asked to change it."))
        return redirect("ticket", comment.ticket_id)
    context = {
        "comment": comment,
        "delivery": delivery,
        "capabilities": capabilities_of(delivery.channel),
        "network": Channel(delivery.channel).label,
        "counts": capabilities_of(delivery.channel).counts.__name__,
        "errors": errors,
        "text": request.POST.get("text", comment.body),
    }
    return render(request, "social/reply.html", context, status=422 if errors else 200)


def _change(request: SignedInRequest, comment_id: int) -> dict[str, str]:
    """What is wrong with the change, by field; empty when it is on its way."""
    is_removal = request.POST.get("removal") == "1"
    text = None if is_removal else request.POST.get("text", "").replace("\0", "").strip()
    try:
        if text == "":
            raise InvalidChange("text", _("Write the text, or take the reply down."))
        change_reply(actor=request.actor, comment_id=comment_id, text=text)
    except TicketError as error:
        return {"text": str(error)}
    return {}


def _form(
    request: SignedInRequest, ticket: Ticket, template: str, errors: dict[str, str]
) -> HttpResponse:
    post = public_post_of(ticket)
    if post is None:
        raise Http404
    capabilities = capabilities_of(post.channel)
    ways = private_ways(ticket)
    context = {
        "ticket": ticket,
        "post": post,
        "network": Channel(post.channel).label,
        "ways": [(way, _way_words(way, post)) for way in ways],
        "chosen": request.POST.get("channel") or (ways[0].channel if ways else ""),
        "limit": capabilities.length_limit,
        "counts": capabilities.counts.__name__,
        "private": capabilities.private,
        "private_counts": capabilities.of(is_private=True).counts.__name__,
        "errors": errors,
        "given": request.POST,
        "first_answer": rules_of(post.account).first_answer,
    }
    return render(request, template, context, status=422 if errors else 200)


def _way_words(way: PrivateWay, post: StreamPost) -> str:
    return _("Direct message") if way.channel == post.channel else _("E-mail")
