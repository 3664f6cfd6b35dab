"""One mail of one person and period: noted before it is sent, so that it is never sent twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Min, QuerySet

from accounts.models import User
from core import clock
from notifications import choices
from notifications.models import DigestMail, Kind, Notification

AGAIN = timedelta(minutes=5)  # after a mail server that could not be reached


def begin_digest(*, user_id: int) -> tuple[DigestMail, list[Notification]] | None:
    """Take everything that is due for a person into one mail, before it is written.

    None when another worker has it, or nothing is left. Until the mail has left, all that is in it
    waits for the next period: if the worker dies over it, it is not sent again, since it may have
    left, and what is unread then comes with the next one.
    """
    try:
        with transaction.atomic():
            return _begin(user_id, clock.now())
    except IntegrityError:
        return None  # this period has had its mail: the rest waits for the next one


def _begin(user_id: int, now: datetime) -> tuple[DigestMail, list[Notification]] | None:
    user = User.objects.select_for_update(skip_locked=True).filter(pk=user_id).first()
    if user is None:
        return None
    due = Notification.objects.filter(user=user, mail_at__lte=now)
    period = due.aggregate(first=Min("mail_at"))["first"]
    if period is None:
        return None
    if DigestMail.objects.filter(user=user, period_at=period).exists():
        _to_next_period(user, due)
        return None
    rows = list(
        due.select_related("ticket", "actor", "comment", "comment__author").order_by(
            "-created_at", "-id"
        )
    )
    _to_next_period(user, due)
    mail = DigestMail.objects.create(
        user=user, period_at=period, begun_at=now, notifications=len(rows)
    )
    return mail, rows


def _to_next_period(user: User, due: QuerySet[Notification]) -> None:
    choice = choices.choice_of(user)
    ids = list(due.values_list("pk", "kind"))
    for kind in {kind for _, kind in ids}:
        of_kind = Notification.objects.filter(pk__in=[pk for pk, each in ids if each == kind])
        of_kind.update(mail_at=choices.mailed_at(choice, Kind(kind), user))


@transaction.atomic
def end_digest(*, mail: DigestMail, notification_ids: Sequence[int]) -> None:
    """The mail has left, or there was nothing to say any more."""
    Notification.objects.filter(pk__in=notification_ids).update(mail_at=None)
    mail.ended_at = clock.now()
    mail.save(update_fields=["ended_at"])


@transaction.atomic
def give_back_digest(*, mail: DigestMail, notification_ids: Sequence[int]) -> None:
    """The mail has surely not left: the same again in a while."""
    Notification.objects.filter(pk__in=notification_ids, read_at=None).update(
        mail_at=clock.now() + AGAIN
    )
    mail.delete()
