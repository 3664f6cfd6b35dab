"""In which ways somebody can be answered now: their identities, set against what is connected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from accounts.models import Identity, IdentityKind, User
from channels_in.adapters import Capabilities, adapter_for
from channels_in.models import ChannelAccount, ChannelThread, Connection
from channels_in.networks.network import Network
from channels_in.networks.privacy import is_in_private
from channels_in.networks.registry import network_of, networks
from channels_in.networks.rules import ALWAYS, Window, windows_of
from channels_in.social.names import names_of
from core.kept import Kept
from tickets.models import Channel, Comment, Ticket


@dataclass(frozen=True, slots=True)
class Reach:
    """One identity of a person that we can write to. `network` is None for mail.

    `in_private`: by a direct message of a network that has both (`of_ticket`).
    """

    channel: str
    value: str
    kind: str = ""
    is_primary: bool = False
    came_back: bool = False
    network: Network | None = None
    window: Window = ALWAYS
    in_private: bool = False
    called: str = ""  # where people call the value something else

    @property
    def shown(self) -> str:
        """What people read: the handle, where the network's own word for it is a number."""
        return self.called or self.value

    @property
    def capabilities(self) -> Capabilities:
        return adapter_for(self.channel).capabilities.of(is_private=self.in_private)

    def of_ticket(self, ticket: Ticket) -> Reach:
        """As it is on a ticket: on a network that has both, in private or in public; one query."""
        network = self.network
        if network is None or network.capabilities.private is None:
            return self
        in_private = is_in_private(network, ticket, {})
        return replace(self, in_private=in_private, window=self.window if in_private else ALWAYS)


def _connected() -> list[str]:
    rows = ChannelAccount.objects.filter(is_active=True, connection__isnull=False)
    return sorted(set(rows.values_list("channel", flat=True)))


kept_connected = Kept(_connected)  # what every ticket page asks and hardly ever changes


def connected_networks() -> dict[str, Network]:
    """The networks that an active account is connected to, by channel."""
    found = kept_connected()
    return {channel: network for channel, network in networks().items() if channel in found}


def reaches_of(person: User) -> list[Reach]:
    """Every way to this person, in no order of preference.

    One query for whom only mail reaches, three for others, four where a network numbers its people.
    """
    rows = list(
        Identity.objects.filter(user=person)
        .exclude(kind=IdentityKind.EXTERNAL)
        .order_by("-is_primary", "id")
    )
    kinds = {row.kind for row in rows}
    by_kind: dict[str, list[str]] = {str(IdentityKind.EMAIL): [Channel.EMAIL]}
    mine: dict[str, Network] = {}
    if kinds - {IdentityKind.EMAIL}:
        connected = connected_networks().items()
        mine = {c: network for c, network in connected if network.identity_kind in kinds}
    for channel, network in mine.items():
        by_kind.setdefault(network.identity_kind, []).append(channel)
    windows = windows_of(mine, person.pk) if mine else {}
    called = names_of(person, [row for row in rows if row.kind in by_kind])
    return [
        Reach(
            channel, row.value, row.kind, row.is_primary, bool(row.undeliverable_at),
            mine.get(channel), windows.get(channel, ALWAYS),
            called=called.get(row.pk, ""),
        )
        for row in rows
        for channel in by_kind.get(row.kind, ())
    ]  # fmt: skip


def channel_last_used(ticket: Ticket, shown: Sequence[Comment] = ()) -> str:
    """The channel by which the customer wrote last on this ticket; what answers go by if nobody
    chooses. One query, none where the latest comments are at hand.
    """
    said = next((row for row in reversed(shown) if _is_customers(row, ticket)), None)
    if said is None and not any(row.created_at <= ticket.created_at for row in shown):
        rows = ticket.comments.filter(author=ticket.requester_id, is_from_agent=False)
        said = rows.order_by("-created_at", "-id").only("channel").first()
    return _answered_by(said.channel if said else ticket.channel)


def _is_customers(comment: Comment, ticket: Ticket) -> bool:
    return comment.author_id == ticket.requester_id and not comment.is_from_agent


def _answered_by(channel: str) -> str:
    return Channel.EMAIL if Channel(channel).answers_by_mail else channel


def connection_for(ticket: Ticket, channel: str) -> Connection | None:
    """The account that a reply on this channel would leave by (as networks.outgoing chooses)."""
    network = network_of(channel)
    if network is None:
        return None
    rows = Connection.objects.filter(account__channel=channel, account__is_active=True)
    rows = rows.select_related("account").order_by("-account__is_default", "account_id")
    threads = ChannelThread.objects.filter(ticket=ticket, account__channel=channel)
    used = Q(account__in=threads.values("account")) | Q(account__address=ticket.recipient)
    return rows.filter(used).first() or rows.first()


def pointing_at(ticket: Ticket, comment_id: int, channel: str) -> dict[str, Any]:
    """The metadata of a reply to one public message of a ticket; empty where the network does not
    know that message. What was said in private is answered in private.
    """
    comment = ticket.comments.public().filter(pk=comment_id).first()
    if comment is None:
        return {}
    if comment.channel == channel and (not comment.is_from_agent or comment.message_id):
        key = comment.message_id or ""
    else:
        sent = comment.deliveries.filter(channel=channel).exclude(provider_id="")
        key = sent.values_list("provider_id", flat=True).first() or ""
    if not key:
        return {}
    told = {"answers": comment_id, "in_reply_to": key}
    if adapter_for(channel).capabilities.is_public and _was_private(comment):
        told["reply_in_private"] = "yes"
    return told


def _was_private(comment: Comment) -> bool:
    network = comment.metadata.get("network") or {}
    return bool(network.get("is_private") or comment.metadata.get("reply_in_private"))
