from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tickets.actions.participants import LISTS
from tickets.drafts import TicketChanges


@dataclass(frozen=True, slots=True)
class TextChange:
    """What becomes of the comment being written: `mode` is set, append or prepend.

    `text` is Liquid already filled in; with `is_html` it is clean HTML.
    """

    text: str
    mode: str = "append"
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to people: `who` is a person's id, or a role that the sender resolves.

    Roles: requester, requester_and_ccs, assignee, group (with `group_id`), current_user, followers.
    With `is_reply` it is the public comment itself that goes out, in the looks of a reply.
    """

    who: str
    subject: str = ""
    body: str = ""
    user_id: int | None = None
    group_id: int | None = None
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class WebhookCall:
    webhook_id: int
    body: str


@dataclass(slots=True)
class Plan:
    """All that one rule asks for. Fields are those of TicketChanges; tags are the final list."""

    fields: dict[str, Any] = field(default_factory=dict)
    texts: list[TextChange] = field(default_factory=list)
    is_public: bool | None = None  # of the comment; None: as it is
    notices: list[Notice] = field(default_factory=list)
    webhooks: list[WebhookCall] = field(default_factory=list)
    offers_rating: bool = False
    routes: bool = False  # assign by routing
    file_ids: list[int] = field(default_factory=list)  # of the macro (MacroFile)

    @property
    def changes(self) -> TicketChanges:
        return TicketChanges(**self.fields)

    @property
    def writes(self) -> bool:
        """Whether carrying it out changes rows of the ticket, not only queues what leaves."""
        return bool(self.fields or self.texts or self.offers_rating or self.routes)

    @property
    def only_sets_columns(self) -> bool:
        """Whether all that it writes stands in the ticket's own row."""
        elsewhere = self.texts or self.offers_rating or self.routes or self.webhooks
        return bool(self.fields) and not elsewhere and self.fields.keys().isdisjoint(LISTS)

    @property
    def is_empty(self) -> bool:
        return self == Plan()
