"""What people decide about a post, whatever triage said; who did, and what it was, is kept."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in import letterbox
from channels_in.actions.stream.errors import PostGone
from channels_in.adapters import Arrival, UnreadableMessage, adapter_for
from channels_in.models import DeedState, PostState, StreamDeed, StreamPost, Tier
from channels_in.networks.limits import capabilities_of
from channels_in.receive import raw_bytes
from channels_in.social.openings import begun_with, opening_of, opening_words
from core import clock
from core.nudge import nudge
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import InvalidChange, TicketError
from tickets.models import Status, Ticket

DEEDS_TASK = "channels_in.tasks.do_deeds"


@transaction.atomic
def make_ticket(*, actor: Actor, post_id: int) -> Ticket:
    """Let a post through the funnel past its triage; one that has a ticket keeps it.

    Raises NotPermitted, PostGone, TicketError when it cannot be read any more.
    """
    post = lock_post(actor, post_id, Permission.EDIT_TICKETS)
    if post.item.ticket is None:
        _deliver(post)
        _decide(actor, post, PostState.TICKET, Tier.TICKET)
    return _ticket(post)


@transaction.atomic
def leave_alone(*, actor: Actor, post_id: int) -> StreamPost:
    """Nobody has to look at this post. Raises NotPermitted, PostGone, TicketError for one that is
    a ticket already.
    """
    post = lock_post(actor, post_id, Permission.EDIT_TICKETS)
    if post.item.ticket_id:
        raise TicketError(_("This post is a ticket; solve the ticket instead."))
    _decide(actor, post, PostState.LEFT, Tier.ALONE)
    return post


@transaction.atomic
def put_back(*, actor: Actor, post_id: int) -> StreamPost:
    """Undo a decision: the post waits again, as triage said. Raises as `leave_alone`."""
    post = lock_post(actor, post_id, Permission.EDIT_TICKETS)
    if post.item.ticket_id:
        raise TicketError(_("This post is a ticket; solve the ticket instead."))
    post.tier, post.was_tier = post.was_tier or post.tier, ""
    post.state, post.decided_by_id, post.decided_at = PostState.OPEN, None, None
    post.save(update_fields=["tier", "was_tier", "state", "decided_by", "decided_at"])
    return post


@transaction.atomic
def like_post(*, actor: Actor, post_id: int) -> StreamPost:
    """Like a post on its network, once. Raises NotPermitted, PostGone, TicketError."""
    post = lock_post(actor, post_id, Permission.REPLY_PUBLICLY)
    if not adapter_for(post.channel).capabilities.can_like:
        raise TicketError(_("On this network, programs cannot like posts."))
    now = clock.now()
    known = StreamDeed.objects.filter(
        account=post.account, kind=StreamDeed.Kind.LIKE, target=post.external_id
    ).exclude(state=DeedState.FAILED)
    if not known.exists():
        StreamDeed.objects.create(
            account=post.account, kind=StreamDeed.Kind.LIKE, target=post.external_id, post=post,
            by_id=actor.user_id, created_at=now, next_attempt_at=now,
        )  # fmt: skip
        transaction.on_commit(lambda: nudge(DEEDS_TASK))
    if post.state in (PostState.OPEN, PostState.LEFT):
        _decide(actor, post, PostState.LIKED, post.tier)
    return post


@transaction.atomic
def answer_post(*, actor: Actor, post_id: int, text: str) -> Ticket:
    """Answer a post in public where it stands. The record of it is a ticket, solved with the
    answer when the post was none before.

    Raises NotPermitted, PostGone, InvalidChange (text), TicketError.
    """
    text = text.strip()
    if not text:
        raise InvalidChange("text", _("Write an answer."))
    post = lock_post(actor, post_id, Permission.REPLY_PUBLICLY)
    is_new = post.item.ticket is None
    opening = opening_words(post.account) if is_new else opening_of(_ticket(post), post.channel)
    text = begun_with(text, opening)
    check_length(post.channel, text)
    if is_new:
        _deliver(post)
    ticket = _ticket(post)
    changes = TicketChanges(status=Status.SOLVED if is_new else Status.PENDING)
    draft = CommentDraft(
        author_id=actor.user_id or ticket.requester_id, body=text, channel=post.channel,
        metadata={"reply_channel": post.channel, "in_reply_to": post.external_id},
    )  # fmt: skip
    ticket = update_ticket(actor=actor, ticket_id=ticket.pk, changes=changes, comment=draft)
    _decide(actor, post, PostState.ANSWERED, post.tier)
    return ticket


def check_length(channel: str, text: str, *, is_private: bool = False) -> None:
    """Raises InvalidChange when a text is longer than the network takes."""
    capabilities = capabilities_of(channel).of(is_private=is_private)
    limit = capabilities.length_limit
    if limit is not None and (length := capabilities.counts(text)) > limit:
        words = _("Too long for this network: %(length)d of %(limit)d characters.")
        raise InvalidChange("text", words % {"length": length, "limit": limit})


def lock_post(actor: Actor, post_id: int, permission: str) -> StreamPost:
    if not actor.can(permission):
        raise NotPermitted
    post = (
        StreamPost.objects.select_for_update(of=("self", "item"))
        .select_related("item__account", "item__ticket", "account")
        .filter(pk=post_id)
        .exclude(state=PostState.GONE)
        .first()
    )
    if post is None:
        raise PostGone
    return post


def _deliver(post: StreamPost) -> None:
    item = post.item
    try:
        message = adapter_for(post.channel).parse(raw_bytes(item), item)
    except UnreadableMessage as error:
        raise TicketError(_("The post cannot be read any more.")) from error
    letterbox.deliver_past_screening([Arrival(item, message)])
    item.processed_at = clock.now()
    item.save(update_fields=["fate", "reason", "detail", "comment", "ticket", "processed_at"])


def _ticket(post: StreamPost) -> Ticket:
    if post.item.ticket is None:
        raise TicketError(_("No ticket could be made of this post."))
    return post.item.ticket


def _decide(actor: Actor, post: StreamPost, state: str, tier: str) -> None:
    if tier != post.tier:
        post.was_tier = "" if post.was_tier == tier else post.was_tier or post.tier
    post.tier, post.state = tier, state
    post.decided_by_id, post.decided_at = actor.user_id, clock.now()
    post.save(update_fields=["tier", "was_tier", "state", "decided_by", "decided_at"])
