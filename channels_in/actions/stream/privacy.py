"""Out of sight and back: a public talk goes on in private, and the public hears how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Identity, IdentityKind
from accounts.roles import Permission
from channels_in.actions.stream.decisions import check_length
from channels_in.adapters import adapter_for
from channels_in.models import StreamPost
from core import clock
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import InvalidChange, TicketError
from tickets.models import Channel, Status, Ticket
from tickets.policies import visible_ticket


@dataclass(frozen=True, slots=True)
class PrivateWay:
    """A way to go on out of sight that nobody has to be asked for."""

    channel: str
    address: str


def private_ways(ticket: Ticket) -> list[PrivateWay]:
    """By direct message where the network has them, and by mail where an address is known."""
    ways = []
    post = public_post_of(ticket)
    if post and adapter_for(post.channel).capabilities.has_direct_messages:
        ways.append(PrivateWay(post.channel, post.handle))
    mail = (
        Identity.objects.filter(user=ticket.requester_id, kind=IdentityKind.EMAIL)
        .exclude(undeliverable_at__isnull=False)
        .order_by("-is_primary", "id")
        .values_list("value", flat=True)
        .first()
    )
    if mail:
        ways.append(PrivateWay(Channel.EMAIL, mail))
    return ways


def public_post_of(ticket: Ticket) -> StreamPost | None:
    """The post that the ticket began with."""
    return StreamPost.objects.filter(item__ticket=ticket).order_by("posted_at", "id").first()


@transaction.atomic
def continue_in_private(
    *, actor: Actor, ticket_id: int, channel: str, text: str, public_text: str = ""
) -> Ticket:
    """Say `text` by direct message or mail to who wrote in public, and `public_text` in public.

    Raises TicketNotFound, NotPermitted, InvalidChange (channel, text, public_text).
    """
    ticket, post = _ticket_and_post(actor, ticket_id)
    if channel not in {way.channel for way in private_ways(ticket)}:
        raise InvalidChange("channel", _("Choose how to go on."))
    if not text.strip():
        raise InvalidChange("text", _("Write the message."))
    metadata = {"reply_channel": channel}
    if channel == post.channel:
        if adapter_for(channel).capabilities.private:
            check_length(channel, text.strip(), is_private=True)
        metadata |= {"reply_in_private": "yes", "in_reply_to": post.external_id}
    if public_text.strip():
        _say_in_public(actor, ticket, post, public_text.strip(), "public_text")
    updated = update_ticket(
        actor=actor, ticket_id=ticket.pk, changes=TicketChanges(status=Status.PENDING),
        comment=_comment(actor, text.strip(), channel, metadata),
    )  # fmt: skip
    of_ticket = StreamPost.objects.filter(Q(item__ticket=ticket), private_since=None)
    of_ticket.update(private_since=clock.now(), closed_loop_at=None)
    return updated


@transaction.atomic
def close_loop(*, actor: Actor, ticket_id: int, text: str) -> Ticket:
    """Tell the public how it ended; with an empty text: nothing has to be told.

    Raises TicketNotFound, NotPermitted, InvalidChange (text).
    """
    ticket, post = _ticket_and_post(actor, ticket_id)
    if text.strip():
        ticket = _say_in_public(actor, ticket, post, text.strip(), "text")
    StreamPost.objects.filter(item__ticket=ticket, closed_loop_at=None).update(
        closed_loop_at=clock.now()
    )
    return ticket


def _ticket_and_post(actor: Actor, ticket_id: int) -> tuple[Ticket, StreamPost]:
    if not actor.can(Permission.REPLY_PUBLICLY):
        raise NotPermitted
    ticket = visible_ticket(actor, ticket_id)
    post = public_post_of(ticket)
    if post is None:
        raise TicketError(_("This ticket did not begin in public."))
    return ticket, post


def _say_in_public(actor: Actor, ticket: Ticket, post: StreamPost, text: str, field: str) -> Ticket:
    try:
        check_length(post.channel, text)
    except InvalidChange as error:
        raise InvalidChange(field, str(error)) from error
    metadata = {"reply_channel": post.channel, "in_reply_to": post.external_id}
    comment = _comment(actor, text, post.channel, metadata)
    return update_ticket(actor=actor, ticket_id=ticket.pk, comment=comment)


def _comment(actor: Actor, text: str, channel: str, metadata: dict[str, str]) -> CommentDraft:
    assert actor.user_id is not None  # noqa: S101  only people answer
    return CommentDraft(author_id=actor.user_id, body=text, channel=channel, metadata=metadata)
