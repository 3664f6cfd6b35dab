"""Which browser a request or a websocket comes from, for the list of where one is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.actions import end_session_of_device, note_device
from accounts.models import Device
from web.access import SignedInRequest


def note(request: HttpRequest) -> None:
    """A member of staff has just signed in with this session."""
    user = request.user
    if not user.is_authenticated or not user.is_staff_member:
        return
    if request.session.session_key is None:
        request.session.save()
    note_device(
        user_id=user.pk, session_key=request.session.session_key or "",
        ip=request.META.get("REMOTE_ADDR") or None,
        user_agent=request.headers.get("User-Agent", ""),
    )  # fmt: skip


def forget(request: HttpRequest) -> None:
    """They have signed out."""
    if key := request.session.session_key:
        end_session_of_device(session_key=key)


def of(request: SignedInRequest) -> Device:
    """The device of this session; one that is older than the list of devices is noted now."""
    key = request.session.session_key or ""
    found = Device.objects.filter(session_key=key).first()
    if found is None:
        note(request)
        found = Device.objects.get(session_key=key)
    return found


def note_socket(user_id: int, scope: dict[str, Any]) -> None:
    """A page of theirs is open."""
    session = scope.get("session")
    if not (user_id and session and session.session_key):
        return
    client = scope.get("client") or [None]
    agent = dict(scope.get("headers") or []).get(b"user-agent", b"").decode(errors="replace")
    note_device(
        user_id=user_id, session_key=session.session_key, ip=client[0] or None, user_agent=agent
    )
