"""Pages in Zendesk's two ways: by cursor (`page[size]`), or by number up to row 10,000."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from api.errors import BadParameter
from core.pages import Keyset, keyset_page

SIZE = 100
LAST_ROW = 10_000  # a page by number costs as much as all before it

Render = Callable[[Sequence[Any]], list[dict[str, Any]]]


def paginated(
    request: Request,
    rows: QuerySet[Any],
    *,
    name: str,
    render: Render,
    sorts: Mapping[str, str],
    default: str,
) -> Response:
    """One page of `rows` under `name`, ordered by what the client asks for and `sorts` allows.

    `sorts` maps the client's names to columns; `default` is one of them, with "-" for descending.
    Raises BadParameter, BadCursor.
    """
    keyset = _keyset(request, sorts, default)
    if any(key.startswith("page[") for key in request.query_params):
        return _cursor_page(request, rows, keyset, name, render)
    sign = "-" if keyset.is_descending else ""
    order = list(dict.fromkeys([f"{sign}{keyset.column}", f"{sign}id"]))
    return numbered(request, rows.order_by(*order), name=name, render=render)


def _keyset(request: Request, sorts: Mapping[str, str], default: str) -> Keyset:
    wanted = request.query_params.get("sort") or request.query_params.get("sort_by") or default
    is_descending = wanted.startswith("-")
    if order := request.query_params.get("sort_order"):
        if order not in ("asc", "desc"):
            raise BadParameter("sort_order must be asc or desc.")
        is_descending = order == "desc"
    column = sorts.get(wanted.removeprefix("-"))
    if column is None:
        raise BadParameter(f"This list can be sorted by {', '.join(sorts)}.")
    return Keyset(column, is_descending=is_descending)


def _cursor_page(
    request: Request, rows: QuerySet[Any], keyset: Keyset, name: str, render: Render
) -> Response:
    params = request.query_params
    cursor = params.get("page[after]") or params.get("page[before]") or ""
    size = _whole(request, "page[size]", SIZE, most=SIZE)
    page = keyset_page(rows, keyset, cursor=cursor, size=size)
    return Response(
        {
            name: render(page.rows),
            "meta": {
                "has_more": page.next_cursor is not None,
                "after_cursor": page.next_cursor,
                "before_cursor": page.previous_cursor,
            },
            "links": {
                "next": _link(request, "page[after]", page.next_cursor),
                "prev": _link(request, "page[before]", page.previous_cursor),
            },
        }
    )


def numbered(
    request: Request,
    rows: QuerySet[Any],
    *,
    name: str,
    render: Render,
    last: int = LAST_ROW,
    refusal: Callable[[str], APIException] = BadParameter,
) -> Response:
    """A page by number of rows in the order they have, with the count of all.

    Raises `refusal` past row `last`.
    """
    number = _whole(request, "page", 1)
    size = _whole(request, "per_page", SIZE, most=SIZE)
    end = number * size
    if end - size >= last:
        raise refusal(f"Pages by number end at row {last}. Use page[size] and page[after].")
    count = rows.count()
    found = list(rows[end - size : end]) if end - size < count else []
    has_next = end < min(count, last)
    return Response(
        {
            name: render(found),
            "count": count,
            "next_page": _link(request, "page", str(number + 1) if has_next else None),
            "previous_page": _link(request, "page", str(number - 1) if number > 1 else None),
        }
    )


def _whole(request: Request, name: str, default: int, *, most: int = 1_000_000) -> int:
    raw = request.query_params.get(name)
    if raw is None:
        return default
    if not (raw.isascii() and raw.isdecimal()) or len(raw) > 7 or int(raw) < 1:
        raise BadParameter(f"{name} must be a positive number.")
    return min(int(raw), most)


def _link(request: Request, name: str, value: str | None) -> str | None:
    if value is None:
        return None
    url = request.build_absolute_uri()
    for other in ("page[after]", "page[before]"):
        url = remove_query_param(url, other)
    return replace_query_param(url, name, value)
