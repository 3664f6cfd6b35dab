"""What an agent has before them: chats they are in, what rings, how many wait. A few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from accounts.actor import Actor
from accounts.models import User
from accounts.roles import Permission
from channels_in.chat.ringing import DECLINED_FOR
from channels_in.models import Chat, ChatGuest, ChatOffer, ChatState, OfferOutcome
from core import clock
from macros.models import AgentStatus, Availability, WaitingTicket
from macros.routing.kinds import Kind
from macros.routing.team import seats_of
from tickets import policies
from tickets.models import Comment

SLOTS = 9  # that have a key
SOFT, HARD = 30, 90  # seconds that a visitor waits for an answer before it is coloured
RINGS = 3  # cards at once


@dataclass(frozen=True, slots=True)
class Slot:
    """A chat that the agent is in. `waits_since`: the visitor's first word without an answer."""

    chat: Chat
    number: int
    unread: int
    waits_since: datetime | None
    words: str

    @property
    def name(self) -> str:
        return name_of(self.chat)


@dataclass(frozen=True, slots=True)
class Call:
    """What rings. `kind`: offer, open (at everybody) or invitation; it ends at `ends_at`."""

    chat: Chat
    kind: str
    words: str
    ends_at: datetime | None = None
    by: User | None = None
    note: str = ""

    @property
    def key(self) -> str:
        moment = int(self.ends_at.timestamp()) if self.ends_at else 0
        return f"{self.kind}-{self.chat.pk}-{moment}"

    @property
    def name(self) -> str:
        return name_of(self.chat)

    @property
    def page(self) -> str:
        return page_of(self.chat)


@dataclass(frozen=True, slots=True)
class Desk:
    slots: list[Slot]
    calls: list[Call]
    waiting: int
    is_online: bool

    @property
    def is_empty(self) -> bool:
        return not (self.slots or self.calls or self.waiting)


def name_of(chat: Chat) -> str:
    """Who the visitor says they are, else whom the ticket names."""
    return chat.visitor.name or chat.ticket.requester.display_name


def page_of(chat: Chat) -> str:
    """Where the visitor is, in a few words: the page's title, else its path."""
    visitor = chat.visitor
    return visitor.page_title or urlsplit(visitor.page_url).path or visitor.page_url


def visible_chats(actor: Actor) -> QuerySet[Chat]:
    """Chats of tickets that the actor may know of, with their people."""
    return Chat.objects.filter(ticket__in=policies.visible_tickets(actor)).select_related(
        "visitor", "ticket__requester", "ticket__group", "agent", "offered_to", "account"
    )


def desk_of(actor: Actor) -> Desk:
    slots = slots_of(actor)
    queued = visible_chats(actor).filter(state__in=ChatState.queued())
    state = AgentStatus.objects.filter(user_id=actor.user_id or 0).values_list("state", flat=True)
    is_online = state.first() == Availability.ONLINE
    return Desk(
        slots=slots,
        calls=[*_offers(actor, queued), *_invitations(actor), *_open(actor, queued, is_online)],
        waiting=queued.count(),
        is_online=is_online,
    )


def slots_of(actor: Actor) -> list[Slot]:
    """In the order in which they were taken: a chat keeps its key."""
    joined = ChatGuest.objects.filter(
        chat=OuterRef("pk"), user_id=actor.user_id or 0, left_at=None, joined_at__isnull=False
    )
    mine = Q(agent_id=actor.user_id or 0) | Exists(joined)
    chats = visible_chats(actor).filter(mine, state__in=(ChatState.ACTIVE, ChatState.HELD))
    rows = with_words(chats).order_by(F("accepted_at").asc(nulls_last=True), "id")
    return [
        Slot(chat, number, chat.unread, chat.waits_since, chat.last_words or "")
        for number, chat in enumerate(rows, 1)
    ]


