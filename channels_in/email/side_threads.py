"""Which side conversation a mail answers: by its own address, by a Message-ID that we signed for
it, or by an earlier mail of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from channels_in.adapters import Arrival
from channels_in.email.addresses import read_side_address, read_side_message_id, recipients_of
from channels_in.matching import Match
from tickets.models import Delivery, SideConversation, SideMessage


def side_matches(
    arrivals: Sequence[Arrival], answered: Mapping[int, Sequence[str]]
) -> dict[int, Match]:
    """By item, for those that belong to one; no query where nothing of ours is named.

    `answered` are the ids each message answers. A copy that went to the support address as well has
    the same headers, and so the same place.
    """
    named = {a.item.pk: _named(a, answered[a.item.pk]) for a in arrivals}
    earlier = _earlier(arrivals, answered)
    found = {pk: numbers for pk, numbers in named.items() if numbers}
    for arrival in arrivals:
        pk = arrival.item.pk
        known = (earlier[each] for each in answered[pk] if each in earlier)
        if pk not in found and (conversation_id := next(known, None)):
            found[pk] = (conversation_id, None, None)
    if not found:
        return {}
    rows = SideConversation.objects.filter(pk__in={numbers[0] for numbers in found.values()})
    tickets = dict(rows.values_list("pk", "ticket_id"))
    holders = _holders(numbers[2] for numbers in found.values())
    return {
        pk: Match(
            ticket_id=tickets[side_id], side_id=side_id,
            holder_id=user_id or holders.get(delivery_id or 0),
            is_proven=bool(user_id or delivery_id),
        )
        for pk, (side_id, user_id, delivery_id) in found.items()
        if side_id in tickets
    }  # fmt: skip


_Numbers = tuple[int, int | None, int | None]  # conversation, person, delivery


def _named(arrival: Arrival, answered: Sequence[str]) -> _Numbers | None:
    for address in recipients_of(arrival):
        if numbers := read_side_address(address):
            return numbers[0], numbers[1], None
    for message_id in answered:
        if numbers := read_side_message_id(message_id):
            return numbers[0], None, numbers[1]
    return None


def _earlier(arrivals: Sequence[Arrival], answered: Mapping[int, Sequence[str]]) -> dict[str, int]:
    wanted = {each for a in arrivals for each in answered[a.item.pk] if 0 < len(each) <= 255}
    if not wanted:
        return {}
    rows = SideMessage.objects.filter(message_id__in=wanted).order_by("-id")
    return {
        message_id: pk
        for message_id, pk in rows.values_list("message_id", "conversation_id")
        if message_id
    }


def _holders(delivery_ids: Iterable[int | None]) -> dict[int, int]:
    wanted = {pk for pk in delivery_ids if pk}
    if not wanted:
        return {}
    return dict(Delivery.objects.filter(pk__in=wanted).values_list("pk", "recipient_id"))
