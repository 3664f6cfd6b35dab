from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Permission
from macros.models import AgentStatus, Availability
from macros.selectors.routing import own_status
from notifications.selectors import unread_of
from web.notifications.push import public_key
from web.script_words import script_words

THEMES = (
    ("system", _("System theme"), "monitor"),
    ("light", _("Light theme"), "sun"),
    ("dark", _("Dark theme"), "moon"),
)

# A page of the rail: its URL name, its words, its icon, the permissions of which it needs one.
_RAIL = (
    ("home_page", _("Home"), "house", (Permission.USE_WORKSPACE,)),
    ("views", _("Views"), "inbox", (Permission.VIEW_TICKETS,)),
    ("chats", _("Chats"), "messages-square", (Permission.REPLY_PUBLICLY,)),
    ("search", _("Search"), "search", (Permission.VIEW_TICKETS,)),
    ("people", _("Customers"), "users", (Permission.VIEW_TICKETS,)),
    ("macros", _("Macros"), "zap", (Permission.COMMENT_INTERNALLY,)),
    ("knowledge", _("Knowledge"), "book", (Permission.USE_WORKSPACE,)),
    ("social", _("Social"), "megaphone", (Permission.VIEW_TICKETS,)),
    ("suspended", _("Suspended messages"), "shield-alert", (Permission.HANDLE_SUSPENDED,)),
    ("reports", _("Reports"), "chart-column", (Permission.VIEW_REPORTS,)),
    ("admin", _("Settings"), "settings",
     (Permission.MANAGE_CHANNELS, Permission.MANAGE_RULES)),
)  # fmt: skip
_AT_FOOT = ("admin",)
_ON_PHONES = ("home_page", "views", "search")  # the others are in the menu there


@dataclass(frozen=True, slots=True)
class RailItem:
    url: str
    label: str
    icon: str
    is_current: bool
    is_at_foot: bool = False
    is_on_phones: bool = True


def frame(request: HttpRequest) -> dict[str, object]:
    """What every page's frame needs; nothing is looked up before a template asks for it."""
    return {
        "actor": getattr(request, "actor", None),
        "site_name": settings.SITE_NAME,
        "theme": SimpleLazyObject(lambda: theme_of(request)),
        "themes": THEMES,
        "rail": _later(request),
        "push_key": SimpleLazyObject(public_key),
        "script_words": script_words,
        "text_direction": "rtl" if get_language_bidi() else "ltr",
        "LANGUAGE_CODE": get_language(),
        "unread": SimpleLazyObject(lambda: unread_of(request.actor)),  # type: ignore[attr-defined]
        "availability": SimpleLazyObject(lambda: _availability(request)),
        "availabilities": Availability.choices,
    }


def theme_of(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return user.theme if user is not None and user.is_authenticated else "system"


def _availability(request: HttpRequest) -> AgentStatus | None:
    """The reader's own state, for the rail; None for who is never given tickets."""
    actor = getattr(request, "actor", None)
    if not (actor and actor.can(Permission.REPLY_PUBLICLY)):
        return None
    return own_status(cast(User, request.user))


def _later(request: HttpRequest) -> Callable[[], list[RailItem]]:
    def rail() -> list[RailItem]:
        actor = request.actor  # type: ignore[attr-defined]
        return [
            RailItem(
                url,
                str(label),
                icon,
                is_current=request.path.startswith(url),
                is_at_foot=name in _AT_FOOT,
                is_on_phones=name in _ON_PHONES,
            )  # fmt: skip
            for name, label, icon, permissions in _RAIL
            if actor and any(map(actor.can, permissions)) and (url := _url_of(name))
        ]

    return rail


@cache
def _url_of(name: str) -> str:
    """The page's address; empty while the page does not exist, so that no link leads nowhere."""
    for candidate in (name, f"{name}:index"):
        try:
            return reverse(candidate)
        except NoReverseMatch:
            continue
    return ""
