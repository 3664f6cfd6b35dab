"""The report "Resolution times" as a page and as downloads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from zoneinfo import ZoneInfo

from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from core.spreadsheets import csv_lines
from reports.errors import InvalidSpan
from reports.selectors import resolution_times
from reports.spans import PRESETS
from web.access import SignedInRequest, workspace
from web.reports.presenting import page_of
from web.reports.query import (
    InvalidQuery,
    canonical_address,
    channel_options,
    group_options,
    read_query,
)
from web.reports.tables import DOWNLOADS, SHEETS


@require_safe
@workspace(Permission.VIEW_REPORTS)
def show(request: SignedInRequest) -> HttpResponse:
    """The page. A filter that means nothing is answered with 422, the filters kept."""
    if address := canonical_address(request):
        return redirect(address)
    groups = group_options()
    menus: dict[str, object] = {
        "presets": PRESETS.values(), "channels": channel_options(), "groups": groups,
        "downloads": DOWNLOADS,
    }  # fmt: skip
    try:
        query = read_query(request.GET, _zone(), groups)
    except (InvalidQuery, InvalidSpan) as error:
        context = {**menus, "refusal": str(error), "given": request.GET}
        return render(request, "reports/resolution_times.html", context, status=422)
    report = resolution_times(actor=request.actor, wanted=query.wanted)
    context = {**menus, "query": query, "report": report, "page": page_of(report)}
    return render(request, "reports/resolution_times.html", context)


@require_safe
@workspace(Permission.VIEW_REPORTS)
def download(request: SignedInRequest, table: str) -> HttpResponseBase:
    """One of its tables as CSV, under the same filters."""
    if table not in SHEETS:
        raise Http404
    try:
        query = read_query(request.GET, _zone(), group_options())
    except (InvalidQuery, InvalidSpan) as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    report = resolution_times(actor=request.actor, wanted=query.wanted)
    name = f"resolution-times-{table}-{query.span.first}-to-{query.span.last}.csv"
    lines = csv_lines(SHEETS[table](report))
    response = StreamingHttpResponse(
        _later(lines) if isinstance(request, ASGIRequest) else lines,
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


async def _later(lines: Iterator[str]) -> AsyncIterator[str]:
    """The same lines for ASGI, which would collect those of a plain iterator before sending any."""
    for line in lines:
        yield line


def _zone() -> ZoneInfo:
    """The reader's time zone, which `workspace` has made the current one."""
    return ZoneInfo(timezone.get_current_timezone_name())
