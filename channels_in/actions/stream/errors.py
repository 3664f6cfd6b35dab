from __future__ import annotations

from django.utils.translation import gettext as _

from tickets.errors import TicketError


class PostGone(TicketError):
    """There is no such post in the stream."""

    def __init__(self) -> None:
        super().__init__(_("This post is not in the stream any more."))


class IncidentGone(TicketError):
    """There is no such incident, or somebody has decided about it."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has decided about this incident already."))
