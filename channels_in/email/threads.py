"""Which ticket a mail answers (domain-standards.md §8, attacks 1–4).

A side conversation goes before all: what belongs to one must not reach the ticket's customer. Then,
in this order: a signed reply address, a Message-ID that we signed, the Message-ID of an earlier
mail of the conversation, and an answer to this very mail that came before it. The number in a
subject proves nothing and is not looked at.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace

from accounts.selectors import survivors_of
from channels_in.adapters import Arrival
from channels_in.email.addresses import (
    is_forged,
    read_message_id,
    read_reply_address,
    recipients_of,
)
from channels_in.email.side_threads import side_matches
from channels_in.matching import NO_MATCH, Match
from channels_in.models import AwaitedMessage
from tickets.models import Channel, Comment, Delivery

logger = logging.getLogger(__name__)

REFERENCES_LIMIT = 50  # a forged header may hold thousands


def match(arrivals: Sequence[Arrival]) -> list[Match]:
    """One match for each arrival: a fixed number of queries for all of them."""
    beside = side_matches(arrivals, {a.item.pk: _answered_ids(a) for a in arrivals})
    holders = _holders(arrivals)
    awaited = _awaited_mails(arrivals)
    earlier = awaited | _earlier_mails(arrivals)
    matches = [
        beside.get(arrival.item.pk) or _match_one(arrival, holders, earlier, awaited)
        for arrival in arrivals
    ]
    return _held_by_survivors(matches)


def _held_by_survivors(matches: list[Match]) -> list[Match]:
    """What was given to somebody who was merged since is held by the one they were merged into."""
    holders = {match.holder_id for match in matches if match.holder_id}
    merged = survivors_of(holders) if holders else {}
    return [
        replace(match, holder_id=merged[match.holder_id]) if match.holder_id in merged else match
        for match in matches
    ]


def _match_one(
    arrival: Arrival, holders: dict[int, int], earlier: dict[str, int], awaited: dict[str, int]
) -> Match:
    for address in recipients_of(arrival):
        if numbers := read_reply_address(address):
            return Match(ticket_id=numbers[0], holder_id=numbers[1], is_proven=True)
    known = _answered_ids(arrival)
    for message_id in known:
        if numbers := read_message_id(message_id):
            ticket_id, delivery_id = numbers
            return Match(ticket_id, holder_id=holders.get(delivery_id), is_proven=True)
    for message_id in known:
        if message_id in earlier:
            return Match(ticket_id=earlier[message_id])
    if forged := next(filter(is_forged, known), None):
        logger.warning("mail.forged_id", extra={"item": arrival.item.pk, "id": forged[:120]})
    if ticket_of_answer := awaited.get(arrival.message.message_id or ""):
        return Match(ticket_id=ticket_of_answer, was_awaited=True)
    return NO_MATCH


def _answered_ids(arrival: Arrival) -> list[str]:
    """In-Reply-To first, then References from the last (the parent) backwards (RFC 5322 §3.6.4)."""
    message = arrival.message
    references = message.references[-REFERENCES_LIMIT:]
    return list(dict.fromkeys([*message.in_reply_to[:REFERENCES_LIMIT], *reversed(references)]))


def _holders(arrivals: Sequence[Arrival]) -> dict[int, int]:
    """Whom each delivery that a signed Message-ID names went to."""
    named = (read_message_id(pk) for arrival in arrivals for pk in _answered_ids(arrival))
    delivery_ids = {numbers[1] for numbers in named if numbers}
    if not delivery_ids:
        return {}
    rows = Delivery.objects.filter(pk__in=delivery_ids).values_list("pk", "recipient_id")
    return dict(rows)


def _awaited_mails(arrivals: Iterable[Arrival]) -> dict[str, int]:
    """The ticket of each mail here, and of each that is answered here, that others answered too."""
    wanted = {
        pk
        for arrival in arrivals
        for pk in (*_answered_ids(arrival), arrival.message.message_id or "")
        if 0 < len(pk) <= 255
    }
    rows = AwaitedMessage.objects.filter(channel=Channel.EMAIL, message_id__in=wanted)
    return dict(rows.values_list("message_id", "ticket_id")) if wanted else {}


def _earlier_mails(arrivals: Iterable[Arrival]) -> dict[str, int]:
    """The ticket of each mail in the conversations that we have seen."""
    wanted = {pk for arrival in arrivals for pk in _answered_ids(arrival) if len(pk) <= 255}
    if not wanted:
        return {}
    rows = (
        Comment.objects.filter(message_id__in=wanted)
        .order_by("-id")
        .values_list("message_id", "ticket_id")
    )
    return {message_id: ticket_id for message_id, ticket_id in rows if message_id}
