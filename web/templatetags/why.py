"""Links to "why?", and rules as links for who may open them."""

from __future__ import annotations

from collections.abc import Container
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from macros.explain.rulebook import RuleRef
from tickets.conditions.custom import PREFIX
from tickets.models import Ticket, TicketField

register = template.Library()

_PAGES = {
    "trigger": "admin:trigger", "automation": "admin:automation", "sla_policy": "admin:policy",
}  # fmt: skip


@register.simple_tag
def why_url(ticket: Ticket, about: str, **asked: object) -> str:
    """The address of an answer: `{% why_url ticket "tag" tag=tag %}`."""
    address = reverse("why", args=[ticket.pk, about])
    return f"{address}?{urlencode(asked)}" if asked else address


@register.simple_tag
def why(ticket: Ticket, about: str, label: object, **asked: object) -> SafeString:
    """The quiet link beside a property; `label` says to readers of screens why what."""
    return format_html(
        '<a class="why" data-why href="{}">{}<span class="sr-only"> {}</span></a>',
        why_url(ticket, about, **asked), _("why?"), label,
    )  # fmt: skip


@register.simple_tag
def why_custom(ticket: Ticket, field: TicketField) -> SafeString:
    """The same beside a custom field."""
    return why(ticket, f"{PREFIX}{field.pk}", field.title)


@register.simple_tag
def rule_words(rule: RuleRef, there: Container[tuple[str, int]] = ()) -> SafeString:
    """`The trigger “VIP first” (revision 3)`, as a link when it is among those that are there."""
    words = rule.words[:1].upper() + rule.words[1:]
    if (rule.kind, rule.id) not in there:
        return format_html("<bdi>{}</bdi>", words)
    address = reverse(_PAGES[rule.kind], args=[rule.id])
    return format_html('<a class="link" href="{}"><bdi>{}</bdi></a>', address, words)
