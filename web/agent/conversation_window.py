"""Which part of a conversation a page shows: what was asked for, or where the reader left off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest

from accounts.actor import Actor
from tickets.errors import CommentNotFound
from tickets.models import Ticket, TicketField
from tickets.selectors.read_marks import read_mark_of
from tickets.selectors.timelines import (
    BEFORE_UNREAD,
    EVERYTHING,
    SHOWN,
    Window,
    comments_with_parts,
    first_comment_id,
    first_unread,
    latest_window,
    whole_conversation,
    window_after,
    window_around,
    window_before,
    window_since,
)
from web.agent.numbers import as_id
from web.agent.timeline import Entry, Timeline, message_entries, timeline_of

COOKIE = "conversation"  # what the reader wants to see, kept by the page
INSTANT = len("YYYYmmddHHMMSSffffff")


@dataclass(frozen=True, slots=True)
class Asked:
    """Part of a conversation: around, before or after a comment, from an instant on, its beginning,
    all of it, or with nothing set its end. `only`: see tickets.selectors.timelines.
    """

    around: int | None = None
    before: int | None = None
    after: int | None = None
    since: datetime | None = None
    is_first: bool = False
    is_whole: bool = False
    is_visit: bool = False  # begins where the reader left off, when nothing else is asked for
    only: str = EVERYTHING


LATEST = Asked()


def asked_in(request: HttpRequest, *, is_visit: bool = False) -> Asked:
    """What the address asks for. A message that a link names is shown whatever is left out."""
    query = request.GET
    around = as_id(query.get("comment", ""))
    only = query.get("only", EVERYTHING if around else request.COOKIES.get(COOKIE, EVERYTHING))
    return Asked(
        around=around, before=as_id(query.get("before", "")), after=as_id(query.get("after", "")),
        since=instant_of(query.get("since", "")), is_first=query.get("at") == "first",
        is_whole="all" in query, is_visit=is_visit,
        only=only if only in SHOWN else EVERYTHING,
    )  # fmt: skip


def instant_of(order: str) -> datetime | None:
    """When the entry was made that a page shows at this `Entry.order`."""
    try:
        return datetime.strptime(order[:INSTANT], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)
    except ValueError:
        return None


def asked_timeline(
    ticket: Ticket,
    actor: Actor,
    fields: Sequence[TicketField],
    groups: Mapping[int, str],
    asked: Asked,
) -> Timeline:
    """The part that is asked for; its end where the comment that it names is not there (any more).

    The number of queries depends neither on the length of the conversation nor on the part.
    """
    unread = None
    if asked.is_visit and (mark := read_mark_of(actor, ticket)):
        unread = first_unread(ticket, actor, mark.read_until)
    unread_id = unread.pk if unread else None
    try:
        window = _window(ticket, actor, asked, unread_id)
    except CommentNotFound:
        window = latest_window(ticket, actor, only=asked.only)
    return timeline_of(
        ticket, actor, fields, groups, window, only=asked.only, unread_id=unread_id,
        asked_id=asked.around,
    )  # fmt: skip


def _window(ticket: Ticket, actor: Actor, asked: Asked, unread_id: int | None) -> Window:
    only = asked.only
    if asked.is_whole:
        return whole_conversation(ticket, actor)
    if asked.before:
        return window_before(ticket, actor, asked.before, only=only)
    if asked.after:
        return window_after(ticket, actor, asked.after, only=only)
    if asked.since:
        return window_since(ticket, actor, asked.since, only=only)
    around = first_comment_id(ticket, actor) if asked.is_first else asked.around
    if around:
        return window_around(ticket, actor, around, only=only)
    if unread_id:
        return window_around(ticket, actor, unread_id, only=only, before=BEFORE_UNREAD)
    return latest_window(ticket, actor, only=only)


def changed_entries(
    ticket: Ticket, actor: Actor, timeline: Timeline, changed: Sequence[int]
) -> list[Entry]:
    """Those of the `changed` messages that stand before the timeline's."""
    shown = {comment.pk for comment in timeline.comments}
    earlier = [pk for pk in changed if pk not in shown]
    return message_entries(ticket, comments_with_parts(ticket, actor, earlier)) if earlier else []
