"""What a job does to each of its tickets: plain values, kept as JSON until it is done."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from tickets.drafts import TicketChanges
from tickets.models import Ticket

LIMIT = 1_000  # tickets in one job
JOB_LIMIT = 30  # jobs that wait or are worked on, in the whole house (Zendesk's)
TEXT_LENGTH = 65_536
# What one value may be set to on many tickets; `tags` replaces them all.
FIELDS = ("subject", "status", "type", "priority", "group_id", "assignee_id", "organization_id",
          "problem_id", "due_at", "tags", "custom_fields")  # fmt: skip


@dataclass(frozen=True, slots=True)
class BulkRequest:
    """The change of one job.

    `fields` are those of TicketChanges (FIELDS). `text` is written on each ticket with its
    placeholders filled in; as `html` when that is set. The macro is applied as it was in
    `macro_revision`. `target` is the ticket that the others are merged into.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    text: str = ""
    html: str = ""
    is_public: bool = True
    macro_id: int | None = None
    macro_revision: int = 0
    target: int | None = None
    suspends: bool = False  # the requesters of spam

    @property
    def is_empty(self) -> bool:
        return self == BulkRequest(is_public=self.is_public)

    @property
    def writes(self) -> bool:
        return bool(self.text.strip() or self.html.strip())

    def as_json(self) -> dict[str, Any]:
        values = asdict(self)
        values["fields"] = {name: _plain(value) for name, value in self.fields.items()}
        return {
            name: value
            for name, value in values.items()
            if value not in ({}, (), "", None, False) or name == "is_public"
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> BulkRequest:
        given = {**values, "fields": dict(values.get("fields", {}))}
        for name in ("add_tags", "remove_tags"):
            given[name] = tuple(values.get(name, ()))
        if isinstance(due_at := given["fields"].get("due_at"), str):
            given["fields"]["due_at"] = datetime.fromisoformat(due_at)
        return cls(**given)

    def changes_for(self, ticket: Ticket) -> TicketChanges:
        """The properties that this ticket is to have."""
        values = dict(self.fields)
        if "tags" in values or self.add_tags or self.remove_tags:
            gone = set(self.remove_tags)
            tags = [*values.get("tags", ticket.tags), *self.add_tags]
            values["tags"] = tuple(tag for tag in dict.fromkeys(tags) if tag not in gone)
        return TicketChanges(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
