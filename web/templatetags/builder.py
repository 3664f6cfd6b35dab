"""What the rows of a builder ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from web.agent.rows import css_of
from web.templatetags.ui import exact

register = template.Library()


@register.filter
def part(parts: Mapping[str, str], name: str) -> str:
    """One text of an effect's row."""
    return parts.get(name, "")


@register.simple_tag
def effect_part_label(name: str) -> str:
    """What a list of an effect's row is for, for readers of screens."""
    labels = {
        "value": _("To which value"), "mode": _("Where the text goes"), "who": _("To whom"),
        "group_id": _("To which group"), "webhook_id": _("Which webhook"),
        "until": _("Until when"), "amount": _("How many"),
    }  # fmt: skip
    return labels.get(name, _("Value"))


@register.simple_tag
def is_moved(moved: str, what: str, pk: int) -> str:
    """Gives a button its place back after the list was drawn anew."""
    return " autofocus" if moved == f"{what}-{pk}" else ""


@register.simple_tag
def column_css(name: str) -> str:
    """The class of a column of the ticket table."""
    return css_of(name)


@register.filter
def short_title(title: str) -> str:
    """`Refunds` of `Billing::Refunds`: the rest stands as a heading above."""
    return title.rpartition("::")[2].strip() or title


@register.filter
def full_title(title: str) -> str:
    """`Billing · Refunds` of `Billing::Refunds`."""
    return title.replace("::", " · ")


@register.simple_tag
def exactly(instant: datetime) -> str:
    """`21 Nov 2026, 16:04` in the reader's time zone; for moments that lie ahead."""
    return exact(timezone.localtime(instant))
