"""What a person wants to be told, and when the next digest is due."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from accounts.models import User
from core import clock
from notifications.models import (
    ALWAYS,
    BY_MAIL,
    BY_PUSH,
    IN_APP,
    Digest,
    Kind,
    NotificationChoice,
)


def choice_of(user: User) -> NotificationChoice:
    """What the person has chosen, or the defaults (not saved). One query at most."""
    found: NotificationChoice | None = getattr(user, "notification_choice", None)
    return found or default_choice(user)


def default_choice(user: User) -> NotificationChoice:
    return NotificationChoice(
        user=user, app=list(IN_APP), push=list(BY_PUSH), mail=list(BY_MAIL), updated_at=clock.now()
    )


def is_kept(choice: NotificationChoice | None, kind: Kind) -> bool:
    """Whether a notification is made at all."""
    return kind in ALWAYS or kind in (IN_APP if choice is None else choice.app)


def is_pushed(choice: NotificationChoice | None, kind: Kind) -> bool:
    return kind in (BY_PUSH if choice is None else choice.push)


def mailed_at(choice: NotificationChoice | None, kind: Kind, user: User) -> datetime | None:
    """When the digest leaves that has it; None when none has it."""
    if kind not in (BY_MAIL if choice is None else choice.mail):
        return None
    digest = Digest.DAILY if choice is None else Digest(choice.digest)
    hour = 8 if choice is None else choice.digest_hour
    return next_digest(digest, hour, zone_of(user), clock.now())


def zone_of(user: User) -> tzinfo:
    """The person's time zone, else the installation's."""
    try:
        return ZoneInfo(user.time_zone or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


def next_digest(digest: Digest, hour: int, zone: tzinfo, now: datetime) -> datetime | None:
    """The first end of a period after `now`: a full hour, or the hour of the day where the person
    is. An hour that the clocks leave out in spring counts as the next one that there is; one that
    they repeat in autumn counts once, the first time.
    """
    if digest == Digest.OFF:
        return None
    if digest == Digest.HOURLY:
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    day = now.astimezone(zone).date()
    while True:
        # A wall time that does not exist is read with the offset before the gap, so it lands in
        # the hour after it; fold=0 takes the first of two.
        due = datetime.combine(day, time(hour), tzinfo=zone).astimezone(now.tzinfo)
        if due > now:
            return due
        day += timedelta(days=1)
