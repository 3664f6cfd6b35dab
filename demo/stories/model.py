"""The shapes a demo conversation is written in: attachments, messages and stories."""

from __future__ import annotations

from dataclasses import dataclass

CHANNELS = (
    "email", "web", "chat", "x", "facebook", "whatsapp", "telegram", "messenger", "instagram",
    "sms", "phone", "api",
)  # fmt: skip
STATUSES = ("new", "open", "pending", "hold", "solved", "closed")
UNSOLVED = ("new", "open", "pending", "hold")
PRIORITIES = ("low", "normal", "high", "urgent", None)
TYPES = ("question", "incident", "problem", "task", None)
ATTACHMENT_KINDS = ("pdf", "png", "jpg", "txt", "csv", "docx")
FIELDS = ("order_number", "refund_amount", "product")


@dataclass(frozen=True)
class Attachment:
    """A file of a message; `kind` says which bytes `demo.files.make` gives it."""

    filename: str
    kind: str


@dataclass(frozen=True)
class Message:
    """One comment. `author` is a customer key, an agent key, or `cc:` and an address.

    `after` is the wait since the message before, in minutes.
    """

    author: str
    body: str
    kind: str = "public"
    after: float = 0
    attachments: tuple[Attachment, ...] = ()
    html: str | None = None
    cc: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """One ticket from its first message to its present status."""

    key: str
    channel: str
    subject: str
    requester: str
    messages: tuple[Message, ...]
    group: str
    assignee: str | None = None
    status: str = "open"
    priority: str | None = "normal"
    type: str | None = "question"
    tags: tuple[str, ...] = ()
    language: str = "en"
    rating: str | None = None
    rating_comment: str = ""
    order_number: str | None = None
    refund_amount: str | None = None
    product: str | None = None
    problem: str | None = None
    follow_up_of: str | None = None
    merged_into: str | None = None
    ccs: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, str]:
        """The custom fields that have a value, by name."""
        values = {name: getattr(self, name) for name in FIELDS}
        return {name: value for name, value in values.items() if value}

    @property
    def is_unsolved(self) -> bool:
        """Whether somebody still has to do something."""
        return self.status in UNSOLVED


def said(
    author: str,
    after: float,
    body: str,
    *filenames: str,
    html: str | None = None,
    cc: tuple[str, ...] = (),
) -> Message:
    """A public message; the kind of each file is taken from the end of its name."""
    return Message(author, body, "public", after, _attachments(filenames), html, cc)


def noted(author: str, after: float, body: str, *filenames: str) -> Message:
    """An internal note of an agent."""
    return Message(author, body, "note", after, _attachments(filenames))


def _attachments(filenames: tuple[str, ...]) -> tuple[Attachment, ...]:
    return tuple(Attachment(name, name.rsplit(".", 1)[-1]) for name in filenames)
