"""The Date field (RFC 5322 §3.3) to an aware UTC instant, or None.

Also ISO 8601, zones written as `+01:00` or `GMT+0100`, and the months of other languages, which
scripts and old clients write there.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import mktime_tz, parsedate_tz

_ZONE_COLON = re.compile(r"(?:GMT|UTC?|Z)?\s?([+-]\d\d):?(\d\d)(?=\s|\Z|\()", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_FOREIGN = re.compile(
    r"(?P<day>\d{1,2})\.?(?: de)? (?P<month>[^\W\d_]{3,12})\.?(?: de)? (?P<year>\d{4}),? "
    r"(?P<rest>\d.{4,40})\Z"
)
_MONTHS = {
    prefix: month
    for month, prefixes in {
        "Jan": "jan ene gen sty led янв січ oca tam ian",
        "Feb": "feb fév lut úno фев лют şub hel fev",
        "Mar": "mar mär mrz maa bře мар бер mrt",
        "Apr": "apr avr abr kwi dub апр кві nis huh",
        "May": "may mai mag maj kvě май мая тра mei tou",
        "Jun": "jun giu cze чер июн haz kes juin",
        "Jul": "jul lug lip июл лип tem hei juil",
        "Aug": "aug aoû ago sie srp авг сер ağu elo",
        "Sep": "sep set wrz zář сен вер eyl syy",
        "Oct": "oct okt oto ott out paź říj окт жов eki lok",
        "Nov": "nov lis ноя лис kas noi",
        "Dec": "dec dez déc dic gru pro дек гру ara jou des",
    }.items()
    for prefix in prefixes.split()
}


def parse_date(text: str) -> datetime | None:
    """Parse a Date value. None when it is missing, nonsense, or outside the years 1971 to 9998."""
    if not text or len(text) > 200:
        return None
    text = _ZONE_COLON.sub(r" \1\2", text.strip())
    try:
        if _ISO.match(text):
            return _in_range(datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-")))
        parsed = parsedate_tz(text)
        if parsed is None or not 1 <= parsed[2] <= 31 or not 1 <= parsed[1] <= 12:
            parsed = parsedate_tz(_write_english(text))
        if parsed is None or not 1 <= parsed[2] <= 31 or parsed[3] > 24:
            return None
        return _in_range(datetime.fromtimestamp(mktime_tz(parsed), tz=UTC))
    except (ValueError, OverflowError, OSError, IndexError, TypeError):
        return None


def _write_english(text: str) -> str:
    """ "Freitag, 20. Dezember 2026 10:04" with an English month and no weekday."""
    match = _FOREIGN.search(text)
    if match is None:
        return ""
    name = match["month"].casefold()
    month = _MONTHS.get(name) or _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])
    return f"{match['day']} {month} {match['year']} {match['rest']}" if month else ""


def _in_range(instant: datetime) -> datetime | None:
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    instant = instant.replace(microsecond=0)
    return instant if 1970 < instant.year < 9999 else None
