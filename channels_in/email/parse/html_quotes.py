"""Marks that mail clients leave in html around history and signatures, turned into lines for
`reply`.

A quote becomes a blockquote (so its text lines begin with `> `), a separator a line with CUT_MARK,
a signature a pair of lines. So one set of rules decides for html and plain text, also about
answers that stand between the quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from channels_in.email.parse.quotes.marks import is_forwarded_message
from channels_in.email.parse.reply import (
    ATTRIBUTION_MARK,
    CUT_MARK,
    SIGNATURE_BEGIN,
    SIGNATURE_END,
)
from core.html_tree import write_text

Element = Any


def _names(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


# A cheap look at the source before any tree is made.
_HINT = re.compile(
    r"gmail_|divrplyfwdmsg|appendonsend|stopspelling|zwchr|moz-cite|type=[\"']?cite|"
    r"yahoo_quoted|"
    r"protonmail_|tutanota_quote|zmail_extra|__quoted_text__|outlookmessageheader|"
    r"border-top:\s?solid|border-top-color|原始邮件|"
    r"mail-editor-reference|reference-message|signature|mb_sig|__sig_|b5c4df|e1e1e1|"
    r"181, ?196, ?223|225, ?225, ?225|name=[\"']?quote|"
    r"messagereplysection|bloop_|airmail|blockquote|data-reply-mark|isreplycontent|mobile-signature|hmmessage|"
    r"ydp[0-9a-f]+yahoo|front-blockquote|js-signature|reply-intro|qm_|ntes|zimbra|mailbox_signature|"
    r"cloudhqfunctionalgmail|lineb?reakatbeginningofmessage|origbody|wrotemail|olk_src",
    re.IGNORECASE,
)

_QUOTE_CLASSES = _names(
    "gmail_quote gmail_quote_container yahoo_quoted protonmail_quote tutanota_quote "
    "zmail_extra front-blockquote nylas-quote bloop_original_html mb_quote mailbox_quote "
    "zd_quote freshdesk_quote fd-quoted gorgias-quote hs_reply_quote "
    "cloudhqfunctionalgmail_quote edo_quote spark_quote newton_quote newton_ext_quote elided "
    "ms-outlook-mobile-reference-message qm_quote qmbox_quote mailmindr-quote wlm_quote "
    "zm_quote canary_quote history_container __aliyun_previous_node"
)
_QUOTE_IDS = _names(
    "isreplycontent origbody mail-editor-reference-message-container reply-intro "
    "oriiginalmessage replywithinlineprefix mb-reply olk_src_body_section "
    "editor_reply_content ntes-pcmail-quote"
)
_REST_IDS = _names(
    "divrplyfwdmsg x_divrplyfwdmsg appendonsend x_appendonsend stopspelling x_stopspelling "
    "zwchr x_zwchr divfwdmsg olk_reply_header"
)
_REST_CLASSES = frozenset(("outlookmessageheader", "x_outlookmessageheader", "wl-separator"))
_ATTRIBUTION_CLASSES = frozenset(("moz-cite-prefix", "gmail_attr", "airmail_on", "airmail_ext_on"))
_SIGNATURE_CLASSES = _names("bloop_sign mb_sig")
_SIGNATURE_IDS = _names("hwsign mb_sig")
# All Outlooks draw a line of one of these colours above the quoted header, with 3pt padding; web
# mail rewrites how the style says it.
_OUTLOOK_COLOR = re.compile(
    r"#b5c4df|#e1e1e1|rgb\(181,196,223\)|rgb\(225,225,225\)|border-top:solidwindowtext1\.0pt"
)
_WINDOWS_MAIL_BORDER = re.compile(
    r"border-top-color:\s?rgb\(229,\s?229,\s?229\);\s?border-top-width:\s?1px", re.I
)
_PRIVATE = re.compile("[\ue000-\ue003]")
_MAX_ELEMENTS = 50_000
_MAX_FIRST_TEXTS = 100
_MAX_STEPS = 100_000
_MAX_TEXTS_AFTER = 300
_MAX_FIRST_LETTERS = 2_000


def has_client_marks(html: str) -> bool:
    """Whether the html source may hold marks worth a tree; a false yes costs only time."""
    return _HINT.search(html) is not None


def remove_private_marks(html: str) -> str:
    """Take our private marks out of a stranger's html before it is read."""
    return _PRIVATE.sub("", html)


def write_marked_text(root: Element) -> str:
    """The text of the tree with quotes, separators and signatures marked. Changes the tree."""
    steps = iter(range(_MAX_STEPS))
    for node in list(islice(root.iter("*"), _MAX_ELEMENTS)):
        _mark(node, steps)
    return write_text(root, has_links=False)


