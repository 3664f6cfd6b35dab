"""Chat widgets as the settings list them, with what goes on at each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from accounts.actor import Actor
from accounts.roles import Permission
from channels_in.chat.errors import WidgetGone
from channels_in.models import Chat, ChatState, ChatWidget
from tickets import policies


@dataclass(frozen=True, slots=True)
class WidgetNumbers:
    """A widget, how many chats wait and are spoken in, and when the latest began."""

    widget: ChatWidget
    waiting: int = 0
    active: int = 0
    latest: datetime | None = None


def numbers_of_widgets(actor: Actor) -> list[WidgetNumbers]:
    """Every widget, active ones first: two queries. Raises NotPermitted."""
    policies.require(actor, Permission.MANAGE_CHANNELS)
    widgets = ChatWidget.objects.select_related("account__group", "account__schedule")
    rows = Chat.objects.values("account_id").annotate(
        waiting=Count("id", filter=Q(state__in=ChatState.queued())),
        active=Count("id", filter=Q(state__in=(ChatState.ACTIVE, ChatState.HELD))),
        latest=Max("created_at"),
    )
    found = {row["account_id"]: row for row in rows.order_by("account_id")}
    return [
        WidgetNumbers(
            widget,
            **{
                name: found[widget.account_id][name]
                for name in ("waiting", "active", "latest")
                if widget.account_id in found
            },
        )
        for widget in widgets.order_by("-account__is_active", "account__name", "id")
    ]


def widget_for(actor: Actor, widget_id: int) -> ChatWidget:
    """One of them. Raises NotPermitted, WidgetGone."""
    policies.require(actor, Permission.MANAGE_CHANNELS)
    widget = ChatWidget.objects.select_related("account").filter(pk=widget_id).first()
    if widget is None:
        raise WidgetGone
    return widget
