"""What is promised for a ticket, and how it came under its SLA policy."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core import clock
from macros.explain.answers import Answer
from macros.explain.fields import why_field
from macros.explain.words import FIELDS, moment, value_words
from macros.models import ClockStatus, Metric, SlaClock
from tickets.conditions.words import Names
from tickets.models import Ticket

_HOUR, _DAY = 60, 24 * 60  # minutes


def why_sla(ticket: Ticket) -> Answer | None:
    """The promises on a ticket, and how it came under its policy; None when there are none."""
    facts = promises_of(ticket)
    came = why_field(ticket, "sla_policy")
    if came is None or not (facts or came.links):
        return None
    return Answer(
        title=_("Why this time?"),
        headline=_headline(came) if facts else came.headline,
        links=came.links, notes=came.notes, facts=facts,
    )  # fmt: skip


def _headline(came: Answer) -> str:
    """Since when the policy counts; the newest link says how it came to do so."""
    rule = came.links[0].rule if came.links else None
    if rule is None:
        return came.headline
    submit = came.links[0].submit
    return _("The ticket has been under %(rule)s since %(when)s, %(clause)s.") % {
        "rule": rule.words, "when": moment(submit.at), "clause": submit.clause,
    }  # fmt: skip


def promises_of(ticket: Ticket) -> list[str]:
    """The open promises as sentences, the next breach first: one query."""
    return [promise(row, ticket) for row in open_clocks(ticket)]


def open_clocks(ticket: Ticket) -> list[SlaClock]:
    """Promises that still count, the next breach first: one query."""
    rows = SlaClock.objects.filter(ticket=ticket).exclude(status=ClockStatus.FULFILLED)
    far = clock.now().replace(year=9999)
    return sorted(rows, key=lambda row: (row.breach_at or far, row.metric))


def promise(row: SlaClock, ticket: Ticket) -> str:
    """`First reply within 4 h of business hours, promised by … for tickets with priority Urgent`"""
    names = Names()
    values = {
        "metric": Metric(row.metric).label, "span": _span(row),
        "policy": row.policy_title, "revision": row.revision,
        "priority": value_words(FIELDS["priority"], ticket.priority, names).lower(),
        "since": moment(row.started_at),
    }  # fmt: skip
    words = (
        _(
            "%(metric)s within %(span)s of business hours: the SLA policy “%(policy)s” "
            "(revision %(revision)d) promises that to tickets whose priority is %(priority)s. "
            "It counts since %(since)s."
        )
        if row.is_business
        else _(
            "%(metric)s within %(span)s: the SLA policy “%(policy)s” (revision %(revision)d) "
            "promises that to tickets whose priority is %(priority)s. It counts since %(since)s."
        )
    ) % values
    return f"{words} {_until(row)}"


def _until(row: SlaClock) -> str:
    if row.breach_at is None:
        return _("It is paused while the ticket waits for somebody else.")
    when = {"when": moment(row.breach_at)}
    if row.breach_at <= clock.now():
        return _("The time was over on %(when)s.") % when
    return _("The time is over on %(when)s.") % when


def _span(row: SlaClock) -> str:
    """`30 min`, `4 h 30 min`, `7 d`; business time has no days."""
    minutes, seconds = divmod(row.target_seconds, 60)
    if not minutes:
        return _("%(n)d s") % {"n": seconds}
    if minutes and minutes % _DAY == 0 and not row.is_business:
        return _("%(n)d d") % {"n": minutes // _DAY}
    hours, rest = divmod(minutes, _HOUR)
    parts = [_("%(n)d h") % {"n": hours}] if hours else []
    return " ".join([*parts, _("%(n)d min") % {"n": rest}] if rest or not hours else parts)