def with_words(chats: QuerySet[Chat]) -> QuerySet[Any]:
    """Chats with `unread`, `waits_since` and `last_words` of their visitors."""
    comments = Comment.objects.released().filter(ticket=OuterRef("ticket"))
    of_house = comments.filter(is_from_agent=True).order_by("-id").values("id")[:1]
    answered = Coalesce(Subquery(of_house), 0, output_field=IntegerField())
    asked = comments.filter(is_from_agent=False)
    unread = asked.filter(pk__gt=OuterRef("house_read")).order_by().values("ticket")
    return chats.annotate(
        answered=answered,
        unread=Coalesce(
            Subquery(unread.annotate(n=Count("id")).values("n"), output_field=IntegerField()), 0
        ),
        last_words=Subquery(comments.order_by("-id").values("body")[:1]),
    ).annotate(
        waits_since=Subquery(
            asked.filter(pk__gt=OuterRef("answered")).order_by("id").values("created_at")[:1],
            output_field=DateTimeField(),
        )
    )


def _offers(actor: Actor, queued: QuerySet[Chat]) -> list[Call]:
    chats = list(with_words(queued.filter(offered_to_id=actor.user_id or 0)).order_by("offered_at"))
    rows = ChatOffer.objects.filter(chat__in=chats, outcome=OfferOutcome.RINGING)
    offers = {row.chat_id: row for row in rows.select_related("asked_by")}
    return [_offer(chat, offers[chat.pk]) for chat in chats if chat.pk in offers]


def _offer(chat: Any, offer: ChatOffer) -> Call:
    if offer.asked_by is None:
        return Call(chat, "offer", chat.last_words or "", offer.ends_at)
    note = chat.ticket.comments.filter(is_public=False).order_by("-id").first()
    words = note.body if note and note.author_id == offer.asked_by_id else ""
    return Call(chat, "offer", chat.last_words or "", offer.ends_at, offer.asked_by, words)


def _invitations(actor: Actor) -> list[Call]:
    guests = ChatGuest.objects.filter(user_id=actor.user_id or 0, left_at=None, joined_at=None)
    invited = {guest.chat_id: guest for guest in guests.select_related("invited_by")}
    if not invited:
        return []
    chats = with_words(visible_chats(actor).filter(pk__in=invited)).order_by("id")
    return [
        Call(chat, "invitation", chat.last_words or "", by=invited[chat.pk].invited_by)
        for chat in chats
    ]


def _open(actor: Actor, queued: QuerySet[Chat], is_online: bool) -> list[Call]:
    """Chats that nobody gives out ring at everybody who could take them and has not refused."""
    refused = ChatOffer.objects.filter(
        chat=OuterRef("pk"), agent_id=actor.user_id or 0, outcome=OfferOutcome.DECLINED,
        ended_at__gt=clock.now() - DECLINED_FOR,
    )  # fmt: skip
    routed = WaitingTicket.objects.filter(ticket=OuterRef("ticket"))
    mine = Q(ticket__group=None) | Q(ticket__group_id__in=actor.group_ids)
    chats = queued.filter(mine, state=ChatState.WAITING, ticket__assignee=None)
    found = list(
        with_words(chats.filter(~Exists(refused), ~Exists(routed))).order_by("queued_at", "id")[
            :RINGS
        ]
    )
    if not found or not is_online or not has_room(actor):
        return []
    return [Call(chat, "open", chat.last_words or "") for chat in found]


def has_room(actor: Actor) -> bool:
    """Whether the agent takes chats at all, and one more."""
    if not actor.can(Permission.REPLY_PUBLICLY):
        return False
    agents = User.objects.assignable().filter(pk=actor.user_id).select_related("agent_status")
    return any(seat.has_room(Kind.CHATS) for seat in seats_of(agents))


def waits_longest(slots: Iterable[Slot]) -> Slot | None:
    waiting = [slot for slot in slots if slot.waits_since]
    return min(waiting, key=lambda slot: slot.waits_since or clock.now(), default=None)


def is_long(since: datetime | None, seconds: int) -> bool:
    return since is not None and clock.now() - since >= timedelta(seconds=seconds)
