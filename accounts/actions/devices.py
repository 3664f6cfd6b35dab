"""The browsers in which a person is signed in: noted, renewed, signed out."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.actor import Actor
from accounts.errors import DeviceGone
from accounts.models import Device, User
from core import clock

EVERY = timedelta(minutes=1)  # at most so often a device is renewed
MOST = 50  # of one person: the oldest are signed out
_sessions = import_module(settings.SESSION_ENGINE)


@transaction.atomic
def note_device(*, user_id: int, session_key: str, ip: str | None, user_agent: str) -> None:
    """Note that a session is used, with the browser and the address it comes from now."""
    now = clock.now()
    seen = {"seen_at": now, "ip": ip, "user_agent": _printable(user_agent)}
    known = Device.objects.filter(session_key=session_key, user=user_id)
    if known.filter(seen_at__lt=now - EVERY).update(**seen) or known.exists():
        return
    Device.objects.bulk_create(
        [Device(user_id=user_id, session_key=session_key, created_at=now, **seen)],
        ignore_conflicts=True,
    )
    rows = Device.objects.filter(user=user_id).order_by("-seen_at", "-id")
    _end(list(rows[MOST:]))


@transaction.atomic
def end_device(*, actor: Actor, device_id: int) -> None:
    """Sign a browser of one's own out. Raises DeviceGone."""
    device = Device.objects.filter(pk=device_id, user=actor.user_id).first()
    if device is None:
        raise DeviceGone
    _end([device])


@transaction.atomic
def end_other_devices(*, actor: Actor, session_key: str) -> int:
    """Sign out everywhere but in this session. Returns how many browsers that were."""
    others = list(Device.objects.filter(user=actor.user_id).exclude(session_key=session_key))
    _end(others)
    return len(others)


def end_session_of_device(*, session_key: str) -> None:
    """Somebody has signed out: their browser is none of theirs any more."""
    Device.objects.filter(session_key=session_key).delete()


def end_all_devices(user: User) -> None:
    """Sign out everywhere: the password has changed."""
    _end(list(Device.objects.filter(user=user)))


def forget_dead_devices() -> int:
    """Drop devices whose session is over, and sessions that are. Returns how many devices."""
    _sessions.SessionStore.clear_expired()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    dead, _ = Device.objects.filter(~Exists(alive)).delete()
    return dead


def _end(devices: list[Device]) -> None:
    for device in devices:
        _sessions.SessionStore(device.session_key).delete()
    Device.objects.filter(pk__in=[device.pk for device in devices]).delete()


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())[:300]
