"""Writing down a telephone call: a ticket of its own, or a note on one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.models import User
from core import html
from tickets.actions.tickets import create_ticket, update_ticket
from tickets.drafts import CommentDraft, TicketDraft
from tickets.errors import InvalidChange
from tickets.models import Channel, Status, Ticket

DIRECTIONS = ("inbound", "outbound")
LONGEST_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class CallDraft:
    """A call as somebody remembers it. `number` is the customer's, `ours` the one of the house.

    `upload_ids` are recordings that wait without a comment.
    """

    direction: str
    number: str = ""
    ours: str = ""
    seconds: int = 0
    notes: str = ""
    upload_ids: tuple[int, ...] = ()


def log_call(
    *,
    actor: Actor,
    person_id: int,
    draft: CallDraft,
    ticket_id: int | None = None,
    subject: str = "",
) -> Ticket:
    """Write a call down for colleagues: as a note on the ticket, or on a new one of the person's,
    which the actor works on. Nothing is sent.

    Raises NotPermitted, TicketNotFound, TicketClosed, InvalidChange (direction, seconds).
    """
    if draft.direction not in DIRECTIONS:
        raise InvalidChange("direction", _("Say who called whom."))
    if not 0 <= draft.seconds <= LONGEST_SECONDS:
        raise InvalidChange("seconds", _("A call lasts at most a day."))
    comment = _comment(actor, draft)
    if ticket_id is not None:
        return update_ticket(actor=actor, ticket_id=ticket_id, comment=comment)
    return create_ticket(
        actor=actor,
        draft=TicketDraft(
            subject=subject.strip() or _subject(draft, person_id), comment=comment,
            requester_id=person_id, submitter_id=actor.user_id, assignee_id=actor.user_id,
            status=Status.OPEN, channel=Channel.PHONE,
        ),
    )  # fmt: skip


def _comment(actor: Actor, draft: CallDraft) -> CommentDraft:
    text = draft.notes.strip() or _("No notes were taken.")
    call: dict[str, Any] = {
        "kind": "logged", "direction": draft.direction, "number": draft.number[:40],
        "ours": draft.ours[:40], "seconds": draft.seconds,
    }  # fmt: skip
    return CommentDraft(
        author_id=actor.user_id or 0, body=text, html=html.from_text(text), is_public=False,
        channel=Channel.PHONE, upload_ids=draft.upload_ids, metadata={"call": call},
    )  # fmt: skip


def _subject(draft: CallDraft, person_id: int) -> str:
    person = User.objects.filter(pk=person_id).first()
    who = person.display_name if person else draft.number
    words = _("Call from %(who)s") if draft.direction == "inbound" else _("Call to %(who)s")
    return words % {"who": who}
