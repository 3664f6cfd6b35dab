"""From a queued delivery to what a network is asked to say, and by which account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings

from channels_in.adapters import Capabilities
from channels_in.email.sending.files import link_to
from channels_in.messages import Handle
from channels_in.models import ChannelThread, Connection
from channels_in.networks.limits import capabilities_of
from channels_in.networks.network import Network, Outgoing, OutgoingFile
from channels_in.networks.privacy import by_last_word, goes_private
from channels_in.social.signing import signed
from tickets.models import Comment, Delivery


@dataclass(frozen=True, slots=True)
class Route:
    """The account a delivery leaves by and what it answers there."""

    connection: Connection
    handle: Handle
    conversation: str = ""
    in_reply_to: str = ""
    is_private: bool = True
    capabilities: Capabilities = field(default_factory=Capabilities)


def routes_of(
    network: Network, deliveries: Sequence[Delivery]
) -> list[tuple[Delivery, Route | None]]:
    """A route for each; None where no account of the network is connected. Three queries.

    The account the conversation is held with; else the one the ticket came to; else the first.
    """
    connections = list(
        Connection.objects.filter(account__channel=network.channel, account__is_active=True)
        .select_related("account__stream_rules")
        .order_by("-account__is_default", "account_id")
    )
    if not connections:
        return [(delivery, None) for delivery in deliveries]
    tickets = {delivery.ticket_id for delivery in deliveries}
    threads: dict[tuple[int, int], ChannelThread] = {}
    for thread in ChannelThread.objects.filter(
        ticket__in=tickets, account__in=[connection.account_id for connection in connections]
    ).order_by(*by_last_word()):
        threads.pop((thread.ticket_id, thread.person_id or 0), None)  # the latest stands last
        threads[(thread.ticket_id, thread.person_id or 0)] = thread
    heard = _latest_heard(network.channel, tickets)
    return [
        (delivery, _route(network, delivery, connections, threads, heard))
        for delivery in deliveries
    ]


def _route(
    network: Network,
    delivery: Delivery,
    connections: Sequence[Connection],
    threads: dict[tuple[int, int], ChannelThread],
    heard: dict[int, str],
) -> Route:
    latest = next(
        (t for t in reversed(threads.values()) if t.ticket_id == delivery.ticket_id), None
    )
    metadata = delivery.comment.metadata if delivery.comment else {}
    wants_private = goes_private(network, metadata, latest)
    person = delivery.recipient_id if wants_private else 0
    thread = threads.get((delivery.ticket_id, person))
    by_account = {connection.account_id: connection for connection in connections}
    by_address = {connection.account.address: connection for connection in connections}
    connection = (
        (by_account.get(thread.account_id) if thread else None)
        or by_address.get(delivery.ticket.recipient)
        or connections[0]
    )
    return Route(
        connection=connection,
        handle=Handle(network.identity_kind, delivery.address, delivery.recipient.name),
        conversation=thread.key if thread else "",
        # A conversation of two needs no pointing at what is answered; a public thread does.
        in_reply_to="" if wants_private else heard.get(delivery.ticket_id, ""),
        is_private=wants_private, capabilities=network.capabilities,
    )  # fmt: skip


def _latest_heard(channel: str, tickets: set[int]) -> dict[int, str]:
    """The network's id of the latest customer's message of each ticket; one query."""
    rows = (
        Comment.objects.filter(
            ticket__in=tickets, channel=channel, is_from_agent=False, message_id__isnull=False
        )
        .order_by("ticket_id", "-id")
        .distinct("ticket_id")
        .values_list("ticket_id", "message_id")
    )
    return {ticket_id: message_id for ticket_id, message_id in rows if message_id}


def outgoing_of(delivery: Delivery, route: Route) -> Outgoing:
    """What is said: the comment's text with its files, or the text of a rule's notice."""
    comment = delivery.comment

    files = () if comment is None else tuple(
        OutgoingFile(
            row.filename, row.content_type, row.size, row.key,
            url=f"{settings.SITE_URL}{link_to(row, delivery.recipient_id)}",
        )
        for row in comment.attachments.order_by("id")
    )  # fmt: skip
    metadata = comment.metadata if comment else {}
    return Outgoing(
        text=_text(comment, route) if comment else delivery.body,
        handle=route.handle, conversation=route.conversation,
        in_reply_to=metadata.get("in_reply_to") or route.in_reply_to,
        is_private=route.is_private, files=files, key=f"delivery-{delivery.pk}",
        template=metadata.get("template") or {},
    )  # fmt: skip


def _text(comment: Comment, route: Route) -> str:
    """In public, an agent's words end in their initials, unless the account does without."""
    rules = getattr(route.connection.account, "stream_rules", None)
    is_signed = rules is None or rules.signs_initials
    if route.is_private or not (route.capabilities.is_public and is_signed):
        return comment.body
    carried = capabilities_of(route.connection.channel)
    return signed(
        comment.body, comment.author.name, limit=carried.length_limit, counts=carried.counts
    )  # fmt: skip
