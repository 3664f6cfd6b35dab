"""What a network has to offer, and what passes between it and the house.

A network is a frozen description (`Network`) that makes a `Client` for a connected account. Clients
speak to the other side and say in exceptions what became of it; they know no database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from django.utils.functional import Promise

from channels_in.adapters import Capabilities
from channels_in.messages import Handle, IncomingMessage
from channels_in.models import Connection, InboundItem

Text = str | Promise
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing an administrator types to connect an account. Secrets are sealed, never shown."""

    name: str
    label: Text
    help: Text = ""
    is_secret: bool = False
    is_required: bool = True
    default: str = ""
    is_generated: bool = False  # a secret of ours that the other side is told; made when empty
    is_switch: bool = False  # a checkbox; kept as YES or NO


def is_yes(typed: object) -> bool:
    """Whether a switch is on, however somebody wrote it: pages tick it, programs spell it."""
    return str(typed).strip().lower() in (YES, "true", "1", "on")


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the account is on its network. `address` becomes the account's (lower case, <= 254).

    `learned` is what the server says of itself; it is kept among the settings.
    """

    address: str
    name: str = ""
    url: str = ""
    learned: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as the network told it: raw bytes that `Network.parse` understands.

    `external_id` is what makes it one row however often it comes: <= 80 letters, or empty for the
    digest of the bytes.
    """

    raw: bytes
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a visit brought. `cursor` is stored after the messages are; `has_more` asks again.

    `next_at` is when the network wants to be asked again; None for the usual pace.
    """

    messages: Sequence[Heard]
    cursor: dict[str, Any]
    has_more: bool = False
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the network says of a message of ours: `state` is sent, delivered, read or failed."""

    provider_id: str
    state: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """A post (or GET) to our webhook. Header names are lower case; `url` is the one called."""

    method: str
    url: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class WebhookAnswer:
    """What to do with a post and what to answer once the messages are stored."""

    messages: Sequence[Heard] = ()
    receipts: Sequence[Receipt] = ()
    status: int = 200
    body: str = ""
    content_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a part of a post is for: the account on a network that `key` names there. `name` is what
    people call it.
    """

    channel: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file of a reply; `content` reads it from the storage."""

    filename: str
    content_type: str
    size: int
    key: str
    url: str = ""  # a link that ends, for networks that fetch files themselves


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One reply to one person, or in public.

    `handle` is the receiver's, `conversation` the key of the chat or thread, `in_reply_to` the id
    of the message it answers, empty when it begins one. `is_private` asks for a direct message.
    `key` is the same at each attempt: where a network takes such a thing, nothing is said twice.
    `template` is a network's own approved text with its values, for what it allows only so.
    """

    text: str
    handle: Handle
    conversation: str = ""
    in_reply_to: str = ""
    is_private: bool = True
    files: Sequence[OutgoingFile] = ()
    key: str = ""
    template: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswersBy:
    """Where and as whom somebody will answer what we said, if that is not how we knew them."""

    channel: str
    handle: Handle


@dataclass(frozen=True, slots=True)
class Sent:
    """The network took it: its id, the address people see it at, and the conversation it began.

    `more_ids` are those of what left beside it: a file by itself.
    """

    id: str
    url: str = ""
    conversation: str = ""
    more_ids: Sequence[str] = ()
    answers_by: AnswersBy | None = None

    def beginning_with(self, kind: str, channel: str) -> Sent:
        """The same, saying that the person answers in its conversation on this channel."""
        handle = Handle(kind, self.conversation)
        return replace(self, answers_by=AnswersBy(channel, handle))


class NetworkError(Exception):
    """Something between us and a network; the sentence can be shown to people."""


class Refused(NetworkError):
    """The network does not take this message, and will not later."""


class RateLimited(NetworkError):
    """Too much at once; nothing has left. `retry_after` in seconds."""

    def __init__(self, words: str, *, retry_after: float = 60) -> None:
        super().__init__(words)
        self.retry_after = retry_after


class TokenExpired(NetworkError):
    """The network takes our secrets no longer: an administrator has to sign in again."""


class Unreachable(NetworkError):
    """The network did not answer, or not sensibly; nothing has left."""


class Uncertain(NetworkError):
    """The connection broke while the message was handed over: nobody knows whether it left."""


class BadSignature(NetworkError):
    """A post that does not prove it comes from the network."""


class Client(Protocol):
    """An open way to a network for one account. Every call may raise NetworkErrors."""

    def who_am_i(self) -> Profile:
        """The live test: whose account this is."""
        ...

    def send(self, outgoing: Outgoing) -> Sent:
        """Say it."""
        ...

    def close(self) -> None: ...


class PolledClient(Client, Protocol):
    """A client of a network that does not come to us."""

    def poll(self, cursor: dict[str, Any]) -> Page:
        """What there is since `cursor`."""
        ...


@runtime_checkable
class StopsListening(Protocol):
    """A client of a network that either posts to somebody or is asked, never both."""

    def stop_listening(self) -> None:
        """Have nothing posted any more, wherever that was: what happens waits to be asked for."""
        ...


@runtime_checkable
class Listens(Protocol):
    """A client that can tell its network where to post to."""

    def listen_at(self, url: str, secret: str) -> None:
        """Have what happens posted to `url`, proven by `secret` where the network wants one."""
        ...


@dataclass(frozen=True, slots=True)
class Renewed:
    """The secrets that are new, and how long they last."""

    secrets: Mapping[str, str]
    lasts: timedelta


@runtime_checkable
class Renews(Protocol):
    """A network whose sign-ins end, and may be changed for new ones while they are good."""

    def renewed(self, connection: Connection) -> Renewed | None:
        """A new sign-in, None where this one does not end. Raises NetworkErrors."""
        ...


@runtime_checkable
class NamesEvents(Protocol):
    """A network at which somebody chooses what is posted to us."""

    @property
    def events(self) -> Sequence[str]: ...


@runtime_checkable
class HasTroubles(Protocol):
    """A network of which a part can fail while the account goes on."""

    def troubles(self, connection: Connection) -> Sequence[str]:
        """What does not work and what to do about it, in sentences. Asks nobody."""
        ...


@runtime_checkable
class SharesItsDoor(Protocol):
    """A network that posts to one address what concerns several accounts, of others too."""

    def addressees(self, body: bytes) -> Sequence[Addressee]:
        """Whom a post, whose signature was right, is for. Raises ValueError."""
        ...

    def door_key(self, connection: Connection) -> str:
        """What a post calls this account."""
        ...


class Network(Protocol):
    """A network: what it can, what it asks for, how its messages are read."""

    @property
    def channel(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def help(self) -> Text:
        """How to get what the fields ask for, in a sentence or two."""
        ...

    @property
    def capabilities(self) -> Capabilities: ...
    @property
    def fields(self) -> Sequence[Field]: ...
    @property
    def is_polled(self) -> bool: ...
    @property
    def has_webhook(self) -> bool: ...
    @property
    def identity_kind(self) -> str:
        """The kind of Identity its people have."""
        ...

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        """Understand what was stored. Pure; raises UnreadableMessage."""
        ...

    def client(self, connection: Connection) -> Client: ...

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        """Check the signature and take the post apart. Raises BadSignature, ValueError."""
        ...
