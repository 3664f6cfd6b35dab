"""What the settings pages of an address share: who enters, what the frame needs, the way on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from channels_in.actions import AccountGone
from channels_in.health import health_of
from macros.errors import RuleGone
from tickets.actions import ScheduleGone
from web.access import Page, SignedInRequest, workspace

STEPS = (
    ("details", gettext_lazy("Address")),
    ("incoming", gettext_lazy("Mail in")),
    ("outgoing", gettext_lazy("Mail out")),
    ("test", gettext_lazy("Live test")),
)


def settings_page(page: Callable[..., HttpResponseBase]) -> Page:
    """A page of who may manage channels; what is gone becomes 404."""

    @workspace(Permission.MANAGE_CHANNELS)
    @wraps(page)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return page(request, *args, **kwargs)
        except (AccountGone, ScheduleGone, RuleGone) as error:
            raise Http404 from error

    return guarded


def is_guided(request: SignedInRequest) -> bool:
    """Whether the page is a step of adding an address."""
    return request.GET.get("guided") == "1" or request.POST.get("guided") == "1"


def address_of(name: str, account_id: int, *, guided: bool = False) -> str:
    """The address of a page of an account, which stays a step while it is one."""
    return reverse(f"admin:{name}", args=[account_id]) + ("?guided=1" if guided else "")


def account_page(
    request: SignedInRequest,
    account_id: int,
    template: str,
    *,
    tab: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page about one address: its head with state and tabs, or the steps of the guide."""
    row = context.pop("row", None) or health_of(request.actor, account_id)
    guided = is_guided(request)
    frame = {
        "row": row,
        "account": row.account,
        "tab": tab,
        "guided": guided,
        "guide": "?guided=1" if guided else "",
        "steps": steps(tab, account_id) if guided else [],
        "tabs": _tabs(tab, account_id),
    }
    return render(request, template, {**frame, **context}, status=status)


def steps(current: str, account_id: int | None = None) -> list[dict[str, Any]]:
    """The steps of the guide: done, current or still to come, with the way back to those done."""
    names = [name for name, _label in STEPS]
    at = names.index(current)
    return [
        {
            "number": number + 1,
            "label": str(label),
            "is_done": number < at,
            "is_current": number == at,
            "url": address_of(name, account_id, guided=True) if account_id and number < at else "",
        }
        for number, (name, label) in enumerate(STEPS)
    ]


def _tabs(current: str, account_id: int) -> list[tuple[str, str, bool]]:
    tabs = (
        ("channel", _("Health")),
        ("details", _("Details")),
        ("incoming", _("Mail in")),
        ("outgoing", _("Mail out")),
        ("test", _("Live test")),
    )
    return [(reverse(f"admin:{name}", args=[account_id]), label, name == current)
            for name, label in tabs]  # fmt: skip
