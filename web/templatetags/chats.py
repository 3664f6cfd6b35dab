"""Waits of chats in minutes and seconds; `<wait-clock>` goes on counting in the browser."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import clock
from web.chats.desk import HARD, SOFT

register = template.Library()


@register.simple_tag
def waited(since: datetime | None, *, is_plain: bool = False) -> SafeString | str:
    """`0:42`, `12:05`, `1:02:05`; coloured the longer it takes, unless it is only a length."""
    if since is None:
        return ""
    seconds = max(0, int((clock.now() - since).total_seconds()))
    look = "" if is_plain else "bad" if seconds >= HARD else "warn" if seconds >= SOFT else ""
    return format_html(
        '<wait-clock class="num {}" data-since="{}"{}>{}</wait-clock>',
        look, int(since.timestamp()),
        "" if is_plain else format_html(' data-soft="{}" data-hard="{}"', SOFT, HARD),
        clock_words(seconds),
    )  # fmt: skip


def clock_words(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def is_web_address(url: str) -> bool:
    """Whether an address that a stranger's page gave may be a link."""
    return url.startswith(("https://", "http://"))
