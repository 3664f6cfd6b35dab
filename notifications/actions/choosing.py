"""What a person wants to be told, and how."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actor import Actor
from accounts.models import User
from core import clock
from core.bulk import update_columns
from notifications import choices
from notifications.models import (
    ALWAYS,
    Digest,
    Kind,
    Notification,
    NotificationChoice,
    RuleMails,
)


@dataclass(frozen=True, slots=True)
class Choices:
    """Kinds by way, and the rest of the settings page."""

    app: Collection[str]
    push: Collection[str]
    mail: Collection[str]
    digest: str
    digest_hour: int
    rule_mails: str
    shows_toasts: bool
    push_shows_subject: bool


@transaction.atomic
def choose(*, actor: Actor, choices_made: Choices) -> NotificationChoice:
    """Save one's own choices. Mentions and assignments are always kept in the app; what is not kept
    is neither pushed nor mailed. What waits for a digest moves to the new period.

    Raises ValueError for a value that there is not.
    """
    made = choices_made
    if not 0 <= made.digest_hour <= 23:
        raise ValueError("The hour is a number from 0 to 23.")
    app = [kind.value for kind in Kind if kind in ALWAYS or kind in made.app]
    user = User.objects.get(pk=actor.user_id)
    row, _ = NotificationChoice.objects.update_or_create(
        user=user,
        defaults={
            "app": app,
            "push": [kind for kind in app if kind in made.push],
            "mail": [kind for kind in app if kind in made.mail],
            "digest": Digest(made.digest),
            "digest_hour": made.digest_hour,
            "rule_mails": RuleMails(made.rule_mails),
            "shows_toasts": made.shows_toasts,
            "push_shows_subject": made.push_shows_subject,
            "updated_at": clock.now(),
        },
    )
    _move_digest(user, row)
    return row


@transaction.atomic
def unsubscribe_from_digest(*, user_id: int) -> None:
    """No more digests: what the link in each of them does, also for who is not signed in."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    row = NotificationChoice.objects.filter(user=user).first() or choices.default_choice(user)
    row.digest, row.updated_at = Digest.OFF, clock.now()
    row.save()
    _move_digest(user, row)


def _move_digest(user: User, choice: NotificationChoice) -> None:
    waiting = list(
        Notification.objects.select_for_update().filter(user=user, mail_at__isnull=False)
    )
    due: dict[str, datetime | None] = {
        kind: choices.mailed_at(choice, Kind(kind), user) for kind in {row.kind for row in waiting}
    }
    for row in waiting:
        row.mail_at = due[row.kind]
    update_columns(waiting, ["mail_at"])
