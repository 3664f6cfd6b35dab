"""What calls of webhooks keep of messages that were redacted."""

from __future__ import annotations

from core.redaction import MARK, redact_text
from macros.models import InvocationState, WebhookInvocation
from tickets.actions.redaction import Redaction

_OVER = (InvocationState.DELIVERED, InvocationState.FAILED)


def redact_calls(taken: Redaction) -> None:
    """Take the words out of the bodies and answers that the log of calls keeps.

    A body is JSON, in which letters may be escaped: one that is over is kept without the words, or
    not at all where they may be hidden so. What was not sent yet is sent without them.
    """
    if taken.pattern is None:
        return
    calls = WebhookInvocation.objects.filter(ticket__in=taken.ticket_ids).select_for_update()
    for call in calls.order_by("id"):
        body = redact_text(call.body, taken.pattern)
        if body == call.body and _is_hidden(call.body, taken):
            body = MARK if call.state in _OVER else "{}"
        response = redact_text(call.response, taken.pattern)
        if (body, response) != (call.body, call.response):
            call.body, call.response = body, response
            call.save(update_fields=["body", "response"])


def _is_hidden(body: str, taken: Redaction) -> bool:
    """Whether the words stand in the body once its escapes are read."""
    if "\\" not in body or taken.pattern is None:
        return False
    read = body.encode("ascii", "backslashreplace").decode("unicode_escape", "replace")
    return bool(taken.pattern.search(read))
