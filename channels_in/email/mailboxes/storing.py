"""Fetched mail into the house's one way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import Error as DatabaseError

from channels_in.email.mailboxes.errors import MailboxError
from channels_in.email.mailboxes.resting import rest
from channels_in.models import Mailbox
from channels_in.receive import RawMessage, receive


class NotStored(MailboxError):
    """Our own database or storage is away; the mail stays on the server."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message of a server; of one that is too large only the header. `uid` is the server's."""

    uid: str
    raw: bytes = field(repr=False)
    size: int
    is_too_large: bool = False


def store(mailbox: Mailbox, messages: Sequence[Fetched]) -> None:
    """Commit the messages; when this returns they are safe. Raises NotStored.

    What was received before is recognised by its bytes, whichever way it came.
    """
    try:
        receive([_raw_message(mailbox, message) for message in messages])
    except (DatabaseError, OSError) as error:
        raise NotStored("The mail could not be stored here; it is still on the server.") from error
    finally:
        rest()


def _raw_message(mailbox: Mailbox, message: Fetched) -> RawMessage:
    envelope: dict[str, object] = {
        "via": mailbox.protocol,
        "to": [mailbox.account.address],
        "mailbox": mailbox.pk,
        "uid": message.uid,
    }
    if message.is_too_large:
        envelope |= {"too_large": True, "size": message.size}
    return RawMessage(mailbox.account, message.raw, envelope)
