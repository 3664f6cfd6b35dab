"""The signed addresses and Message-IDs that go out with our mail and prove where an answer
belongs.
"""

from __future__ import annotations

import re

from django.conf import settings

from channels_in.accounts import account_of, split_tag
from channels_in.adapters import Arrival
from core import ids

_OURS = re.compile(r"s?\d{1,18}-\d{1,18}(?:-[a-z2-7]{1,40})?@")


def reply_address(ticket_id: int, user_id: int, account: str) -> str:
    """Where this person's answers to this ticket go: `support+<ticket>-<person>-<mac>@…`."""
    return _tagged(account, ids.sign("reply", ticket_id, user_id))


def side_reply_address(conversation_id: int, user_id: int, account: str) -> str:
    """Where this person's answers in a side conversation go, and to nothing else:
    `support+s<conversation>-<person>-<mac>@…`.
    """
    return _tagged(account, f"s{ids.sign('side-reply', conversation_id, user_id)}")


def read_side_address(address: str) -> tuple[int, int] | None:
    """(conversation id, person id) of an address made by `side_reply_address`, or None."""
    account, tag = split_tag(address)
    is_ours = tag.startswith("s") and account_of(account)
    numbers = ids.read("side-reply", tag[1:]) if is_ours else None
    return (numbers[0], numbers[1]) if numbers and len(numbers) == 2 else None


def read_side_message_id(message_id: str) -> tuple[int, int] | None:
    """(conversation id, delivery id) of the Message-ID of a side message of ours, or None."""
    name = message_id.partition("@")[0].lower()
    numbers = ids.read("side", name[1:]) if name.startswith("s") else None
    return (numbers[0], numbers[1]) if numbers and len(numbers) == 2 else None


def return_path(delivery_id: int, account: str) -> str:
    """The envelope sender of one delivery (VERP): a report to it names what failed."""
    return _tagged(account, f"b{ids.sign('bounce', delivery_id)}")


def read_reply_address(address: str) -> tuple[int, int] | None:
    """(ticket id, person id) of an address made by `reply_address`, or None."""
    account, tag = split_tag(address)
    numbers = ids.read("reply", tag) if tag and account_of(account) else None
    return (numbers[0], numbers[1]) if numbers and len(numbers) == 2 else None


def delivery_of_return_path(address: str) -> int | None:
    """The delivery id of an address made by `return_path`, or None."""
    tag = split_tag(address)[1]
    numbers = ids.read("bounce", tag[1:]) if tag.startswith("b") else None
    return numbers[0] if numbers else None


def read_message_id(message_id: str) -> tuple[int, int] | None:
    """(ticket id, delivery id) of a Message-ID of ours; None for any other, however alike it
    looks.
    """
    numbers = ids.read("message", message_id.partition("@")[0])
    return (numbers[0], numbers[1]) if numbers and len(numbers) == 2 else None


def is_forged(message_id: str) -> bool:
    """Whether an id has the shape of ours and not our signature (attack 4)."""
    return bool(_OURS.match(message_id.lower())) and not is_ours(message_id)


def is_ours(message_id: str) -> bool:
    """Whether we have signed it, for a ticket or for a side conversation."""
    return bool(read_message_id(message_id) or read_side_message_id(message_id))


def recipients_of(arrival: Arrival) -> list[str]:
    """Envelope recipients first, then the addresses in the headers."""
    message = arrival.message
    named = [address.email for address in (*message.to, *message.cc)]
    return [*arrival.item.envelope.get("to", []), *message.delivered_to, *named]


def names_a_ticket(arrival: Arrival) -> bool:
    """Whether a message carries proof of ours that it belongs to a ticket."""
    message = arrival.message
    return any(
        read_reply_address(address) or read_side_address(address)
        for address in recipients_of(arrival)
    ) or any(is_ours(known) for known in (*message.in_reply_to, *message.references))


def _tagged(account: str, tag: str) -> str:
    local, _, domain = (account or settings.SUPPORT_ADDRESS).rpartition("@")
    return f"{local}+{tag}@{domain}"
