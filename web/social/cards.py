"""Posts as the stream shows them: one card each, with what may be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.actor import Actor
from accounts.roles import Permission
from channels_in.adapters import Capabilities
from channels_in.models import PostState, StreamDeed, StreamPost
from channels_in.networks.limits import capabilities_of
from channels_in.stream_selectors import deeds_of, openings_of, visible_of
from tickets.models import Ticket
from web.social.words import ReasonLine, reach_of, reasons_of


@dataclass(frozen=True, slots=True)
class Card:
    """`ticket` is None also where the reader may not see it; `number` is its number then."""

    post: StreamPost
    reasons: list[ReasonLine]
    reach: str
    number: int | None
    ticket: Ticket | None
    like: StreamDeed | None
    capabilities: Capabilities
    may_edit: bool
    may_answer: bool
    opening: str = ""  # begins the first answer
    answer: str = ""  # typed and refused
    error: str = ""

    @property
    def counts(self) -> str:
        """The name of the counting, as static/js/lengths.js knows it."""
        return self.capabilities.counts.__name__

    @property
    def limit(self) -> int | None:
        """How long an answer may be beside its opening."""
        limit = self.capabilities.length_limit
        opening = f"{self.opening} " if self.opening else ""
        return limit - self.capabilities.counts(opening) if limit else None

    @property
    def is_settled(self) -> bool:
        return self.post.state in (PostState.LEFT, PostState.LIKED, PostState.ANSWERED)

    @property
    def waits_for_public_end(self) -> bool:
        return bool(self.post.private_since and not self.post.closed_loop_at)


def cards_of(actor: Actor, posts: Sequence[StreamPost]) -> list[Card]:
    """The cards of a page, in three queries."""
    tickets, likes, openings = visible_of(actor, posts), deeds_of(posts), openings_of(posts)
    return [_card(actor, post, tickets, likes, openings) for post in posts]


def card_of(actor: Actor, post: StreamPost, *, answer: str = "", error: str = "") -> Card:
    """One card, with what was typed when it was refused."""
    tickets, openings = visible_of(actor, [post]), openings_of([post])
    return _card(actor, post, tickets, deeds_of([post]), openings, answer, error)


def _card(
    actor: Actor,
    post: StreamPost,
    tickets: dict[int, Ticket],
    likes: dict[int, StreamDeed],
    openings: dict[int, str],
    answer: str = "",
    error: str = "",
) -> Card:
    number = post.item.ticket_id
    return Card(
        post=post, reasons=reasons_of(post), reach=reach_of(post.followers), number=number,
        ticket=tickets.get(number or 0), like=likes.get(post.pk),
        capabilities=capabilities_of(post.channel),
        may_edit=actor.can(Permission.EDIT_TICKETS),
        may_answer=actor.can(Permission.REPLY_PUBLICLY), answer=answer, error=error,
        opening=openings.get(post.pk, ""),
    )  # fmt: skip
