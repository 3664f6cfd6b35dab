"""What is meant for colleagues, in a reply that customers read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from tickets.reply_check.reply import Finding, Remedy, RemedyKind, Reply
from tickets.reply_check.text import own_lines, shortened, span_of
from tickets.reply_check.words.house import INTERNAL_HOST_ENDINGS, INTERNAL_WORDING

WORDS = "internal_words"
LINK = "internal_link"
CODES = (WORDS, LINK)

_LINK = re.compile(r"(?:https?|ftp|smb|file|ssh)://[^\s<>\"')\]]+", re.IGNORECASE)
_SHARE = re.compile(r"(?<![\\\w])\\\\[\w.-]{2,}\\[\w$.-]+")
# Pages that customers may open; every other page of the installation is the workspace's.
_CUSTOMERS_PAGES = re.compile(
    r"/(?:requests|shared|help|password|static|rating|satisfaction)(?:/|\Z)|/?\Z"
)


def find(reply: Reply) -> Iterator[Finding]:
    text = own_lines(reply.text)
    remedies = (
        Remedy(RemedyKind.SHOW, _("Fix")),
        Remedy(RemedyKind.TO_NOTE, _("Make it a note")),
    )
    wording = _wording(reply.internal_words).search(text)
    if wording:
        words = _("“%(words)s” sounds like a word among colleagues.")
        said = {"words": shortened(wording.group(), 40)}
        yield Finding(WORDS, words % said, span_of(wording), remedies)
    for link in _LINK.finditer(text):
        if is_internal(link.group(), reply):
            words = _("Customers cannot open %(link)s.") % {"link": shortened(link.group(), 50)}
            yield Finding(LINK, words, span_of(link), remedies)
            return
    share = _SHARE.search(text)
    if share:
        words = _("Customers cannot open %(link)s.") % {"link": shortened(share.group(), 50)}
        yield Finding(LINK, words, span_of(share), remedies)


def is_internal(link: str, reply: Reply) -> bool:
    """Whether an address leads into the workspace or to a machine of the house."""
    try:
        parts = urlsplit(link.rstrip(".,;:!?"))
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    if parts.scheme.lower() in ("file", "smb", "ssh"):
        return True
    ours = urlsplit(reply.workspace_url)
    if host and host == ours.hostname and _port(parts.port) == _port(ours.port):
        return not _CUSTOMERS_PAGES.match(parts.path)
    hosts = tuple(each.lower().lstrip("*.") for each in reply.internal_hosts if each.strip())
    if any(host == each or host.endswith(f".{each}") for each in hosts):
        return True
    return _is_private(host)


def _port(port: int | None) -> int | None:
    return None if port in (80, 443) else port


def _is_private(host: str) -> bool:
    if host == "localhost" or host.endswith(INTERNAL_HOST_ENDINGS):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return bool(host) and "." not in host


@lru_cache(maxsize=16)
def _wording(more: tuple[str, ...]) -> re.Pattern[str]:
    own = [rf"(?<!\w){re.escape(word.strip())}(?!\w)" for word in more if word.strip()]
    return re.compile("|".join((*INTERNAL_WORDING, *own)), re.IGNORECASE | re.MULTILINE)
