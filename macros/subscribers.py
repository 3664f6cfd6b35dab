"""Shells between the outbox and this app's actions."""

from __future__ import annotations

from collections.abc import Sequence

from core.outbox import Message
from macros.actions.sla_recounts import recount_for_schedules


def recount_sla(_messages: Sequence[Message]) -> None:
    recount_for_schedules()
