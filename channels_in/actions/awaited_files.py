"""Files of networks' messages: noted when the message becomes a comment, fetched soon after.

A message is read at once, whatever its pictures weigh; a file that cannot be had now is tried again
for a day, and what never comes is said on the message.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from channels_in.letters import Letter
from channels_in.models import AwaitedFile, AwaitedFileState
from core import clock
from core.nudge import nudge
from tickets import policies
from tickets.actions import attach_received_file
from tickets.actions.received_files import tell_of_files
from tickets.drafts import NewFile
from tickets.errors import CommentNotFound
from tickets.files import clean_filename

FETCH_TASK = "channels_in.tasks.fetch_files"
LEASE = timedelta(minutes=3)
MAX_ATTEMPTS = 14  # the last about a day after the first
FILES = 30  # of one message


def note_awaited_files(letters: Sequence[Letter]) -> None:
    """Write down what the messages left with their network, and wake a worker."""
    now = clock.now()
    rows = [
        AwaitedFile(
            account_id=letter.item.account_id, comment_id=letter.item.comment_id,
            reference=file.reference[:2000], filename=clean_filename(file.filename)[:255],
            content_type=file.content_type[:127], next_attempt_at=now, created_at=now,
        )
        for letter in letters
        if letter.item.comment_id
        for file in letter.message.remote_files[:FILES]
    ]  # fmt: skip
    if rows:
        AwaitedFile.objects.bulk_create(rows)
        transaction.on_commit(lambda: nudge(FETCH_TASK))


@transaction.atomic
def claim_awaited_files(*, limit: int) -> list[AwaitedFile]:
    """Files that are due, for this worker alone until LEASE is over."""
    now = clock.now()
    rows = list(
        AwaitedFile.objects.filter(state=AwaitedFileState.WAITING, next_attempt_at__lte=now)
        .order_by("next_attempt_at", "id")
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("account__connection", "comment")[:limit]
    )
    for row in rows:
        row.attempts += 1
        row.next_attempt_at = now + LEASE
        row.save(update_fields=["attempts", "next_attempt_at"])
    return rows


@transaction.atomic
def keep_awaited_file(*, row: AwaitedFile, file: NewFile) -> None:
    """The file is here: an attachment of its comment."""
    AwaitedFile.objects.filter(pk=row.pk).delete()
    attach_received_file(comment_id=row.comment_id, file=file)


def put_off_awaited_file(*, row: AwaitedFile, error: str, until: datetime | None = None) -> None:
    """Try again later: at `until` with no attempt lost, or by back-off until they are used up."""
    if until is None and row.attempts >= MAX_ATTEMPTS:
        give_up_awaited_file(row=row, error=error)
        return
    if until is None:
        wait = min(15 * 2**row.attempts, 4 * 3600) * random.uniform(0.8, 1.2)  # noqa: S311  jitter
        until = clock.now() + timedelta(seconds=wait)
    else:
        row.attempts = max(row.attempts - 1, 0)
    AwaitedFile.objects.filter(pk=row.pk).update(
        error=error[:300], next_attempt_at=until, attempts=row.attempts
    )


@transaction.atomic
def give_up_awaited_file(*, row: AwaitedFile, error: str) -> None:
    """It will not come; the message says so."""
    AwaitedFile.objects.filter(pk=row.pk).update(state=AwaitedFileState.GIVEN_UP, error=error[:300])
    tell_of_files(ticket_id=row.comment.ticket_id)


@transaction.atomic
def retry_awaited_file(*, actor: Actor, file_id: int) -> None:
    """Fetch a file that was given up. Raises TicketNotFound, NotPermitted, CommentNotFound."""
    row = AwaitedFile.objects.select_related("comment").filter(pk=file_id).first()
    if row is None:
        raise CommentNotFound(file_id)
    policies.visible_ticket(actor, row.comment.ticket_id)
    policies.require_can_edit(actor)
    AwaitedFile.objects.filter(pk=row.pk, state=AwaitedFileState.GIVEN_UP).update(
        state=AwaitedFileState.WAITING, attempts=0, error=_("Asked for again."),
        next_attempt_at=clock.now(),
    )  # fmt: skip
    tell_of_files(ticket_id=row.comment.ticket_id)
    transaction.on_commit(lambda: nudge(FETCH_TASK))
