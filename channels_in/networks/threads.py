"""Which ticket a network's message belongs to: the message it answers, or its conversation."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.selectors import survivors_of
from channels_in.adapters import Arrival
from channels_in.matching import NO_MATCH, Match
from channels_in.models import ChannelThread
from tickets.models import Comment, Delivery

ANSWERED_LIMIT = 10  # of the ids a message says it answers


def match(arrivals: Sequence[Arrival]) -> list[Match]:
    """One match for each arrival of one channel: a fixed number of queries for all of them.

    In this order: an answer to a message of ours, an answer to a comment, the conversation. A
    private conversation is its person's own; who answers in public proves nothing by it.
    """
    channel = arrivals[0].item.account.channel
    answered = {pk for arrival in arrivals for pk in _answered(arrival)}
    ours = _sent(channel, answered)
    theirs = _heard(channel, answered)
    conversations = _conversations(arrivals)
    return [_match_one(arrival, ours, theirs, conversations) for arrival in arrivals]


def _match_one(
    arrival: Arrival,
    ours: dict[str, tuple[int, int, int | None]],
    theirs: dict[str, tuple[int, int]],
    conversations: dict[tuple[int, str], ChannelThread],
) -> Match:
    message = arrival.message
    thread = conversations.get((arrival.item.account_id, message.conversation))
    holder = thread.person_id if thread and message.is_private else None
    for pk in _answered(arrival):
        if pk in ours:
            ticket_id, person_id, comment_id = ours[pk]
            is_own = message.is_private
            return Match(
                ticket_id, holder_id=person_id if is_own else None, is_proven=is_own,
                answered_id=comment_id,
            )  # fmt: skip
        if pk in theirs:
            ticket_id, comment_id = theirs[pk]
            return Match(
                ticket_id, holder_id=holder, is_proven=holder is not None, answered_id=comment_id
            )
    if thread:
        return Match(thread.ticket_id, holder_id=holder, is_proven=holder is not None)
    return NO_MATCH


def _answered(arrival: Arrival) -> list[str]:
    message = arrival.message
    ids = dict.fromkeys((*message.in_reply_to, *reversed(message.references)))
    return [pk for pk in ids if 0 < len(pk) <= 255][:ANSWERED_LIMIT]


def _sent(channel: str, ids: set[str]) -> dict[str, tuple[int, int, int | None]]:
    """Ticket, receiver and comment of the messages of ours with these ids; one query."""
    if not ids:
        return {}
    rows = Delivery.objects.filter(channel=channel, provider_id__in=ids).order_by("id")
    return {
        provider_id: (ticket_id, recipient_id, comment_id)
        for provider_id, ticket_id, recipient_id, comment_id in rows.values_list(
            "provider_id", "ticket_id", "recipient_id", "comment_id"
        )
    }


def _heard(channel: str, ids: set[str]) -> dict[str, tuple[int, int]]:
    """Ticket and comment of customers' messages with these ids; one query."""
    if not ids:
        return {}
    rows = Comment.objects.filter(channel=channel, message_id__in=ids).order_by("id")
    found = rows.values_list("message_id", "ticket_id", "id")
    return {key: (ticket_id, comment_id) for key, ticket_id, comment_id in found if key}


def _conversations(arrivals: Sequence[Arrival]) -> dict[tuple[int, str], ChannelThread]:
    keys = {a.message.conversation for a in arrivals if a.message.conversation}
    if not keys:
        return {}
    accounts = {arrival.item.account_id for arrival in arrivals}
    rows = list(ChannelThread.objects.filter(account__in=accounts, key__in=keys))
    people = {row.person_id for row in rows if row.person_id}
    merged = survivors_of(people) if people else {}
    for row in rows:
        row.person_id = merged.get(row.person_id or 0, row.person_id)
    return {(row.account_id, row.key): row for row in rows}
