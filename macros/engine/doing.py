"""Carrying a plan out within a submit: fields, comment, then what has to leave the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core import html
from macros.actions.webhooks import queue_call
from macros.effects import Notice, Plan
from macros.routing.assign import route
from tickets.actions import offer_within
from tickets.actions.within import change_within, comment_within
from tickets.changes import TicketChange
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange
from tickets.models import Channel, Comment


@dataclass(frozen=True, slots=True)
class Outbound:
    """One notice of one rule on one submit. `comment` is what a reply sends."""

    change: TicketChange
    notice: Notice
    cause: dict[str, Any]
    comment: Comment | None = None

    @property
    def is_rules_own(self) -> bool:
        """Whether a rule has written the comment: a machine's word, though a person signs it."""
        return self.comment is not None and self.comment is not self.change.comment


def carry_out(
    plan: Plan, change: TicketChange, *, cause: dict[str, Any], saves: bool = True
) -> list[Outbound]:
    """Do what a plan says; what people have to be told is returned.

    A public comment of a rule goes to requester and CCs like any other. `saves`: see change_within.

    Raises InvalidChange.
    """
    notices = [(notice, change.comment) for notice in plan.notices]
    if plan.fields:
        change_within(change, plan.changes, cause=cause, saves=saves)
    if plan.routes:
        route(change, cause=cause)
    if plan.texts:
        comment = comment_within(change, comment_of(plan, change), cause=cause)
        if comment.is_public:
            notices.append((Notice("requester_and_ccs", is_reply=True), comment))
    if plan.offers_rating:
        offer_within(change, cause=cause)
    for call in plan.webhooks:
        queue_call(call, change, cause=cause)
    return [
        Outbound(change, notice, cause, comment if notice.is_reply else None)
        for notice, comment in notices
    ]


def comment_of(plan: Plan, change: TicketChange) -> CommentDraft:
    """A rule's comment, internal unless the rule says otherwise. Raises InvalidChange.

    Its author is the ticket's assignee, or whoever made the submit when that is an agent.
    """
    actor = change.actor
    author_id = change.ticket.assignee_id or (actor.user_id if actor.is_agent else None)
    if author_id is None:
        raise InvalidChange(
            "comment", "A rule can only comment on a ticket that has an assignee to speak for."
        )
    rich = any(text.is_html for text in plan.texts)
    parts = [text.text for text in plan.texts]
    body = "\n\n".join(html.to_text(part) if rich else part for part in parts)
    shown = "".join(text.text if text.is_html else html.from_text(text.text) for text in plan.texts)
    return CommentDraft(
        author_id=author_id, body=body, html=html.sanitize(shown), reply_text=body,
        is_public=bool(plan.is_public), channel=Channel.SYSTEM,
    )  # fmt: skip
