"""An article's text as it stands in a page, and as it is put into a reply."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core import html
from knowledge.models import ArticleTranslation


def article_html(body: str) -> SafeString:
    """Sanitised when it was written, and once more here: strangers read it (attack 15)."""
    return mark_safe(html.sanitize(body, keep_styles=False))  # noqa: S308  sanitised here


def path_of(translation: ArticleTranslation) -> str:
    """Where readers find it in the help centre."""
    return reverse(
        "help:article", args=[translation.language, translation.article_id, translation.slug]
    )


def link_html(title: str, address: str) -> str:
    """A link for a reply, as text: templates escape it once more where it is an attribute."""
    return f'<a href="{escape(address)}">{escape(title)}</a>'
