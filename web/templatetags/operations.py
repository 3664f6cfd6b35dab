"""Small words of operations on tickets."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from tickets.models import Ticket
from web.agent.deed_words import duration_words
from web.agent.moments import moment_words
from web.agent.operations.timing import visit_token

register = template.Library()


@register.simple_tag
def duration(seconds: int) -> str:
    """`45 s`, `6 min`, `1 h 05 min`."""
    return duration_words(seconds)


@register.simple_tag
def moment(at: datetime | None) -> str:
    """`today, 14:05`, `tomorrow, 09:00` in the reader's time zone."""
    return moment_words(at) if at else ""


@register.simple_tag(takes_context=True)
def visit(context: template.Context, ticket: Ticket) -> SafeString | str:
    """What the page sends along with the time it counts; empty where nothing is counted."""
    if not settings.TRACK_TIME:
        return ""
    return visit_token(context["actor"].user_id, ticket.pk)
