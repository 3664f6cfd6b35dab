"""A conversation for a page: a window of its messages and the events between them, in few queries.

However long a conversation is, a page reads at most a window of comments and EVENTS events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, prefetch_related_objects

from accounts.actor import Actor
from tickets import policies
from tickets.errors import CommentNotFound
from tickets.models import Attachment, Audit, AuditEvent, Comment, Delivery, EventType, Ticket
from tickets.models.comment import CommentQuerySet

WINDOW = 40  # messages that a page begins with, and that it is given more of at a time
BEFORE_UNREAD = 8  # of those that were read already: what the new ones answer
CLOCKS = timedelta(seconds=2)  # by which those of several machines may differ
EVENTS = 150  # of the history between the messages of a window
WHOLE = 5_000  # messages of "the whole conversation", for print
EVERYTHING, MESSAGES, PUBLIC, NOTES = "", "messages", "public", "notes"
SHOWN = (EVERYTHING, MESSAGES, PUBLIC, NOTES)
_SAID_ELSEWHERE = (EventType.COMMENT, EventType.CREATE)  # the message itself says it


@dataclass(frozen=True, slots=True)
class Window:
    """Comments in order of writing, with author, attachments and deliveries.

    `later_at`: when the first message beyond its end was written; None where it is the last.
    """

    comments: Sequence[Comment]
    has_earlier: bool = False
    later_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Events:
    """Audits, oldest first, each with those of its events that say more than that a comment was
    written; `is_cut`: the oldest of them were left out.
    """

    submits: Sequence[tuple[Audit, list[AuditEvent]]]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """What submits did: nothing but add comments, or `changed` some that stood there (redacted,
    hidden, held back …), at most a window of them.
    """

    is_only_words: bool
    changed: list[int]


def latest_window(ticket: Ticket, actor: Actor, *, only: str = "", size: int = WINDOW) -> Window:
    """The end of the conversation: three queries."""
    rows = list(_latest_first(_comments(ticket, actor, only))[: size + 1])
    return _window(rows[:size][::-1], has_earlier=len(rows) > size)


def window_before(
    ticket: Ticket, actor: Actor, comment_id: int, *, only: str = "", size: int = WINDOW
) -> Window:
    """The messages that end before a comment: four queries. Raises CommentNotFound."""
    place = _place(ticket, comment_id)
    rows = list(_latest_first(_comments(ticket, actor, only).filter(_before(place)))[: size + 1])
    return _window(rows[:size][::-1], has_earlier=len(rows) > size, later_at=place[0])


def window_after(
    ticket: Ticket, actor: Actor, comment_id: int, *, only: str = "", size: int = WINDOW
) -> Window:
    """The messages that begin after a comment: four queries. Raises CommentNotFound."""
    place = _place(ticket, comment_id)
    rows = list(_comments(ticket, actor, only).filter(_after(place)).in_order()[: size + 1])
    return _window(rows[:size], has_earlier=True, later_at=_beyond(rows, size))


def window_since(
    ticket: Ticket, actor: Actor, since: datetime, *, only: str = "", size: int = WINDOW
) -> Window:
    """The messages from an instant on, and those of CLOCKS before it: three queries.

    The end alone, where they are too many.
    """
    comments = _comments(ticket, actor, only).filter(created_at__gte=since - CLOCKS)
    rows = list(comments.in_order()[: size + 1])
    if len(rows) > size:
        return latest_window(ticket, actor, only=only, size=size)
    return _window(rows, has_earlier=True)


def window_around(
    ticket: Ticket,
    actor: Actor,
    comment_id: int,
    *,
    only: str = "",
    size: int = WINDOW,
    before: int = WINDOW // 2,
) -> Window:
    """A window with a comment in it, and up to `before` messages before it: five queries.

    Near an end of the conversation the other side gets more. Raises CommentNotFound.
    """
    place = _place(ticket, comment_id)
    comments = _comments(ticket, actor, only)
    later = list(comments.filter(_after(place, also_itself=True)).in_order()[: size + 1])
    room = max(before, size - len(later))
    earlier = list(_latest_first(comments.filter(_before(place)))[: room + 1])
    shown = [*earlier[:room][::-1], *later]
    return _window(shown[:size], has_earlier=len(earlier) > room, later_at=_beyond(shown, size))


def first_unread(ticket: Ticket, actor: Actor, read_until: datetime) -> Comment | None:
    """The first comment after that instant which somebody else wrote: one query."""
    comments = _comments(ticket, actor, "").filter(created_at__gt=read_until)
    unread: Comment | None = comments.exclude(author_id=actor.user_id).in_order().first()
    return unread


def first_comment_id(ticket: Ticket, actor: Actor) -> int | None:
    """Where the conversation begins for this reader: one query."""
    return _comments(ticket, actor, "").in_order().values_list("pk", flat=True).first()


def later_than(ticket: Ticket, version: int) -> Later:
    """What was done to a ticket after that version of it: one query, of EVENTS submits at most."""
    missed = max(ticket.version - version, 0)
    audits = ticket.audits.order_by("-created_at", "-id").values("pk")[: min(missed, EVENTS)]
    events = AuditEvent.objects.filter(audit__in=audits).values_list("type", "comment_id")
    others = [(kind, comment_id) for kind, comment_id in events if kind != EventType.COMMENT]
    changed = dict.fromkeys(comment_id for _, comment_id in others if comment_id)
    return Later(is_only_words=not others and 0 < missed <= EVENTS, changed=list(changed)[:WINDOW])


def comments_with_parts(ticket: Ticket, actor: Actor, ids: Sequence[int]) -> list[Comment]:
    """Those of the ticket's comments, as in a window: three queries."""
    return _with_parts(list(_comments(ticket, actor, "").filter(pk__in=ids)))


