"""Calls of webhooks in the words and colours of their pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from macros.actions.webhooks import TEST
from macros.models import InvocationState, WebhookInvocation
from web.admin.rules.presenting import PAGES

_TONES = {InvocationState.DELIVERED: "good", InvocationState.FAILED: "bad"}
STATES = {
    "ok": ("ok", gettext_lazy("Working")),
    "new": ("waiting", gettext_lazy("Not called yet")),
    "trouble": ("trouble", gettext_lazy("Trouble")),
    "paused": ("trouble", gettext_lazy("Paused")),
    "off": ("off", gettext_lazy("Switched off")),
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of a call."""

    at: datetime
    status: int | None
    milliseconds: int
    error: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as a line of the log and as the head of its page."""

    call: WebhookInvocation
    tone: str
    state: str
    asked_by: str
    rule_url: str
    attempts: Sequence[Attempt]

    @property
    def last(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None

    @property
    def is_waiting(self) -> bool:
        return self.call.state == InvocationState.WAITING

    @property
    def has_failed(self) -> bool:
        return self.call.state == InvocationState.FAILED

    @property
    def is_test(self) -> bool:
        return bool(self.call.cause.get("kind") == TEST)


def call_row(call: WebhookInvocation) -> CallRow:
    """A call with what became of it and who asked for it."""
    state = InvocationState(call.state)
    return CallRow(
        call, tone=_TONES.get(state, ""), state=str(state.label), asked_by=_asked_by(call.cause),
        rule_url=_rule_url(call.cause), attempts=[_attempt(row) for row in call.attempts],
    )  # fmt: skip


def readable(body: str) -> str:
    """JSON over several lines; what is none as it is."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body


def _asked_by(cause: dict[str, Any]) -> str:
    if cause.get("kind") == TEST:
        return _("Test call")
    return str(cause.get("title") or _("A rule"))


def _rule_url(cause: dict[str, Any]) -> str:
    page = PAGES.get(cause.get("kind", ""))
    return reverse(page, args=[cause["id"]]) if page and cause.get("id") else ""


def _attempt(row: dict[str, Any]) -> Attempt:
    return Attempt(datetime.fromisoformat(row["at"]), row["status"], row["ms"], row["error"])
