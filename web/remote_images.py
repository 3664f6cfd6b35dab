"""Images in a stranger's html that lie on other servers: blocked, counted, fetched for a reader.

Nothing is fetched while a page is made, and nothing without a reader's click. Then the reader's
browser asks us, and we ask the other server, which learns no address, cookie or time zone of the
reader (attacks 14, 23). Tracking pixels, which are there for nothing else, are never fetched.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from threading import BoundedSemaphore

from django.core.cache import cache
from django.urls import reverse
from redis.exceptions import RedisError

from core import ids
from core.fetch import CannotFetch, fetch
from core.html import UNSEEN_IMAGE
from tickets.files import sniff_content_type
from tickets.models import Comment

MAX_BYTES = 5 * 1024 * 1024
KEPT_BYTES = 512 * 1024  # larger ones stay in the reader's browser only
KEPT_SECONDS = 24 * 3600
FAILED_SECONDS = 5 * 60
MOST = 200  # images of one message
AT_ONCE = 6  # fetches of one process
WAIT_SECONDS = 10
SHOWN_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")

logger = logging.getLogger(__name__)

_PURPOSE = "remote-image"
_SHOW = "show-images"
# As nh3 writes it: attribute values always in double quotes, with quotes in them escaped.
_IMAGE = re.compile(r'<img(?: [a-z-]+="[^"]*")*>')
_REMOTE = re.compile(r' data-remote-src="([^"]*)"')
_TINY_SIZE = re.compile(r' (?:width|height)="[01](?:px)?"')
_UNSEEN = f' style="{UNSEEN_IMAGE}"'
_fetches = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Blocked:
    """How many images wait for a click, and how many tracking pixels wait for ever."""

    images: int = 0
    trackers: int = 0


def blocked_in(sanitised: str) -> Blocked:
    found = [_is_tracker(match[0]) for match in _remote_tags(sanitised)]
    return Blocked(images=found.count(False), trackers=found.count(True))


def with_sources(html: str, comment: Comment) -> str:
    """The html with our own addresses in the place of those of other servers.

    `html` is the comment's own, or made of it with the same images in the same order.
    """
    trackers = [_is_tracker(match[0]) for match in _remote_tags(comment.html)]
    place = -1

    def source(match: re.Match[str]) -> str:
        nonlocal place
        if not _REMOTE.search(match[0]):
            return match[0]
        place += 1
        if place >= min(len(trackers), MOST) or trackers[place]:
            return match[0]
        url = reverse("remote_image", args=[ids.sign(_PURPOSE, comment.pk, place)])
        return _REMOTE.sub(f' src="{url}" loading="lazy"', match[0])

    return _IMAGE.sub(source, html)


def show_token(comment_id: int, reader_id: int) -> str:
    """For a link that shows a message's images to one reader: nobody else can make them a link."""
    return ids.sign(_SHOW, comment_id, reader_id)


def comment_shown_by(token: str, reader_id: int) -> int | None:
    """The comment whose images this reader has asked for."""
    numbers = ids.read(_SHOW, token)
    return numbers[0] if numbers and numbers[1:] == (reader_id,) else None


def read_token(token: str) -> tuple[int, int] | None:
    """(comment, number of the image in it), or None for a token that we did not sign."""
    numbers = ids.read(_PURPOSE, token)
    return (numbers[0], numbers[1]) if numbers and len(numbers) == 2 else None


def address_of(sanitised: str, number: int) -> str | None:
    """The address of an image by its place in the stored html; none for tracking pixels."""
    for place, match in enumerate(_remote_tags(sanitised)):
        if place == number < MOST:
            remote = _REMOTE.search(match[0])
            return unescape(remote[1]) if remote and not _is_tracker(match[0]) else None
    return None


def content_of(url: str) -> bytes:
    """The bytes of a remote image, from the cache or its server. Raises CannotFetch."""
    if url.startswith("//"):
        url = f"https:{url}"
    key = f"remote-image:{hashlib.sha256(url.encode()).hexdigest()}"
    kept = _kept(key)
    if kept is None:
        kept = _fetch(url)
        if len(kept) <= KEPT_BYTES:
            _keep(key, kept, KEPT_SECONDS if kept else FAILED_SECONDS)
    if not kept:
        raise CannotFetch("This image cannot be loaded.")
    return kept


def type_of(content: bytes) -> str:
    """The type by the bytes, whatever its server says. Empty for what is no image to be shown."""
    sniffed = sniff_content_type(content[:512], "")
    return sniffed if sniffed in SHOWN_TYPES else ""


def _fetch(url: str) -> bytes:
    """The image, or nothing when there is none to be had: that is remembered for a while too."""
    if not _fetches.acquire(timeout=WAIT_SECONDS):
        raise CannotFetch("Too many images are being loaded at once.")
    try:
        fetched = fetch(url, accept="image/*", max_bytes=MAX_BYTES, may_downgrade=True)
    except CannotFetch as error:
        logger.info("remote_image.failed", extra={"why": str(error)[:80]})
        return b""
    finally:
        _fetches.release()
    return fetched.content if type_of(fetched.content) else b""


def _kept(key: str) -> bytes | None:
    try:
        kept = cache.get(key)
    except (RedisError, OSError):
        return None
    # Whatever else lies there was not put there by us (attack 48).
    return kept if isinstance(kept, bytes) and (not kept or type_of(kept)) else None


def _keep(key: str, content: bytes, seconds: int) -> None:
    try:
        cache.set(key, content, seconds)
    except (RedisError, OSError) as error:
        logger.warning("remote_image.not_kept", extra={"why": type(error).__name__})


def _remote_tags(sanitised: str) -> Iterator[re.Match[str]]:
    return (match for match in _IMAGE.finditer(sanitised) if _REMOTE.search(match[0]))


def _is_tracker(tag: str) -> bool:
    return bool(_TINY_SIZE.search(tag)) or _UNSEEN in tag
