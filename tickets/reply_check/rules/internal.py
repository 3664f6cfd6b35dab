"""What is meant for colleagues, in a reply that customers read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_address

from django.utils.translation import gettext as _

from tickets.reply_check.reply import Finding, Remedy, RemedyKind, Reply
from tickets.reply_check.text import own_lines, shortened, span_of
from tickets.reply_check.words.house import INTERNAL_HOST_ENDINGS, INTERNAL_WORDING

WORDS = "internal_words"
LINK = "internal_link"
CODES = (WORDS, LINK)

_LINK = re.compile(r"(?:https?|ftp|smb|file|ssh)://[^\s<>\"')\]]+", re.IGNORECASE)
_PARTS = re.compile(
    r"(?P<scheme>[a-z]+)://(?:[^/@\s]*@)?(?P<host>\[[^\]]*\]|[^:/?#\s]*)(?::(?P<port>\d+))?"
    r"(?P<path>[^?#]*)",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?<![\\\w])\\\\[\w.-]{2,}\\[\w$.-]+")
# What routers at people's homes answer to.
_ROUTER = re.compile(r"(?:192\.168\.\d{1,3}|10\.0\.[01])\.(?:1|254)\Z")
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
    scheme, host, port, path = parts_of(link)
    if scheme in ("file", "smb", "ssh"):
        return True
    _scheme, our_host, our_port, _path = parts_of(reply.workspace_url)
    if host and (host, port) == (our_host, our_port):
        return not _CUSTOMERS_PAGES.match(path)
    hosts = tuple(each.lower().lstrip("*.") for each in reply.internal_hosts if each.strip())
    if any(host == each or host.endswith(f".{each}") for each in hosts):
        return True
    return _is_private(host) and not (_ROUTER.match(host) and path in ("", "/"))


def parts_of(link: str) -> tuple[str, str, str, str]:
    """Scheme, host, port and path of an address; the usual ports are left out."""
    found = _PARTS.match(link.rstrip(".,;:!?"))
    if not found:
        return "", "", "", ""
    port = found["port"] or ""
    host = found["host"].strip("[]").rstrip(".").lower()
    return found["scheme"].lower(), host, "" if port in ("80", "443") else port, found["path"]


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
