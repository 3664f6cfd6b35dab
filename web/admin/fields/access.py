"""What the pages of ticket fields and forms share: who enters, and what is gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase, QueryDict

from accounts.roles import Permission
from tickets.actions import FieldGone
from web.access import Page, SignedInRequest, workspace
from web.agent.numbers import as_ids


def fields_page(page: Callable[..., HttpResponseBase]) -> Page:
    """A page of who may manage rules; what is gone becomes 404."""

    @workspace(Permission.MANAGE_RULES)
    @wraps(page)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return page(request, *args, **kwargs)
        except FieldGone as gone:
            raise Http404 from gone

    return guarded


def order_from(form: QueryDict, present: Sequence[int], moved: int) -> list[int]:
    """The order that a list of rows asks for: `ids` as they were dragged, or `move` up or down."""
    if ids := as_ids(form.get("ids", "").split(",")):
        return ids
    order = list(present)
    if moved not in order:
        return order
    place = order.index(moved)
    other = place + (-1 if form.get("move") == "up" else 1)
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order
