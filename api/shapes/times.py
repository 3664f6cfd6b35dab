from __future__ import annotations

from datetime import datetime


def stamp(instant: datetime | None) -> str | None:
    """An instant as Zendesk writes it: UTC, whole seconds, "Z"."""
    return None if instant is None else instant.isoformat()[:19] + "Z"
