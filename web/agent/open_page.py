"""What a ticket page that is open fetches when it hears that something happened."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from macros.selectors.sla import timers_of
from tickets import policies
from tickets.models import Channel, Ticket
from tickets.selectors.timelines import Later, later_than
from web.access import SignedInRequest, workspace
from web.agent.conversation_window import Asked, asked_in, changed_entries
from web.agent.numbers import as_id
from web.agent.ticket_page import may_reply, page_of, timeline_for
from web.agent.timeline import Timeline

NOTHING = Later(is_only_words=False, changed=[])


@require_GET
@workspace()
def parts(request: SignedInRequest, number: int) -> HttpResponse:
    """The end of the conversation, properties and status as they are now, and the earlier messages
    that changed since the `version` the page shows; `since` leaves out what it has.

    Where people only talk, in a chat, it is what they said: their page asks at every word.
    """
    ticket = policies.visible_ticket(request.actor, number)
    wanted = asked_in(request)
    asked = Asked(only=wanted.only, since=wanted.since)
    version = as_id(request.GET.get("version", ""))
    later = later_than(ticket, version) if version else NOTHING
    if asked.since and later.is_only_words and ticket.channel == Channel.CHAT:
        said = timeline_for(ticket, request.actor, asked)
        if _is_talk(said, after=asked.since):
            return _said(request, ticket, said)
    page = page_of(ticket, request.actor, asked)
    changed = changed_entries(ticket, request.actor, page.timeline, later.changed)
    context = {"page": page, "ticket": ticket, "changed": changed}
    return render(request, "agent/tickets/_parts.html", context)


def _is_talk(timeline: Timeline, *, after: datetime) -> bool:
    """Words in the chat change neither properties nor recipients; a file is listed there, and what
    comes by another channel may have named other people.
    """
    new = [comment for comment in timeline.comments if comment.created_at > after]
    return bool(new) and all(
        comment.channel == Channel.CHAT and not comment.attachments.all() for comment in new
    )


def _said(request: SignedInRequest, ticket: Ticket, timeline: Timeline) -> HttpResponse:
    context = {
        "ticket": ticket, "timeline": timeline, "may_reply": may_reply(request.actor),
        "timers": timers_of(ticket),
    }  # fmt: skip
    return render(request, "agent/tickets/_said.html", context)
