"""A whole view: as CSV with its columns, or the numbers of its tickets for choosing them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.actor import Actor
from core.spreadsheets import Sheet
from tickets.bulk import LIMIT
from tickets.conditions.custom import PREFIX
from tickets.models import Ticket, View
from tickets.selectors.view_orders import ordered
from tickets.selectors.views import page_of_view, visible_view
from web.access import SignedInRequest, workspace
from web.agent.rows import columns_of
from web.downloads import csv_response
from web.lists.order import order_in

MOST = 10_000  # rows of one file
_PAGE = 500

Cell = Callable[[Ticket], Any]


@require_GET
@workspace()
def ids(request: SignedInRequest, view_id: int) -> JsonResponse:
    """The numbers of the view's tickets in its order, as many as one job may change."""
    view = ordered(visible_view(request.actor, view_id), order_in(request.GET))
    page = page_of_view(view, request.actor, size=LIMIT)
    return JsonResponse({"ids": [row.pk for row in page.rows], "is_all": not page.next_cursor})


@require_GET
@workspace()
def export(request: SignedInRequest, view_id: int) -> HttpResponseBase:
    """The view's tickets in its order, at most MOST; read page by page while it is sent."""
    view = ordered(visible_view(request.actor, view_id), order_in(request.GET))
    columns = [(name, title) for name, title in columns_of(view) if name != "nice_id"]
    zone = ZoneInfo(timezone.get_current_timezone_name())
    cells = [_cell(name, zone) for name, _title in columns]
    sheet = Sheet(
        name=f"{_slug(view.title)}.csv",
        header=[_("Number"), _("Subject"), *(title for _name, title in columns), _("Address")],
        rows=_rows(view, request.actor, cells),
    )
    return csv_response(request, sheet)


def _rows(view: View, actor: Actor, cells: list[Cell]) -> Iterator[list[Any]]:
    cursor, left = "", MOST
    while left > 0:
        page = page_of_view(view, actor, cursor=cursor, size=min(_PAGE, left))
        for ticket in page.rows:
            address = f"{settings.SITE_URL}/tickets/{ticket.pk}/"
            yield [ticket.pk, ticket.subject, *(cell(ticket) for cell in cells), address]
        left -= len(page.rows)
        cursor = page.next_cursor or ""
        if not cursor:
            return


def _cell(name: str, zone: ZoneInfo) -> Cell:
    if name.startswith(PREFIX):
        key = name.removeprefix(PREFIX)
        return lambda ticket: ticket.custom_fields.get(key, "")
    if name in _TIMES:
        return lambda ticket: _time(getattr(ticket, _TIMES[name]), zone)
    return _CELLS[name]


def _time(instant: datetime | None, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}" if instant else ""


_TIMES = {
    "created": "created_at", "updated": "updated_at", "updated_requester": "requester_updated_at",
    "updated_assignee": "assignee_updated_at", "assigned": "assigned_at", "due_date": "due_at",
    "sla_next_breach_at": "sla_next_breach_at", "solved": "solved_at",
}  # fmt: skip
_CELLS: dict[str, Cell] = {
    "requester": lambda ticket: ticket.requester.display_name,
    "organization": lambda ticket: ticket.organization.name if ticket.organization else "",
    "status": lambda ticket: ticket.status,
    "priority": lambda ticket: ticket.priority,
    "type": lambda ticket: ticket.type,
    "group": lambda ticket: ticket.group.name if ticket.group else "",
    "assignee": lambda ticket: ticket.assignee.display_name if ticket.assignee else "",
    "current_tags": lambda ticket: " ".join(ticket.tags),
    "satisfaction_score": lambda ticket: ticket.satisfaction,
    "replies": lambda ticket: ticket.replies,
    "reopens": lambda ticket: ticket.reopens,
    "locale": lambda ticket: ticket.language,
}


def _slug(title: str) -> str:
    """A name for a file that no system takes amiss."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or "view"
