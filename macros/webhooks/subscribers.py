"""The shell between the outbox and the calls."""

from __future__ import annotations

from collections.abc import Sequence

from core.nudge import nudge
from core.outbox import Message

CALL_TASK = "macros.tasks.call_webhooks"


def nudge_calls(_messages: Sequence[Message]) -> None:
    nudge(CALL_TASK)
