"""What changed since a time, for extractors: tickets, and the log of their metrics."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from accounts.roles import Permission
from api.doors import base_of, staff_of
from api.errors import BadParameter
from api.pagination import paginated
from api.shapes.slas import event_shapes
from api.shapes.tickets import ticket_shapes
from core import clock
from core.pages import Keyset, cursor_at, keyset_page
from macros.models import MetricEvent
from tickets.selectors.exports import exported_tickets

SIZE = 1_000
# A transaction may commit after one that began later: what is younger than this comes next time.
_SETTLED = timedelta(minutes=1)
_ORDER = Keyset("generated_at", is_descending=False)
_AS_WRITTEN = Keyset("written_at", is_descending=False)


def tickets(request: Request) -> Response:
    """Tickets by the time of their last change, deleted ones too (status "deleted").

    The cursor of the last page stays good: asking again with it later gives what changed since.
    """
    actor = staff_of(request, Permission.VIEW_REPORTS)
    cursor = request.query_params.get("cursor", "")
    rows = exported_tickets(actor).filter(generated_at__lte=clock.now() - _SETTLED)
    if not cursor:
        rows = rows.filter(generated_at__gte=_start_time(request))
    page = keyset_page(rows, _ORDER, cursor=cursor, size=_size(request))
    after = cursor_at(_ORDER, page.rows[-1]) if page.rows else cursor or None
    return Response(
        {
            "tickets": ticket_shapes(page.rows, actor, base_of(request)),
            "after_cursor": after,
            "after_url": _with_cursor(request, after),
            "before_cursor": None,
            "before_url": None,
            "end_of_stream": page.next_cursor is None,
        }
    )


def metric_events(request: Request) -> Response:
    """Metric events in the order in which they were written down, which may be after their time.

    By `next_page` up to 1,000 at once, or by `page[size]` up to 100. The last page's `next_page`
    stays good: asking again with it later gives what was written since.
    """
    actor = staff_of(request, Permission.VIEW_REPORTS)
    cursor = request.query_params.get("cursor", "")
    rows = MetricEvent.objects.filter(
        ticket__in=exported_tickets(actor), written_at__lte=clock.now() - _SETTLED
    )
    if not cursor:
        rows = rows.filter(written_at__gte=_start_time(request))
    if any(name.startswith("page[") for name in request.query_params):
        return paginated(
            request, rows, name="ticket_metric_events", sorts={"written_at": "written_at"},
            default="written_at", render=event_shapes,
        )  # fmt: skip
    page = keyset_page(rows, _AS_WRITTEN, cursor=cursor, size=_size(request))
    after = cursor_at(_AS_WRITTEN, page.rows[-1]) if page.rows else cursor or None
    return Response(
        {
            "ticket_metric_events": event_shapes(page.rows),
            "count": len(page.rows),
            "next_page": _with_cursor(request, after),
            "end_time": int(page.rows[-1].written_at.timestamp()) if page.rows else None,
            "end_of_stream": page.next_cursor is None,
        }
    )


def _start_time(request: Request) -> datetime:
    raw = request.query_params.get("start_time", "")
    if not raw.isdecimal() or len(raw) > 11:
        raise BadParameter("start_time must be a Unix time in seconds.")
    return datetime.fromtimestamp(int(raw), UTC)


def _size(request: Request) -> int:
    raw = request.query_params.get("per_page", str(SIZE))
    if not raw.isdecimal() or not 1 <= int(raw[:7]) <= SIZE:
        raise BadParameter(f"per_page must be a number from 1 to {SIZE}.")
    return int(raw)


def _with_cursor(request: Request, cursor: str | None) -> Any:
    if cursor is None:
        return None
    url = remove_query_param(request.build_absolute_uri(), "start_time")
    return replace_query_param(url, "cursor", cursor)
