"""What came from some senders shortly before: one query for a whole batch, bounded a sender."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from accounts.addresses import canonical
from channels_in.adapters import Arrival
from channels_in.receive import IMPORT

HOUR = timedelta(hours=1)
_SENDER_LENGTH = 254

_EARLIER = """
    SELECT wanted.sender, earlier.received_at, earlier.reason, earlier.ticket_id, earlier.preview
    FROM unnest(%s::text[]) AS wanted(sender)
    CROSS JOIN LATERAL (
        SELECT received_at, reason, ticket_id, preview
        FROM channels_in_inbounditem
        WHERE sender = wanted.sender AND received_at > %s AND id <> ALL(%s)
            AND COALESCE(envelope ->> 'via', '') <> %s
        ORDER BY received_at DESC LIMIT %s
    ) AS earlier
"""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One mail that came before: when, what spoke against it, where it went, what it said."""

    at: datetime
    reason: str
    ticket_id: int | None
    words: str


def sender_key(arrival: Arrival) -> str:
    """What InboundItem.sender holds of a sender: the bare address."""
    sender = arrival.message.sender
    return canonical(sender.email)[:_SENDER_LENGTH] if sender else ""


def words_of(preview: str) -> str:
    """A text by which the same words are recognised, whatever number a machine puts into them."""
    return "".join(letter for letter in preview.casefold() if letter.isalpha())


def recent_mail(arrivals: Sequence[Arrival], *, limit: int) -> dict[str, list[Earlier]]:
    """The last `limit` mails of each sender in the hour before the batch."""
    senders = {key for arrival in arrivals if (key := sender_key(arrival))}
    found: dict[str, list[Earlier]] = {key: [] for key in senders}
    if not senders:
        return found
    since = min(arrival.item.received_at for arrival in arrivals) - HOUR
    ids = [arrival.item.pk for arrival in arrivals]
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, [sorted(senders), since, ids, IMPORT, limit])
        for sender, at, reason, ticket_id, preview in cursor.fetchall():
            found[sender].append(Earlier(at, reason, ticket_id, words_of(preview)))
    return found
