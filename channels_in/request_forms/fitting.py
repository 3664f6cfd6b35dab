"""Values that no longer fit: a field, an option or a form may go while a request waits its turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from channels_in.messages import IncomingMessage
from tickets.errors import InvalidChange
from tickets.field_values import clean_value
from tickets.models import TicketField, TicketForm


def fitted(messages: Sequence[IncomingMessage]) -> list[IncomingMessage]:
    """The messages with what tickets can take; the rest is written below their text, not lost.

    Two queries at most, however many there are.
    """
    keys = {key for message in messages for key, _value in message.custom_fields}
    wanted = {message.form_id for message in messages if message.form_id}
    fields = TicketField.objects.in_bulk([int(key) for key in keys]) if keys else {}
    forms = set(TicketForm.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    return [_fitted(message, fields, forms if wanted else set()) for message in messages]


def _fitted(
    message: IncomingMessage, fields: dict[int, TicketField], forms: set[int]
) -> IncomingMessage:
    kept: list[tuple[str, Any]] = []
    lost: list[str] = []
    for key, value in message.custom_fields:
        field = fields.get(int(key))
        try:
            if field is None:
                lost.append(_words("?", value))
            else:
                kept.append((key, clean_value(field, value)))
        except InvalidChange:
            lost.append(_words(str(field), value))
    form_id = message.form_id if message.form_id in forms else None
    text = "\n".join([message.text, "", *lost]) if lost else message.text
    return replace(
        message, custom_fields=tuple(kept), form_id=form_id, text=text, reply_text=text
    )  # fmt: skip


def _words(title: str, value: Any) -> str:
    spoken = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{title}: {spoken}"