def _mark(node: Element, steps: Iterator[int]) -> None:
    classes = frozenset(
        (node.get("class") or "").lower().replace("x_", "").replace("ecx", "").split()
    )
    ident = (node.get("id") or "").lower()
    if node.tag == "blockquote":
        if "gmail_quote" not in classes and _holds_forward(node, steps):
            node.tag = "div"
        return
    if classes & _ATTRIBUTION_CLASSES and not _holds_forward(node, steps):
        node.text = ATTRIBUTION_MARK + (node.text or "")
    elif ident in _REST_IDS or classes & _REST_CLASSES or _is_separator(node):
        _insert_before(node, CUT_MARK)
    elif _is_signature(node, classes, ident):
        _wrap(node, SIGNATURE_BEGIN, SIGNATURE_END)
    elif node.tag == "hr" and (node.get("color") or "").lower() == "#b5c4df":
        following = node.getnext()  # Foxmail's short line above the signature
        if following is not None and following.tag == "div":
            _wrap(following, SIGNATURE_BEGIN, SIGNATURE_END)
    elif node.get("data-reply-mark") is not None:
        _insert_before(node, CUT_MARK)
    elif _is_quote(node, classes, ident):
        _mark_quote(node, steps)


def _is_separator(node: Element) -> bool:
    if node.tag == "hr":
        return (node.get("tabindex") == "-1" and "98%" in (node.get("style") or "")) or node.get(
            "data-marker"
        ) == ("__DIVIDER__")
    if node.tag == "div":
        style = node.get("style") or ""
        return bool(style) and (
            _is_outlook_border(style) or _WINDOWS_MAIL_BORDER.search(style) is not None
        )
    return False


def _is_outlook_border(style: str) -> bool:
    packed = style[:1000].lower().replace(" ", "")
    return "padding:3" in packed and "solid" in packed and _OUTLOOK_COLOR.search(packed) is not None


def _is_signature(node: Element, classes: frozenset[str], ident: str) -> bool:
    """Elements that clients name after the signature inside them, each in its own way."""
    if classes & _SIGNATURE_CLASSES or ident in _SIGNATURE_IDS:
        return True
    names = (ident, node.get("name"), node.get("data-smartmail"), *classes)
    if any(name and "signature" in name.lower() for name in names):
        return True
    return (node.get("data-marker") or "").startswith("__SIG_")


def _is_quote(node: Element, classes: frozenset[str], ident: str) -> bool:
    return bool(
        classes & _QUOTE_CLASSES
        or ident in _QUOTE_IDS
        or ident.startswith("yahoo_quoted")
        or node.get("data-marker") == "__QUOTED_TEXT__"
        or (node.get("name") or "").lower() in ("quote", "messagereplysection")
        or (ident.startswith("ydp") and "yahoo_quoted" in ident)
        or any(name.startswith("ydp") and name.endswith("yahoo_quoted") for name in classes)
    )


def _mark_quote(node: Element, steps: Iterator[int]) -> None:
    """Make a blockquote of a container, unless it is a forward or holds answers between its
    quotes.
    """
    if _holds_forward(node, steps):
        return
    quotes = [child for child in node if child.tag == "blockquote"]
    if len(quotes) > 1:
        return
    if len(quotes) == 1 and (quotes[0].tail or "").strip():
        return
    if len(quotes) == 1:
        after = (text for sibling in quotes[0].itersiblings("*") for text in sibling.itertext())
        if any(text.strip() for text in islice(after, _MAX_TEXTS_AFTER)):
            return
    node.tag = "blockquote"


def _holds_forward(node: Element, steps: Iterator[int]) -> bool:
    """Whether the first text inside says that it is a forward.

    Elements may lie in each other by the hundred, with the same long text or thousands of others
    without any: all these questions about one mail share `steps`.
    """
    seen = 0
    for text in islice(_texts(node, steps), _MAX_FIRST_TEXTS):
        stripped = text[:_MAX_FIRST_LETTERS].strip()
        if not stripped:
            continue
        if is_forwarded_message(stripped):
            return True
        seen += 1
        if seen >= 3:
            return False
    return False


def _texts(node: Element, steps: Iterator[int]) -> Iterator[str]:
    walk = etree.iterwalk(node, events=("start", "end", "comment"))
    for (event, inner), _ in zip(walk, steps, strict=False):
        text = inner.text if event == "start" else inner.tail
        if text and (event == "start" or inner is not node):
            yield text


def _insert_before(node: Element, mark: str) -> None:
    if node.getparent() is None:
        return
    line = node.makeelement("div")
    line.text = mark
    node.addprevious(line)


def _wrap(node: Element, begin: str, end: str) -> None:
    if node.getparent() is None:
        return
    first = node.makeelement("div")
    first.text = begin
    last = node.makeelement("div")
    last.text = end
    last.tail, node.tail = node.tail, None
    node.addprevious(first)
    node.addnext(last)
