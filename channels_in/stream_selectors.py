"""Reads of the social stream: a page of posts, how many wait, incidents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.actions.stream.errors import IncidentGone, PostGone
from channels_in.adapters import adapter_for
from channels_in.models import (
    ChannelAccount,
    PostKind,
    PostState,
    StreamDeed,
    StreamIncident,
    StreamPost,
    StreamRules,
    Tier,
)
from channels_in.networks.registry import network_of
from channels_in.social.network import stands_in_public
from core import clock
from core.pages import Keyset, Page, keyset_page
from tickets.models import Channel, Comment, Delivery, DeliveryState, Status, Ticket
from tickets.policies import visible_ticket, visible_tickets

PAGE_SIZE = 30
LANGUAGES = 12  # offered by the filter
_COUNTED_DAYS = 30
_INCIDENT_HOURS = 24
_ORDERS = {"latest": Keyset("posted_at"), "urgent": Keyset("urgency")}

SHOWN = ("todo", "all", "ticket", "second", "alone", "loop")


@dataclass(frozen=True, slots=True)
class StreamFilter:
    """What the stream is narrowed to; unknown words are as if they were not there.

    `show`: todo (waits for a decision), a tier, loop (went private, the public was not told), all.
    """

    show: str = "todo"
    channel: str = ""
    kind: str = ""
    state: str = ""
    language: str = ""
    text: str = ""
    incident: int | None = None
    order: str = "latest"

    def applied(self, posts: QuerySet[StreamPost]) -> QuerySet[StreamPost]:
        if self.incident is not None:
            posts = posts.filter(incident=self.incident)
        else:
            posts = posts.filter(_shown(self.show))
        if self.channel:
            posts = posts.filter(channel=self.channel)
        if self.kind in PostKind.values:
            posts = posts.filter(kind=self.kind)
        if self.state in PostState.values:
            posts = posts.filter(state=self.state)
        if self.language:
            posts = posts.filter(language=self.language[:8])
        if self.text:
            words = self.text[:200]
            posts = posts.filter(
                Q(text__icontains=words)
                | Q(handle__icontains=words)
                | Q(author_name__icontains=words)
            )
        return posts


@dataclass(frozen=True, slots=True)
class StreamCounts:
    """How many posts of the last days wait for something."""

    todo: int
    ticket: int
    second: int
    alone: int
    loop: int
    all: int


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident with what its posts come to."""

    incident: StreamIncident
    posts: int
    authors: int
    reach: int
    statements: tuple[StreamDeed, ...]


def stream_page(actor: Actor, chosen: StreamFilter, cursor: str = "") -> Page[StreamPost]:
    """One page of posts. Raises NotPermitted, BadCursor."""
    require_stream(actor)
    posts = (
        StreamPost.objects.exclude(state=PostState.GONE)
        .select_related("account", "item__ticket", "decided_by", "incident")
        .defer("item__raw")
    )
    order = _ORDERS.get(chosen.order, _ORDERS["latest"])
    return keyset_page(chosen.applied(posts), order, cursor=cursor, size=PAGE_SIZE)


def stream_post(actor: Actor, post_id: int) -> StreamPost:
    """One post. Raises NotPermitted, PostGone."""
    require_stream(actor)
    posts = StreamPost.objects.exclude(state=PostState.GONE).defer("item__raw")
    post = (
        posts.select_related("account", "item__ticket", "decided_by", "incident")
        .filter(pk=post_id)
        .first()
    )
    if post is None:
        raise PostGone
    return post


def visible_of(actor: Actor, posts: Collection[StreamPost]) -> dict[int, Ticket]:
    """Those tickets of the posts that the reader may see, by number; one query."""
    numbers = {post.item.ticket_id for post in posts if post.item.ticket_id}
    return visible_tickets(actor).select_related("assignee").in_bulk(numbers) if numbers else {}


def deeds_of(posts: Collection[StreamPost]) -> dict[int, StreamDeed]:
    """The like of each post, if there is one; one query."""
    rows = StreamDeed.objects.filter(
        kind=StreamDeed.Kind.LIKE, post__in=[post.pk for post in posts]
    ).order_by("id")
    return {row.post_id: row for row in rows if row.post_id}


def stream_counts(actor: Actor) -> StreamCounts:
    """One query over the last 30 days. Raises NotPermitted."""
    require_stream(actor)
    recent = StreamPost.objects.exclude(state=PostState.GONE).filter(
        posted_at__gte=clock.now() - timedelta(days=_COUNTED_DAYS)
    )
    counts = recent.aggregate(
        **{name: Count("id", filter=_shown(name)) for name in SHOWN if name != "all"},
        all=Count("id"),
    )
    return StreamCounts(**counts)


def stream_languages(actor: Actor) -> list[str]:
    """The languages of recent posts, most frequent first. Raises NotPermitted."""
    require_stream(actor)
    recent = StreamPost.objects.filter(
        posted_at__gte=clock.now() - timedelta(days=_COUNTED_DAYS)
    ).exclude(language="")
    rows = recent.values_list("language").annotate(n=Count("id")).order_by("-n", "language")
    return [language for language, _ in rows[:LANGUAGES]]


