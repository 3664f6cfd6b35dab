"""Replies on networks: a public reply leaves by the way its customer wrote in."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import Identity
from channels_in.letters import SAID_ELSEWHERE
from channels_in.models import ChannelAccount
from channels_in.networks.privacy import answers_comment, is_in_private
from channels_in.networks.registry import network_of
from channels_in.networks.rules import ALWAYS, problem_of, windows_of
from tickets.actions import DeliveryDraft, queue_deliveries
from tickets.changes import ANSWERED_OTHERWISE, TicketChange
from tickets.errors import InvalidChange
from tickets.models import Channel, Comment, DeliveryKind


def answer_on_networks(changes: Sequence[TicketChange]) -> None:
    """Queue what leaves by a network, before any rule may send the same by mail.

    A network that no account is connected to is none: its tickets are answered by mail, as far as
    their customers have an address. Nothing is asked for changes of mail tickets.
    """
    concerned = [(change, channel) for change in changes if (channel := _network_of(change))]
    if not concerned:
        return
    channels = {channel for _, channel in concerned}
    accounts = ChannelAccount.objects.filter(channel__in=channels, is_active=True)
    connected = set(accounts.values_list("channel", flat=True))
    drafts = []
    for change, channel in concerned:
        if channel not in connected:
            continue
        change.shared.setdefault(ANSWERED_OTHERWISE, set()).add(change.ticket.requester_id)
        comment = _reply(change)
        if comment and (draft := _draft(change, comment, channel)):
            _require_sendable(change, comment, channel)
            change.has_deliveries = True
            drafts.append(draft)
    if drafts:
        queue_deliveries(drafts=drafts)


def _network_of(change: TicketChange) -> str:
    """The network a reply of this change leaves by: what its writer chose, else the ticket's own.

    Empty for mail and for what is answered by mail.
    """
    chosen = change.comment.metadata.get("reply_channel") if change.comment else ""
    channel = str(chosen or change.ticket.channel)
    return channel if network_of(channel) else ""


def _reply(change: TicketChange) -> Comment | None:
    comment = change.comment
    if comment is None or change.is_silent or not (comment.is_public and comment.is_from_agent):
        return None
    if SAID_ELSEWHERE in comment.flags:  # the customer has it already
        return None
    return None if comment.author_id == change.ticket.requester_id else comment


def _draft(change: TicketChange, comment: Comment, channel: str) -> DeliveryDraft | None:
    person_id = change.ticket.requester_id
    address = comment.metadata.get("to_address") or _address(person_id, channel)
    if not address:
        return None
    return DeliveryDraft(
        ticket=change.ticket, kind=DeliveryKind.COMMENT, channel=channel,
        recipient=change.ticket.requester, address=address, comment=comment, audit=change.audit,
    )  # fmt: skip


def _require_sendable(change: TicketChange, comment: Comment, channel: str) -> None:
    """Raises InvalidChange with a sentence for what the network would not take, by whatever door it
    came. A rule's text stops nobody's submit: it fails on its own.
    """
    network = network_of(channel)
    if network is None or not change.actor.is_agent or comment.channel == Channel.SYSTEM:
        return
    problem = problem_of(
        network, text=comment.body, has_files=bool(change.file_names),
        window=ALWAYS if answers_comment(comment.metadata)
        else windows_of({channel: network}, change.ticket.requester_id)[channel],
        leaves_at=comment.send_at or comment.created_at,
        has_template=bool(comment.metadata.get("template")),
        is_private=is_in_private(network, change.ticket, comment.metadata),
    )  # fmt: skip
    if problem:
        raise InvalidChange("body", problem)


def _address(person_id: int, channel: str) -> str:
    network = network_of(channel)
    if network is None:
        return ""
    rows = Identity.objects.filter(user=person_id, kind=network.identity_kind)
    return rows.order_by("-is_primary", "-id").values_list("value", flat=True).first() or ""
