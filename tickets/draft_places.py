"""Where on a ticket somebody can have begun to write."""

from __future__ import annotations

import re
from uuid import UUID

REPLY = ""
FOLLOW_UP = "followup"
SIDE_MAIL = "side-mail"
SIDE_TICKET = "side-ticket"
_SIDE = re.compile(r"side-([0-9a-f]{32})\Z")


def side_place(uuid: UUID) -> str:
    """Of what is written on in a side conversation."""
    return f"side-{uuid.hex}"


def side_of(place: str) -> UUID | None:
    """The side conversation that a place belongs to."""
    found = _SIDE.match(place)
    return UUID(found[1]) if found else None


def is_place(text: str) -> bool:
    return text in (REPLY, FOLLOW_UP, SIDE_MAIL, SIDE_TICKET) or side_of(text) is not None
