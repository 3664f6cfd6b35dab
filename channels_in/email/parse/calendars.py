"""The first event of an invitation (RFC 5545, RFC 5546): enough to show it, not a calendar
library.
"""

from __future__ import annotations

from channels_in.email.parse.charset import decode_text, make_one_line
from channels_in.email.parse.structure import Part
from channels_in.messages import CalendarInvitation

_READ = 256 * 1024
_ESCAPES = (("\\n", " "), ("\\N", " "), ("\\,", ","), ("\\;", ";"), ("\\\\", "\\"))


def read_calendar(parts: list[Part]) -> CalendarInvitation | None:
    """The invitation of the first calendar part that holds an event, else None."""
    for part in parts[:5]:
        content, _ = part.decode()
        text = decode_text(content[:_READ], part.type_value.get("charset") or "utf-8")
        found = _read_event(text, part.type_value.get("method"))
        if found is not None:
            return found
    return None


def _read_event(text: str, method: str) -> CalendarInvitation | None:
    unfolded = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "")
    values: dict[str, str] = {}
    in_event = False
    for line in unfolded.split("\n")[:5000]:
        head, colon, value = line.partition(":")
        name = head.split(";", 1)[0].strip().upper()
        if name == "BEGIN" and value.strip().upper() == "VEVENT":
            in_event = True
        elif name == "END" and value.strip().upper() == "VEVENT":
            break
        elif name == "METHOD" and not in_event:
            method = method or value
        elif in_event and colon:
            values.setdefault(name, value.strip())
    if not in_event:
        return None
    return CalendarInvitation(
        method=make_one_line(method).strip().upper()[:40],
        uid=make_one_line(values.get("UID", ""))[:500],
        summary=_unescape(values.get("SUMMARY", "")),
        starts=make_one_line(values.get("DTSTART", ""))[:40],
        ends=make_one_line(values.get("DTEND", ""))[:40],
        location=_unescape(values.get("LOCATION", "")),
    )


def _unescape(value: str) -> str:
    for escaped, plain in _ESCAPES:
        value = value.replace(escaped, plain)
    return make_one_line(value)[:500]