def recent_incidents(actor: Actor) -> list[IncidentView]:
    """Likely incidents and declared ones of the last day, the latest first; three queries.

    Raises NotPermitted.
    """
    require_stream(actor)
    incidents = list(
        StreamIncident.objects.exclude(state=StreamIncident.State.DISMISSED)
        .filter(last_at__gte=clock.now() - timedelta(hours=_INCIDENT_HOURS))
        .select_related("problem", "decided_by")
        .order_by("-last_at", "-id")[:5]
    )
    return _views(incidents)


def incident_of(actor: Actor, incident_id: int) -> IncidentView:
    """One incident. Raises NotPermitted, IncidentGone."""
    require_stream(actor)
    incident = (
        StreamIncident.objects.select_related("problem", "decided_by")
        .filter(pk=incident_id)
        .first()
    )
    if incident is None:
        raise IncidentGone
    return _views([incident])[0]


def _views(incidents: list[StreamIncident]) -> list[IncidentView]:
    if not incidents:
        return []
    numbers: dict[int, dict[str, Any]] = {
        row["incident"]: dict(row)
        for row in StreamPost.objects.filter(incident__in=incidents)
        .values("incident")
        .annotate(posts=Count("id"), authors=Count("author", distinct=True), reach=Max("followers"))
        .order_by()
    }
    statements: dict[int, list[StreamDeed]] = {}
    for deed in (
        StreamDeed.objects.filter(incident__in=incidents).select_related("account").order_by("id")
    ):
        statements.setdefault(deed.incident_id or 0, []).append(deed)
    views = []
    for incident in incidents:
        row = numbers.get(incident.pk, {})
        views.append(
            IncidentView(
                incident, row.get("posts", 0), row.get("authors", 0), row.get("reach") or 0,
                tuple(statements.get(incident.pk, ())),
            )
        )  # fmt: skip
    return views


def social_accounts(channels: Collection[str]) -> list[ChannelAccount]:
    """The connected accounts on these networks."""
    accounts = ChannelAccount.objects.filter(channel__in=list(channels), is_active=True)
    return list(accounts.order_by("channel", "address"))


def rules_of(account: ChannelAccount) -> StreamRules:
    """The account's rules; unsaved usual ones where it has none."""
    known = StreamRules.objects.filter(account=account).first()
    return known or StreamRules(account=account)


def openings_of(posts: Sequence[StreamPost]) -> dict[int, str]:
    """How the first answer to each begins, for those that nobody has answered; one query."""
    rows = StreamRules.objects.filter(account__in={post.account_id for post in posts})
    words = dict(rows.values_list("account_id", "first_public_answer"))
    return {
        post.pk: words[post.account_id]
        for post in posts
        if words.get(post.account_id) and post.state != PostState.ANSWERED
        and (post.item.ticket is None or not post.item.ticket.replies)
    }  # fmt: skip


def require_stream(actor: Actor) -> None:
    """Raises NotPermitted for those who do not see tickets."""
    if not actor.can(Permission.VIEW_TICKETS):
        raise NotPermitted


def _shown(name: str) -> Q:
    if name == "todo":
        return Q(state=PostState.OPEN) | Q(
            state=PostState.TICKET, item__ticket__status__in=(Status.NEW, Status.OPEN)
        )
    if name in Tier.values:
        return Q(tier=name)
    if name == "loop":
        return Q(private_since__isnull=False, closed_loop_at=None)
    return Q()


def reply_on_network(actor: Actor, comment_id: int) -> tuple[Comment, Delivery]:
    """A reply of ours that is on a network, and how it got there.

    Raises TicketNotFound, TicketError when it is on none.
    """
    comment = Comment.objects.filter(pk=comment_id, is_from_agent=True).first()
    if comment is None:
        raise PostGone
    visible_ticket(actor, comment.ticket_id)
    delivery = in_public(comment)
    if delivery is None:
        raise PostGone
    return comment, delivery


def in_public(comment: Comment) -> Delivery | None:
    """The latest way in which a reply got to where anybody can read it; None for messages."""
    rows = Delivery.objects.filter(comment=comment, state=DeliveryState.SENT)
    rows = rows.exclude(channel=Channel.EMAIL).exclude(provider_id="").order_by("-id")
    return next(
        (row for row in rows if stands_in_public(network_of(row.channel), row.provider_id)), None
    )


def can_change_there(comment: Comment) -> bool:
    """Whether a reply stands on a social network that lets it be edited or taken down."""
    if not comment.is_from_agent or Channel(comment.ticket.channel).answers_by_mail:
        return False
    delivery = in_public(comment)
    if delivery is None:
        return False
    capabilities = adapter_for(delivery.channel).capabilities
    return capabilities.can_edit or capabilities.can_delete
