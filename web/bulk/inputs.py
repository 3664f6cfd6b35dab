"""What a form for many tickets asks for, as a request of tickets.bulk."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from macros.selectors.macros import usable_macro
from tickets.bulk import BulkRequest
from tickets.errors import InvalidChange
from tickets.models import BulkKind
from web.access import SignedInRequest
from web.agent.numbers import as_id
from web.agent.property_changes import assignment_from

KEEP = "keep"  # the choice "leave as it is" of every list
_FIELD = "field_"

KINDS = {
    "edit": BulkKind.UPDATE, "reply": BulkKind.UPDATE, "macro": BulkKind.UPDATE,
    "merge": BulkKind.MERGE, "spam": BulkKind.SPAM, "delete": BulkKind.DELETE,
    "restore": BulkKind.RESTORE,
}  # fmt: skip


def ids_in(values: QueryDict) -> list[int]:
    """The numbers of `ids`, in their order."""
    found = (as_id(part) for part in values.get("ids", "").split(","))
    return [pk for pk in found if pk is not None]


def request_in(request: SignedInRequest, what: str) -> BulkRequest:
    """Raises InvalidChange for what is missing or does not exist, RuleGone."""
    values = request.POST
    match what:
        case "reply":
            return _reply(values)
        case "macro":
            macro = usable_macro(request.actor, as_id(values.get("macro", "")) or 0)
            return BulkRequest(macro_id=macro.pk, macro_revision=macro.revision)
        case "merge":
            target = as_id(values.get("target", "").strip().lstrip("#"))
            if target is None:
                raise InvalidChange("target", _("Choose the ticket to merge the others into."))
            return BulkRequest(target=target)
        case "edit":
            return _edit(values)
        case "spam":
            return BulkRequest(suspends="suspends" in values)
    return BulkRequest()


def _reply(values: QueryDict) -> BulkRequest:
    text = values.get("text", "").replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise InvalidChange("text", _("Write something first."))
    status = values.get("status", KEEP)
    return BulkRequest(
        text=text, is_public=values.get("kind") != "internal",
        fields={} if status == KEEP else {"status": status},
    )  # fmt: skip


def _edit(values: QueryDict) -> BulkRequest:
    fields: dict[str, Any] = {
        name: values[name]
        for name in ("status", "priority", "type")
        if values.get(name, KEEP) != KEEP
    }
    if values.get("assignment", KEEP) != KEEP:
        chosen = assignment_from(values.get("assignment", ""))
        fields |= {"group_id": chosen.group_id, "assignee_id": chosen.assignee_id}
    own = {
        name.removeprefix(_FIELD): value
        for name, value in values.items()
        if name.startswith(_FIELD) and value not in ("", KEEP)
    }
    if own:
        fields["custom_fields"] = own
    made = BulkRequest(
        fields=fields, add_tags=_tags(values, "add_tags"), remove_tags=_tags(values, "remove_tags")
    )
    if made.is_empty:
        raise InvalidChange("changes", _("Everything is left as it is: choose what to change."))
    return made


def _tags(values: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(values.get(name, "").replace(",", " ").lower().split())
