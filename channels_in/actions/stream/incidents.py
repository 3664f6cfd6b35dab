"""Bursts about one thing: found by the clock, declared or dismissed by people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actor import Actor, system_actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.actions.stream.decisions import DEEDS_TASK, check_length
from channels_in.actions.stream.errors import IncidentGone
from channels_in.adapters import adapter_for
from channels_in.models import (
    ChannelAccount,
    PostKind,
    StreamDeed,
    StreamIncident,
    StreamPost,
)
from channels_in.social.bursts import (
    AUTHORS,
    POSTS,
    WINDOW,
    Burst,
    Usual,
    Voice,
    find_bursts,
    telling_words,
    usual_of,
)
from core import clock, locks
from core.nudge import nudge
from tickets.actions import create_ticket, update_ticket
from tickets.drafts import CommentDraft, TicketChanges, TicketDraft
from tickets.errors import InvalidChange, TicketError
from tickets.models import Priority, Ticket, TicketType

LINKED = 200  # tickets of an incident that are linked with its problem at once
_GOES_ON = timedelta(hours=6)  # an incident that new posts still belong to
_USUAL_DAYS, _USUAL_POSTS = 14, 1500
_NEEDS = (PostKind.OUTAGE, PostKind.URGENT, PostKind.COMPLAINT, PostKind.QUESTION)
_LISTED = 20  # posts that the problem's note names


@transaction.atomic
def look_for_incidents() -> int:
    """Group the recent posts that need somebody. Returns how many posts joined an incident.

    One worker at a time; nothing is read but one small query while the stream is calm.
    """
    locks.hold(["stream:incidents"])
    now = clock.now()
    recent = list(
        StreamPost.objects.filter(
            posted_at__gte=now - WINDOW, kind__in=_NEEDS, incident=None
        ).order_by("-posted_at", "-id")[:POSTS]
    )
    if not recent:
        return 0
    joined = _join_known(recent)
    left = [post for post in recent if post.pk not in joined]
    if len({post.author for post in left}) >= AUTHORS:
        voices = [_voice(post) for post in left]
        for burst in find_bursts(voices, _usual(), now=now):
            joined |= _found(burst)
    return len(joined)


def _voice(post: StreamPost) -> Voice:
    return Voice(post.pk, post.author, post.posted_at, telling_words(post.text))


def _usual() -> Usual:
    """What people write on other days: the posts before the window, the latest of two weeks."""
    now = clock.now()
    texts = StreamPost.objects.filter(
        posted_at__lt=now - WINDOW, posted_at__gte=now - timedelta(days=_USUAL_DAYS)
    ).order_by("-posted_at", "-id")
    return usual_of(
        telling_words(text) for text in texts.values_list("text", flat=True)[:_USUAL_POSTS]
    )


def _join_known(posts: Sequence[StreamPost]) -> set[int]:
    """Posts about what an incident is about already: half of the words that name it, two at
    least."""
    known = StreamIncident.objects.filter(
        last_at__gte=clock.now() - _GOES_ON,
        state__in=(StreamIncident.State.LIKELY, StreamIncident.State.DECLARED),
    ).order_by("-last_at", "-id")
    joined: set[int] = set()
    for incident in known[:10]:
        words = set(incident.words)
        needed = min(max(2, (len(words) + 1) // 2), len(words))
        new = [
            post
            for post in posts
            if post.pk not in joined and len(telling_words(post.text) & words) >= needed
        ]
        _add(incident, new)
        joined |= {post.pk for post in new}
    return joined


def _found(burst: Burst) -> set[int]:
    incident = StreamIncident.objects.create(
        words=list(burst.words), first_at=burst.first_at, last_at=burst.last_at,
        created_at=clock.now(),
    )  # fmt: skip
    StreamPost.objects.filter(pk__in=burst.post_ids).update(incident=incident)
    return set(burst.post_ids)


def _add(incident: StreamIncident, posts: Sequence[StreamPost]) -> None:
    if not posts:
        return
    StreamPost.objects.filter(pk__in=[post.pk for post in posts]).update(incident=incident)
    incident.last_at = max(incident.last_at, *(post.posted_at for post in posts))
    incident.save(update_fields=["last_at"])
    if incident.problem_id:
        _link(system_actor("The social stream"), incident, incident.problem_id)


@transaction.atomic
def declare_incident(
    *, actor: Actor, incident_id: int, subject: str, statement: str, account_ids: Sequence[int]
) -> Ticket:
    """Make a problem of a likely incident: its posts' tickets are linked with it, and one public
    statement leaves by each of the accounts.

    Raises NotPermitted, IncidentGone, InvalidChange (subject, statement, accounts).
    """
    incident = _lock(actor, incident_id)
    statement = statement.strip()
    if not subject.strip():
        raise InvalidChange("subject", _("Say what is broken."))
    accounts = list(ChannelAccount.objects.filter(pk__in=account_ids, is_active=True))
    if accounts and not statement:
        raise InvalidChange("statement", _("Write the statement, or choose no account."))
    if statement and not accounts:
        raise InvalidChange("accounts", _("Choose where the statement is to be said."))
    for account in accounts:
        if not adapter_for(account.channel).capabilities.can_publish:
            raise InvalidChange("accounts", _("This network takes no posts from programs."))
        check_length(account.channel, statement)
    problem = create_ticket(actor=actor, draft=_problem(actor, incident, subject, statement))
    incident.state, incident.problem = StreamIncident.State.DECLARED, problem
    incident.decided_by_id, incident.decided_at = actor.user_id, clock.now()
    incident.save(update_fields=["state", "problem", "decided_by", "decided_at"])
    _link(actor, incident, problem.pk)
    _publish(actor, incident, accounts, statement)
    return problem


def _problem(actor: Actor, incident: StreamIncident, subject: str, statement: str) -> TicketDraft:
    assert actor.user_id is not None  # noqa: S101  only people declare incidents
    posts = list(incident.posts.order_by("posted_at", "id")[:_LISTED])
    count = incident.posts.count()
    lines = [
        ngettext(
            "%(n)d post in public tells of this:", "%(n)d posts in public tell of this:", count
        )
        % {"n": count},
        *(f"· {post.handle}: {' '.join(post.text.split())[:160]} {post.url}" for post in posts),
    ]
    if statement:
        lines += ["", _("Public statement:"), statement]
    note = CommentDraft(author_id=actor.user_id, body="\n".join(lines), is_public=False)
    return TicketDraft(
        subject=subject, comment=note, requester_id=actor.user_id, type=TicketType.PROBLEM,
        priority=Priority.HIGH, tags=("social-incident",), assignee_id=actor.user_id,
    )  # fmt: skip


def _publish(
    actor: Actor, incident: StreamIncident, accounts: Sequence[ChannelAccount], text: str
) -> None:
    now = clock.now()
    StreamDeed.objects.bulk_create(
        [
            StreamDeed(
                account=account, kind=StreamDeed.Kind.STATEMENT, text=text, incident=incident,
                by_id=actor.user_id, created_at=now, next_attempt_at=now,
            )
            for account in accounts
        ]
    )  # fmt: skip
    transaction.on_commit(lambda: nudge(DEEDS_TASK))


def _link(actor: Actor, incident: StreamIncident, problem_id: int) -> None:
    """The tickets of its posts become incidents of the problem; those that cannot stay as they
    are."""
    tickets = (
        Ticket.objects.existing()
        .unsolved()
        .filter(inbound_items__stream_post__incident=incident, problem=None)
        .exclude(pk=problem_id)
        .order_by("id")
        .distinct()
        .values_list("id", flat=True)[:LINKED]
    )
    for ticket_id in list(tickets):
        changes = TicketChanges(type=TicketType.INCIDENT, problem_id=problem_id)
        try:
            with transaction.atomic():
                update_ticket(actor=actor, ticket_id=ticket_id, changes=changes)
        except TicketError:
            continue


@transaction.atomic
def dismiss_incident(*, actor: Actor, incident_id: int) -> None:
    """It is none. Its posts stay as they are. Raises NotPermitted, IncidentGone."""
    incident = _lock(actor, incident_id)
    incident.state = StreamIncident.State.DISMISSED
    incident.decided_by_id, incident.decided_at = actor.user_id, clock.now()
    incident.save(update_fields=["state", "decided_by", "decided_at"])


def _lock(actor: Actor, incident_id: int) -> StreamIncident:
    if not actor.can(Permission.REPLY_PUBLICLY):
        raise NotPermitted
    incident = (
        StreamIncident.objects.select_for_update()
        .filter(pk=incident_id, state=StreamIncident.State.LIKELY)
        .first()
    )
    if incident is None:
        raise IncidentGone
    return incident
