"""Browsers that may be pushed to, and which notifications are to be pushed."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from accounts.actor import Actor
from accounts.models import Device
from core import clock
from notifications.models import Notification, PushSubscription

_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]{1,253}(?::443)?/[!-~]{0,700}")
LEASE = timedelta(minutes=2)  # a worker that dies over a push: another one tries again
STALE = timedelta(hours=1)  # what is older is not pushed: it would only startle
MOST_BROWSERS = 20  # of one person
MOST_FAILURES = 10  # in a row, then a browser is given up


class NotASubscription(ValueError):
    """What a browser sent cannot be pushed to."""


@transaction.atomic
def subscribe(
    *, actor: Actor, device: Device, endpoint: str, p256dh: str, auth: str
) -> PushSubscription:
    """Keep the address at which this browser is pushed to; it ends with its sign-in.

    Raises NotASubscription: https addresses only, keys of the right length. Where the address leads
    is judged each time it is used (attack 44).
    """
    if not _ADDRESS.fullmatch(endpoint):
        raise NotASubscription("A push service has an https address.")
    if _length(p256dh) != 65 or _length(auth) != 16:
        raise NotASubscription("The keys of the browser are not complete.")
    if device.user_id != actor.user_id:
        raise NotASubscription("This browser is signed in as somebody else.")
    row, _ = PushSubscription.objects.update_or_create(
        endpoint=endpoint,
        defaults={
            "user_id": actor.user_id, "device": device, "p256dh": p256dh, "auth": auth,
            "created_at": clock.now(), "failures": 0,
        },
    )  # fmt: skip
    own = PushSubscription.objects.filter(user=actor.user_id).order_by("-created_at", "-id")
    PushSubscription.objects.filter(
        pk__in=list(own.values_list("pk", flat=True)[MOST_BROWSERS:])
    ).delete()
    return row


def unsubscribe(*, actor: Actor, endpoint: str) -> None:
    PushSubscription.objects.filter(user=actor.user_id, endpoint=endpoint).delete()


@transaction.atomic
def claim_pushes(*, limit: int) -> list[Notification]:
    """Notifications to push now, for this worker alone until LEASE is over."""
    now = clock.now()
    due = Notification.objects.filter(push_at__lte=now)
    due.filter(created_at__lt=now - STALE).update(push_at=None)
    rows = list(
        due.order_by("push_at", "id")
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("user", "user__notification_choice", "ticket", "actor", "comment")[:limit]
    )
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(push_at=now + LEASE)
    return rows


def note_push(*, notification_ids: Sequence[int]) -> None:
    """The push of these is done; of others it is tried again when the lease is over."""
    Notification.objects.filter(pk__in=notification_ids).update(push_at=None)


def note_pushed(*, subscription_id: int) -> None:
    """A browser's push service has taken a message."""
    rows = PushSubscription.objects.filter(pk=subscription_id)
    rows.update(used_at=clock.now(), failures=0)


def drop_subscription(*, subscription_id: int, is_gone: bool) -> None:
    """Forget a browser that is gone (404, 410), or count a failure; too many are the same."""
    rows = PushSubscription.objects.filter(pk=subscription_id)
    failures = (
        MOST_FAILURES if is_gone else 1 + (rows.values_list("failures", flat=True).first() or 0)
    )
    if failures >= MOST_FAILURES:
        rows.delete()
    else:
        rows.update(failures=failures)


def _length(text: str) -> int:
    """How many bytes a text in base64url is; 0 when it is none."""
    try:
        return len(base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True))
    except (binascii.Error, ValueError):
        return 0
