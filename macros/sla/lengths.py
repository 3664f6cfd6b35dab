"""How long a promise is. `target` is in minutes, as Zendesk counts; chats are promised seconds, so
`target_in_seconds` stands beside it where that is no whole minute.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def seconds_of(target: Mapping[str, Any]) -> int:
    return target.get("target_in_seconds") or target["target"] * 60


def length_of(seconds: int) -> dict[str, int]:
    """The keys of a target; minutes are rounded up."""
    length = {"target": -(-seconds // 60)}
    return {**length, "target_in_seconds": seconds} if seconds % 60 else length
