"""Putting tickets to sleep until a moment, or until the customer writes.

The status stays as it is: a snooze says when somebody looks again, not what is waited for. A
sleeping ticket stands in no view but those that ask for it (tickets.view_conditions). What wakes
one: its moment, the customer's word, being solved, or somebody's hand.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core import outbox
from tickets.changes import TicketChange
from tickets.errors import InvalidChange
from tickets.models import UNTIL_REPLY, Ticket

TOPIC = "snooze.over"
LONGEST = timedelta(days=366)


def check(given: dict[str, Any], now: datetime) -> None:
    """Raise InvalidChange for a moment that is over, or more than a year away."""
    until = given.get("snoozed_until")
    if until is None or until == UNTIL_REPLY:
        return
    if until <= now:
        raise InvalidChange("snoozed_until", _("Choose a time that is still to come."))
    if until > now + LONGEST:
        raise InvalidChange("snoozed_until", _("Choose a time within a year."))


def wake_when_over(ticket: Ticket, given: dict[str, Any]) -> None:
    """What is solved does not sleep; part of a submit."""
    if ticket.is_open:
        return
    if given.get("snoozed_until"):
        raise InvalidChange("snoozed_until", _("Only an unsolved ticket can be snoozed."))
    ticket.snoozed_until = None


def post_end(change: TicketChange) -> None:
    """Ask for the ticket to be woken when its moment has come; part of every submit."""
    event, until = change.changed("snoozed_until"), change.ticket.snoozed_until
    if event is not None and until is not None and until != UNTIL_REPLY:
        outbox.post(TOPIC, {"ticket": change.ticket.pk}, available_at=until)
