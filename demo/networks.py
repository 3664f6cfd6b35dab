"""The shop's accounts on networks, and whom its conversations there are with.

The accounts are only played: an answer is shown as sent, and leaves nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from accounts.actions import add_identity
from accounts.actor import Actor
from accounts.models import Group, Identity, IdentityKind
from channels_in.actions.connections import change_network_account, connect
from channels_in.actions.listening import note_listening
from channels_in.actions.threads import note_begun_thread
from channels_in.models import ChannelAccount
from channels_in.networks.network import Profile
from channels_in.networks.opening import PLAYED
from channels_in.networks.registry import network_of
from tickets.models import Channel, Ticket

_ACCOUNTS = (
    (Channel.WHATSAPP, "+447700900000", "BrightCart"),
    (Channel.TELEGRAM, "brightcartbot", "BrightCart"),
    (Channel.MESSENGER, "100064400000001", "BrightCart"),
    (Channel.INSTAGRAM, "17841400000000001", "brightcart"),
    (Channel.SMS, "+447700900001", "BrightCart"),
)
# Numbers that the regulator keeps free for stories (Ofcom, 07700 900000 to 900999).
_FIRST_NUMBER = 447700900300


def make_networks(setup: Actor, groups: Mapping[str, Group]) -> None:
    """Connect the accounts, as an administrator would have done."""
    for channel, address, name in _ACCOUNTS:
        network = network_of(channel)
        assert network is not None  # noqa: S101  they are all in channels_in
        connection = connect(
            actor=setup, network=network, profile=Profile(address, name),
            plain={PLAYED: True}, hidden={},  # type: ignore[dict-item]
        )  # fmt: skip
        note_listening(connection=connection)
        change_network_account(
            actor=setup, connection_id=connection.pk, name=name, group_id=groups["Support"].pk,
            schedule_id=None, language="en",
        )  # fmt: skip


def join_conversations(setup: Actor) -> None:
    """Give whoever wrote on a network what they are known by there, and their conversation."""
    accounts = {row.channel: row for row in ChannelAccount.objects.exclude(channel=Channel.EMAIL)}
    channels = [channel for channel, _, _ in _ACCOUNTS]
    tickets = Ticket.objects.filter(channel__in=channels).select_related("requester")
    for number, ticket in enumerate(tickets.order_by("id")):
        account = accounts[ticket.channel]
        handle = _handle(setup, ticket, number)
        last = ticket.comments.filter(author=ticket.requester_id).order_by("-created_at").first()
        note_begun_thread(
            account_id=account.pk, key=handle.lstrip("+"), ticket_id=ticket.pk,
            person_id=ticket.requester_id, heard_at=last.created_at if last else None,
        )  # fmt: skip


def _handle(setup: Actor, ticket: Ticket, number: int) -> str:
    network = network_of(ticket.channel)
    kind = network.identity_kind if network else ticket.channel
    known = Identity.objects.filter(user=ticket.requester_id, kind=kind).first()
    if known:
        return known.value
    is_number = kind in (IdentityKind.PHONE, IdentityKind.WHATSAPP)
    value = f"+{_FIRST_NUMBER + number}" if is_number else f"{7_100_000_000 + number * 7919}"
    return add_identity(
        actor=setup, user=ticket.requester, kind=kind, value=value, is_verified=True
    ).value
