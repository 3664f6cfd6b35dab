"""Html from strangers: made inert (`sanitize`), read as text (`to_text`), or made from text
(`from_text`).

Pure functions without Django. All are bounded: input past a size or nesting bound is shown as
plain text.
"""

from __future__ import annotations

import re
import secrets
from html import escape, unescape

import nh3

from core.html_bounds import MAX_CHARACTERS, is_too_much
from core.html_names import STYLES, TAGS, TAGS_WITH_CONTENT

_MAX_DATA_IMAGE = 100_000

_SIZE_ATTRIBUTES = frozenset(("width", "height", "border", "cellpadding", "cellspacing"))
_TABLE_ATTRIBUTES = {"align", "valign", "bgcolor", "width", "height", "style", "dir", "lang"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"style", "dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "data-cid", "data-remote-src"},
    "font": {"color"},
    "ol": {"start", "type"},
    "li": {"value"},
    "p": {"align"},
    "div": {"align"},
    "table": _TABLE_ATTRIBUTES | {"border", "cellpadding", "cellspacing"},
    "tr": _TABLE_ATTRIBUTES,
    "td": _TABLE_ATTRIBUTES | {"colspan", "rowspan"},
    "th": _TABLE_ATTRIBUTES | {"colspan", "rowspan"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "time": {"datetime"},
    **{f"h{level}": {"align"} for level in range(1, 7)},
}
_SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}
_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_DATA_IMAGE = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+\Z", re.IGNORECASE
)
_SIZE = re.compile(r"[0-9]{1,4}%?(?:px)?\Z")
_ID = re.compile(r"[1-9][0-9]{0,17}\Z", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,4}\Z")
_WORD = re.compile(r"[A-Za-z0-9#-]{1,40}\Z")
# No brackets but rgb(): that leaves no url(), expression(), var(), attr() or escape.
_STYLE_VALUE = re.compile(r"[A-Za-z0-9#.,%' -]{1,200}\Z|rgba?\([0-9., %]{1,60}\)\Z", re.IGNORECASE)
_FONT_SIZE = re.compile(
    r"(?:[0-9]{1,2}(?:\.[0-9]+)?(?:px|pt)|[0-2]?(?:\.[0-9]+)?r?em|[a-z-]+|1?[0-9]{2}%)\Z"
)

# An image that nobody is to see is there to tell that the mail was opened.
_UNSEEN = re.compile(
    r"(?:^|;)\s*(?:(?:max-)?(?:width|height)\s*:\s*[01](?:px|pt)?\s*(?:!important\s*)?(?:;|\Z)"
    r"|display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0\s*(?:;|\Z))",
    re.IGNORECASE,
)
UNSEEN_IMAGE = "width:1px"  # all that is kept of its style

# Stands before an image address while nh3 cleans, and becomes another attribute afterwards. It is
# random, so that no text of a stranger can hold it.
_MARK = secrets.token_hex(16)

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def sanitize(html: str, *, keep_styles: bool = True, keep_mentions: bool = False) -> str:
    """Html of a stranger, inert in our pages (attacks B15 and B23).

    Links keep http, https, mailto and tel and open in a new tab without referrer. Remote images
    are not loaded: `src` becomes `data-remote-src`. Images of the mail itself carry `data-cid`
    instead of `src`; small png, jpeg, gif and webp `data:` images stay. No class, id, name, form,
    script, svg or style element survives. Html that is too large or nested too deeply is shown as
    text. With `keep_mentions`, for what a colleague wrote, `<span data-mention="7">` survives.
    """
    if not html:
        return ""
    html = _CONTROL.sub("", html)
    if is_too_much(html):
        return from_text(to_text(html))
    cleaned = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(TAGS_WITH_CONTENT),
        attributes={**_ATTRIBUTES, "span": {"data-mention"}} if keep_mentions else _ATTRIBUTES,
        attribute_filter=_filter_attribute if keep_styles else _filter_without_styles,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes=_SCHEMES,
    )
    if _MARK in cleaned:
        cleaned = cleaned.replace(f' src="{_MARK}remote:', ' data-remote-src="')
        cleaned = cleaned.replace(f' src="{_MARK}cid:', ' data-cid="')
    return cleaned


def _filter_without_styles(tag: str, name: str, value: str) -> str | None:
    return None if name == "style" else _filter_attribute(tag, name, value)


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    """The value to keep, or None to drop the attribute."""
    if name == "src":
        return _filter_image(value)
    if name == "data-remote-src":
        return value if _REMOTE.match(value) else None
    if name == "data-cid":
        return value[:500]
    if name == "href":
        value = value.strip()
        return value if _LINK.match(value) else None
    if name == "style":
        is_unseen = tag == "img" and _UNSEEN.search(value)
        return UNSEEN_IMAGE if is_unseen else _filter_style(value)
    if name in _SIZE_ATTRIBUTES:
        return value if _SIZE.match(value) else None
    if name in ("colspan", "rowspan", "span", "start", "value"):
        return value if _NUMBER.match(value) else None
    if name == "data-mention":
        return value if _ID.match(value) else None
    if name in ("title", "alt"):
        return value[:500]
    if name in ("target", "rel"):
        return value  # set by nh3 itself
    if name == "datetime":
        return value[:40]
    return value if _WORD.match(value) else None


