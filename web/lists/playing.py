"""Serve next: from a view, or from the ticket that was served, to the next one."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.roles import Permission
from macros.actions import end_serving, keep_serving, serve_next
from macros.models import ServedOutcome
from macros.routing.serving import Passed
from macros.selectors.serving import skips_of
from tickets import policies
from tickets.errors import TicketNotFound
from tickets.models import View
from tickets.selectors.views import visible_view
from web.access import SignedInRequest, workspace
from web.agent.lists import view_of
from web.agent.numbers import as_id
from web.live import presence

OUTCOMES = {
    "done": ServedOutcome.DONE, "skipped": ServedOutcome.SKIPPED, "left": ServedOutcome.LEFT,
}  # fmt: skip


@require_POST
@workspace(Permission.COMMENT_INTERNALLY)
def serve(request: SignedInRequest, view_id: int) -> HttpResponse:
    """The next ticket of the view. `number` is the one until now, `outcome` what came of it."""
    session = _session(request.POST.get("session", ""))
    _end(request)
    view = visible_view(request.actor, view_id)
    me = request.actor.user_id or 0

    def are_busy(ids: Collection[int]) -> set[int]:
        return {pk for pk, at in presence.present_at_many(ids).items() if at.viewing - {me}}

    served = serve_next(actor=request.actor, view_id=view.pk, session=session, are_busy=are_busy)
    if served.number is None:
        messages.info(request, _nothing_left(view, served.passed))
        return _go(request, reverse("view", args=[view.pk]))
    way = urlencode({"view": view.pk, "play": session})
    return _go(request, f"{reverse('ticket', args=[served.number])}?{way}")


@require_GET
@workspace(Permission.COMMENT_INTERNALLY)
def bar(request: SignedInRequest, number: int) -> HttpResponse:
    """The line above a served ticket: of which view, who has skipped it, skip, next, stop."""
    ticket = policies.visible_ticket(request.actor, number)
    view, session = view_of(request.actor, request.GET.get("view", "")), request.GET.get("play", "")
    if view is None:
        raise TicketNotFound(number)
    is_mine = keep_serving(
        actor=request.actor, number=number, view_id=view.pk, session=_session(session)
    )
    context = {
        "ticket": ticket, "view": view, "session": session, "is_mine": is_mine,
        "skips": skips_of(ticket),
        "reasons": [_("Needs somebody else"), _("Waits for something"), _("Not enough time now")],
    }  # fmt: skip
    return render(request, "agent/views/_play.html", context)


@require_POST
@workspace(Permission.COMMENT_INTERNALLY)
def hold(request: SignedInRequest, number: int) -> HttpResponse:
    """A sign of life of the page, or (`outcome`) that it lets go."""
    if request.POST.get("outcome"):
        _end(request)
        return HttpResponse(status=204)
    is_mine = keep_serving(
        actor=request.actor, number=number, session=_session(request.POST.get("session", "")),
        view_id=as_id(request.POST.get("view", "")) or 0,
    )  # fmt: skip
    return HttpResponse(status=204 if is_mine else 409)


def _end(request: SignedInRequest) -> None:
    number = as_id(request.POST.get("number", ""))
    outcome = OUTCOMES.get(request.POST.get("outcome", ""))
    if number is not None and outcome is not None:
        reason = request.POST.get("reason", "") or request.POST.get("words", "")
        end_serving(actor=request.actor, number=number, outcome=outcome, reason=reason)


def _session(text: str) -> str:
    """The stretch that the page names, or a new one."""
    is_one = text.isascii() and text.replace("-", "").replace("_", "").isalnum()
    return text[:32] if is_one else secrets.token_urlsafe(12)


def _go(request: SignedInRequest, url: str) -> HttpResponse:
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"url": url})
    return redirect(url)


def _nothing_left(view: View, passed: Passed) -> str:
    title = view.title.replace("::", " · ")
    words = [_("Nothing is left for you in “%(title)s”.") % {"title": title}]
    if passed.unskilled:
        sentence = ngettext(
            "%(n)s ticket needs a skill you do not have (%(skills)s).",
            "%(n)s tickets need skills you do not have (%(skills)s).", passed.unskilled,
        )  # fmt: skip
        words.append(sentence % {"n": passed.unskilled, "skills": ", ".join(sorted(passed.skills))})
    if passed.busy:
        sentence = ngettext(
            "Somebody is looking at %(n)s other ticket.",
            "Somebody is looking at %(n)s other tickets.", passed.busy,
        )  # fmt: skip
        words.append(sentence % {"n": passed.busy})
    return " ".join(words)
