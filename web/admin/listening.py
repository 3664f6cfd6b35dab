"""Where our own listener can be reached, for those who forward mail to it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings


@dataclass(frozen=True, slots=True)
class OwnListener:
    """`host` is the name others use; `is_local` means that only this machine can connect."""

    host: str
    port: int
    is_local: bool
    bound: str


def own_listener() -> OwnListener | None:
    """The SMTP listener of this installation; None when it is switched off."""
    if not settings.SMTP_LISTEN:
        return None
    bound, _colon, port = settings.SMTP_LISTEN.rpartition(":")
    host = bound.strip("[]")
    public = urlsplit(settings.SITE_URL).hostname or "localhost"
    is_local = host == "localhost" or _is_loopback(host)
    shown = public if not is_local and _is_any(host) else host
    return OwnListener(host=shown, port=int(port), is_local=is_local, bound=settings.SMTP_LISTEN)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_any(host: str) -> bool:
    try:
        return not host or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
