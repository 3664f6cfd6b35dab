"""What was done with a whole ticket, in words: linked, merged, put to sleep, timed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tickets.models import UNTIL_REPLY, Audit, AuditEvent, EventType, LinkKind
from web.agent.moments import moment_words
from web.templatetags.report_words import thousands


def deed_words(event: AuditEvent) -> str:
    value = event.value or {}
    match event.type:
        case EventType.MERGE:
            return _("merged this ticket into #%(n)s") % {"n": value.get("target", "?")}
        case EventType.UNMERGE if "target" in value:
            return _("took the merge into #%(n)s back") % {"n": value["target"]}
        case EventType.UNMERGE:
            return _("took the merge of #%(n)s back") % {"n": value.get("source", "?")}
        case EventType.LINK:
            return _link(event)
        case EventType.TIME:
            return _time(event)
    return ""


def together_words(audit: Audit) -> str:
    """With how many others a ticket was changed in one go; empty where it was alone."""
    others = (audit.cause.get("bulk") or {}).get("total", 1) - 1
    if others < 1:
        return ""
    words = ngettext(
        "together with %(n)s other ticket", "together with %(n)s other tickets", others
    )
    return words % {"n": thousands(others)}


def _link(event: AuditEvent) -> str:
    known = event.field_name in LinkKind.values
    kind = str(LinkKind(event.field_name).label) if known else event.field_name
    if event.value is None:
        return _("took the link to #%(n)s away (%(kind)s)") % {
            "n": event.previous_value, "kind": kind,
        }  # fmt: skip
    return _("linked #%(n)s (%(kind)s)") % {"n": event.value, "kind": kind}


def _time(event: AuditEvent) -> str:
    before, after = event.previous_value or {}, event.value or {}
    if not event.field_name:  # with a submit
        return _("worked %(span)s on it") % {"span": duration_words(after.get("seconds", 0))}
    if not before:
        return _("added %(span)s of time") % {"span": duration_words(after.get("seconds", 0))}
    if not after:
        return _("took %(span)s of time away") % {"span": duration_words(before.get("seconds", 0))}
    return _("corrected time: %(before)s → %(after)s") % {
        "before": duration_words(before.get("seconds", 0)),
        "after": duration_words(after.get("seconds", 0)),
    }


def duration_words(seconds: int) -> str:
    """`45 s`, `6 min`, `1 h 05 min`."""
    if seconds < 60:
        return _("%(n)d s") % {"n": seconds}
    minutes = (seconds + 30) // 60
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    return _("%(h)d h %(m)02d min") % {"h": minutes // 60, "m": minutes % 60}


def snooze_words(value: Any) -> str:
    if not value:
        return _("woke the ticket")
    until = datetime.fromisoformat(value)
    if until == UNTIL_REPLY:
        return _("snoozed it until the customer replies")
    return _("snoozed it until %(when)s") % {"when": moment_words(until)}
