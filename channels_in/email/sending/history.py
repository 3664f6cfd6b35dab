"""What was said before, below a reply, for addresses that want it there (attack 34).

Only public comments that have left, none that was redacted, none newer than the reply, and only for
the requester and accepted CCs: both see the whole public conversation anyway. The line above it is
one that our own parser takes for the beginning of a quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from core import html
from tickets.models import Comment, Delivery, Participant, ParticipantRole

SHOWN = 3
LENGTH = 20_000  # characters of one quoted comment


@dataclass(frozen=True, slots=True)
class Quote:
    """One earlier comment. `html` is made from plain text here, so that it holds nothing else."""

    author: str
    written_at: datetime
    text: str
    html: SafeString | str

    @property
    def quoted_text(self) -> str:
        return "\n".join(f"> {line}".rstrip() for line in self.text.splitlines())


def history_of(delivery: Delivery) -> list[Quote]:
    """The latest comments before the delivery's own, latest first."""
    comment = delivery.comment
    if comment is None or not _sees_everything(delivery):
        return []
    earlier = (
        Comment.objects.released()
        .filter(ticket_id=delivery.ticket_id, redacted_at=None)
        .exclude(pk=comment.pk)
        .filter(created_at__lte=comment.created_at)
        .select_related("author")
        .order_by("-created_at", "-id")
    )
    return [_quote(row) for row in earlier[:SHOWN]]


def _quote(comment: Comment) -> Quote:
    text = (comment.reply_text or comment.body).strip()[:LENGTH]
    return Quote(
        comment.author.display_name, comment.created_at, text, html.from_text(text)
    )  # fmt: skip


def _sees_everything(delivery: Delivery) -> bool:
    person = delivery.recipient_id
    if person == delivery.ticket.requester_id:
        return True
    return Participant.objects.filter(
        ticket_id=delivery.ticket_id, user_id=person, role=ParticipantRole.CC, is_accepted=True
    ).exists()
