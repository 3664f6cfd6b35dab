"""When people are back, for those who write while nobody is there."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from channels_in.models import ChannelAccount
from tickets.schedules import next_opening


def back_at(account: ChannelAccount, at: datetime) -> datetime | None:
    """The next opening in the schedule's own time, or None while open or without a schedule."""
    schedule = account.schedule
    if schedule is None:
        return None
    try:
        opens = next_opening(schedule, at)
        zone = ZoneInfo(schedule.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return opens.astimezone(zone) if opens and opens > at else None