def whole_conversation(ticket: Ticket, actor: Actor) -> Window:
    """Everything, for print: three queries."""
    return latest_window(ticket, actor, size=WHOLE)


def events_between(
    ticket: Ticket, actor: Actor, *, since: datetime | None, until: datetime | None
) -> Events:
    """What happened from an instant to another, without the messages; for staff only: one query.

    Of more than EVENTS events the latest.
    """
    if not policies.may_see_internal(actor):
        return Events([])
    events = AuditEvent.objects.filter(audit__ticket=ticket).exclude(type__in=_SAID_ELSEWHERE)
    if since is not None:
        events = events.filter(audit__created_at__gte=since)
    if until is not None:
        events = events.filter(audit__created_at__lt=until)
    latest = events.select_related("audit__author").order_by("-audit__created_at", "-audit", "-id")
    rows = list(latest[: EVENTS + 1])
    is_cut = len(rows) > EVENTS
    if is_cut:  # the oldest submit may be torn: it goes as a whole
        torn = rows[-1].audit_id
        rows = [row for row in rows if row.audit_id != torn] or rows[:EVENTS]
    submits: dict[int, tuple[Audit, list[AuditEvent]]] = {}
    for row in reversed(rows):
        submits.setdefault(row.audit_id, (row.audit, []))[1].append(row)
    return Events(list(submits.values()), is_cut)


def _comments(ticket: Ticket, actor: Actor, only: str) -> CommentQuerySet:
    comments = Comment.objects.filter(ticket=ticket).select_related("author")
    if not policies.may_see_internal(actor):
        return comments.released()
    if only == PUBLIC:
        return comments.public()
    return comments.filter(is_public=False) if only == NOTES else comments


def _place(ticket: Ticket, comment_id: int) -> tuple[datetime, int]:
    place = ticket.comments.filter(pk=comment_id).values_list("created_at", "pk").first()
    if place is None:
        raise CommentNotFound(comment_id)
    return place


def _latest_first(comments: CommentQuerySet) -> CommentQuerySet:
    return comments.order_by("-created_at", "-id")


def _before(place: tuple[datetime, int]) -> Q:
    # "Up to the instant" stands apart, so that the index begins there (core.pages).
    at, pk = place
    return Q(created_at__lte=at) & (Q(created_at__lt=at) | Q(pk__lt=pk))


def _after(place: tuple[datetime, int], *, also_itself: bool = False) -> Q:
    at, pk = place
    same = Q(pk__gte=pk) if also_itself else Q(pk__gt=pk)
    return Q(created_at__gte=at) & (Q(created_at__gt=at) | same)


def _beyond(rows: list[Comment], size: int) -> datetime | None:
    return rows[size].created_at if len(rows) > size else None


def _window(rows: list[Comment], *, has_earlier: bool, later_at: datetime | None = None) -> Window:
    return Window(_with_parts(rows), has_earlier, later_at)


def _with_parts(rows: list[Comment]) -> list[Comment]:
    """Attachments and deliveries, two queries: one where nothing was ever sent out."""
    deliveries = Delivery.objects.select_related("recipient").order_by("id")
    prefetch_related_objects(rows, Prefetch("attachments", Attachment.objects.order_by("id")))
    sent = [row for row in rows if row.is_from_agent]
    prefetch_related_objects(sent, Prefetch("deliveries", deliveries))
    return rows
