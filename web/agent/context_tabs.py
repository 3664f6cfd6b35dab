"""The tabs of a ticket page's right column, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class ContextTab:
    """`url` answers the tab's body; empty for the first, which the page brings along."""

    name: str
    label: str
    url: str = ""


# A tab's name, its words, and the URL name of its body.
_TABS = (
    ("knowledge", _("Knowledge"), "ticket_knowledge"),
    ("similar", _("Similar"), "ticket_similar"),
    ("side", _("Side"), "ticket_side"),
)


def context_tabs_of(ticket: Ticket) -> list[ContextTab]:
    """The customer first; then what has a page."""
    tabs = [ContextTab("customer", str(_("Customer")))]
    for name, label, url_name in _TABS:
        try:
            url = reverse(url_name, args=[ticket.pk])
        except NoReverseMatch:
            continue
        tabs.append(ContextTab(name, str(label), url))
    return tabs
