"""Where a message belongs: an existing ticket, or none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """`ticket_id` is None for a message that begins a ticket.

    `holder_id` is the person a signed token was given to: only that person is proven by it. None
    when the match rests on the Message-ID of somebody's earlier mail, which proves no one.
    `side_id` is the side conversation of the ticket that it belongs to, and to nothing else.
    `was_awaited`: an answer to it came before it and opened the ticket.
    """

    ticket_id: int | None = None
    holder_id: int | None = None
    is_proven: bool = False
    was_awaited: bool = False
    side_id: int | None = None
    answered_id: int | None = None  # the comment that it was written as an answer to


NO_MATCH = Match()
