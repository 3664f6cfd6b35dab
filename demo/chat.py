"""The widget of the shop, as /dev/shop/ shows it."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from accounts.actor import Actor
from accounts.models import Group
from channels_in.accounts import default_account
from channels_in.actions.chat import WidgetChanges, create_widget, update_widget
from channels_in.models import Asking, ChatWidget

_QUESTION = {"label": "Order number", "kind": "text", "is_required": False}


def make_widget(actor: Actor, groups: Mapping[str, Group]) -> ChatWidget:
    """One widget for the Support group; open always, so that it can be tried at night, too."""
    widget = create_widget(actor=actor, name="BrightCart")
    group = groups.get("Support")
    return update_widget(
        actor=actor, widget_id=widget.pk,
        changes=WidgetChanges(
            name="BrightCart", sites=[settings.SITE_URL], group_id=group.pk if group else None,
            language="en", color="#17413a", questions=[_QUESTION], asks_name=Asking.OPTIONAL,
            asks_email=Asking.OPTIONAL, reply_account_id=default_account().pk,
        ),
    )  # fmt: skip
