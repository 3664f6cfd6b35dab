"""Words of the settings pages that depend on an address's health."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from channels_in.health import Health
from core import clock
from web.admin import words
from web.templatetags.ui import exact

register = template.Library()


@register.simple_tag
def state_pill(row: Health) -> SafeString:
    """How an address is doing, as a colour and as a word."""
    return format_html('<span class="pill {}">{}</span>', row.state, words.state_word(row))


@register.simple_tag
def way_in(row: Health) -> str:
    return words.way_in_words(row)


@register.simple_tag
def way_out(row: Health) -> str:
    return words.way_out_words(row)


@register.simple_tag
def try_again(instant: datetime | None) -> SafeString | str:
    """`Tried again in 4 min`, the exact time on hover."""
    if instant is None:
        return ""
    minutes = int((instant - clock.now()).total_seconds() // 60)
    if minutes < 1:
        words_ = _("Tried again in a moment")
    elif minutes < 60:
        words_ = _("Tried again in %(n)d min") % {"n": minutes}
    else:
        words_ = _("Tried again in %(n)d h") % {"n": minutes // 60}
    return format_html('<span title="{}">{}</span>', exact(timezone.localtime(instant)), words_)