def _filter_image(value: str) -> str | None:
    value = value.strip()
    if value[:4].lower() == "cid:":
        return f"{_MARK}cid:{value[4:].strip('<>')}"
    if _REMOTE.match(value):
        return f"{_MARK}remote:{'https:' + value if value.startswith('//') else value}"
    if len(value) <= _MAX_DATA_IMAGE and _DATA_IMAGE.match(value):
        return value
    return None


def _filter_style(value: str) -> str | None:
    kept: list[str] = []
    for declaration in value[:4000].split(";"):
        name, _, setting = declaration.partition(":")
        name, setting = name.strip().lower(), setting.strip().removesuffix("!important").strip()
        if name not in STYLES or not _STYLE_VALUE.match(setting):
            continue
        if name in ("font-size", "line-height", "letter-spacing", "text-indent") and not (
            _FONT_SIZE.match(setting.lower())
        ):
            continue
        kept.append(f"{name}:{setting}")
    return ";".join(kept) or None


def to_text(html: str, *, has_links: bool = True) -> str:
    """Readable text: paragraphs, lists, table rows, quotes with `> `, links as `text <address>`.

    Survives any nesting; at most two million characters of html are read.
    """
    if not html.strip():
        return ""
    from core.html_tree import read_tree, write_text  # lxml is loaded only when there is html

    html = html[:MAX_CHARACTERS]
    tree = read_tree(html)
    if tree is None:
        return strip_tags(html)
    return write_text(tree, has_links=has_links)


_INVISIBLE_ELEMENT = re.compile(r"<(script|style|head|title|template)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^>]*>")
_BREAKING = re.compile(
    r"<(?:br|/?(?:p|div|tr|li|h[1-6]|table|blockquote))(?=[\s>/])", re.IGNORECASE
)
_MAX_STRIPPED = 1_000_000


def strip_tags(html: str) -> str:
    """Text by a plain scan for tags, for html that no tree can be made of; linear in any input, of
    which a million characters are read.
    """
    html = _without_invisible(html[:_MAX_STRIPPED])
    # A "<" that is never closed is a letter: patterns that look for its end would take long.
    end = html.rfind(">") + 1
    text = _ANY_TAG.sub(lambda tag: "\n" if _BREAKING.match(tag[0]) else " ", html[:end])
    text += html[end:].replace("<", "")
    lines = (" ".join(line.split()) for line in unescape(text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_invisible(html: str) -> str:
    pieces: list[str] = []
    position = 0
    unclosed: set[str] = set()
    for opened in _INVISIBLE_ELEMENT.finditer(html):
        name = opened[1].lower()
        if opened.start() < position or name in unclosed:
            continue
        closed = re.compile(f"</{name}", re.IGNORECASE).search(html, opened.end())
        if closed is None:
            unclosed.add(name)  # only the tag goes: the rest could be the whole text
            continue
        pieces.append(html[position : opened.start()])
        position = closed.start()
    return "".join([*pieces, html[position:]])


_URL = re.compile(r"\bhttps?://[^\s<>\"'\x00-\x1f]{3,2000}", re.IGNORECASE)
_TRAILING = ".,;:!?)]}*_»”’"


def from_text(text: str) -> str:
    """Safe html of plain text: escaped, paragraphs at empty lines, line breaks kept, http links
    active.
    """
    text = _CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        return ""
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text) if "\n" in text else [text]
    return "\n".join(f"<p>{_link(p).replace(chr(10), '<br>')}</p>" for p in paragraphs if p.strip())


def _link(text: str) -> str:
    if "://" not in text:
        return escape(text, quote=False)
    out: list[str] = []
    position = 0
    for match in _URL.finditer(text):
        url = match[0].rstrip(_TRAILING)
        if url.count("(") > url.count(")") and match[0][len(url) :].startswith(")"):
            url += ")"  # https://en.wikipedia.org/wiki/Mail_(disambiguation)
        out.append(escape(text[position : match.start()], quote=False))
        target = escape(url)
        shown = escape(url, quote=False)
        out.append(
            f'<a href="{target}" rel="noopener noreferrer nofollow" target="_blank">{shown}</a>'
        )
        position = match.start() + len(url)
    out.append(escape(text[position:], quote=False))
    return "".join(out)
