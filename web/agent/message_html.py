"""Making sanitised html of a comment ready for the page.

The html was made inert when it came in (core.html.sanitize): that is why it may be printed as it
is. Here inline images get the address of their attachment, and style attributes are taken out: the
pages' CSP refuses them anyway (style-src 'self'), and a mail's black on white would be unreadable
in the dark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core import html

# A start tag as nh3 writes it: attribute values always in double quotes, with quotes escaped.
_TAG = re.compile(r'<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*>')
_STYLE = re.compile(r' style="[^"]*"')
_CID = re.compile(r' data-cid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class ShownHtml:
    """Html to print, content ids of the images in it, and how many remote ones it leaves out."""

    html: SafeString
    content_ids: frozenset[str] = frozenset()
    remote_images: int = 0


def shown_html(sanitised: str, image_urls: Mapping[str, str]) -> ShownHtml:
    """`image_urls`: content id → address, for attachments that a browser may show in place."""
    used: set[str] = set()
    remote = sanitised.count(' data-remote-src="')
    if not (remote or ' style="' in sanitised or ' data-cid="' in sanitised):
        return ShownHtml(mark_safe(sanitised))  # noqa: S308  sanitised at the door

    def source(match: re.Match[str]) -> str:
        content_id = unescape(match[1])
        url = image_urls.get(content_id)
        if url is None:
            return match[0]
        used.add(content_id)
        return f' src="{escape(url)}" loading="lazy"'

    def tag(match: re.Match[str]) -> str:
        return _CID.sub(source, _STYLE.sub("", match[0]))

    shown = _TAG.sub(tag, sanitised)
    return ShownHtml(mark_safe(shown), frozenset(used), remote)  # noqa: S308  sanitised at the door


def text_html(text: str) -> SafeString:
    """Plain text as paragraphs with active links; everything in it is escaped."""
    return mark_safe(html.from_text(text))  # noqa: S308  made of escaped text
