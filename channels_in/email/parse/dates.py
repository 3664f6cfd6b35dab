"""The Date field (RFC 5322 §3.3) to an aware UTC instant, or None."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import mktime_tz, parsedate_tz


def parse_date(text: str) -> datetime | None:
    """Parse a Date value. None when it is missing, nonsense, or outside the years 1971 to 9998."""
    if not text or len(text) > 200:
        return None
    try:
        parsed = parsedate_tz(text)
        if parsed is None:
            return None
        instant = datetime.fromtimestamp(mktime_tz(parsed), tz=UTC)
    except (ValueError, OverflowError, OSError, IndexError, TypeError):
        return None
    return instant if 1970 < instant.year < 9999 else None
