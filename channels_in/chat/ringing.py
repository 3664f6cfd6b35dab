"""What routing asks about live chats (settings.RINGING; the contract is macros.routing.ringing)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from accounts.actor import Actor
from channels_in.actions.chat.states import offer_chat
from channels_in.models import Chat, ChatOffer, ChatState, OfferOutcome
from core import clock
from tickets.models import Channel, Status

CHANNELS = frozenset({Channel.CHAT.value})
MISSED_FOR = timedelta(minutes=1)  # who missed a chat is not asked for it again that soon
DECLINED_FOR = timedelta(minutes=15)  # … and who refused it


@dataclass(slots=True)
class Call:
    is_ringing: bool
    asked: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Load:
    ringing: int = 0
    over: int = 0


def calls_of(ticket_ids: Collection[int]) -> dict[int, Call]:
    """Chats in the queue, by ticket, with who was asked a moment ago."""
    if not ticket_ids:
        return {}
    queued = Chat.objects.filter(ticket__in=ticket_ids, state__in=ChatState.queued())
    calls = {
        ticket_id: Call(state == ChatState.OFFERED)
        for ticket_id, state in queued.values_list("ticket_id", "state")
    }
    if not calls:
        return calls
    for ticket_id, agent_id in _asked(calls).values_list("chat__ticket_id", "agent_id"):
        calls[ticket_id].asked.add(agent_id)
    return calls


def _asked(ticket_ids: Collection[int]) -> QuerySet[ChatOffer]:
    now = clock.now()
    missed = Q(outcome=OfferOutcome.MISSED, ended_at__gt=now - MISSED_FOR)
    declined = Q(outcome=OfferOutcome.DECLINED, ended_at__gt=now - DECLINED_FOR)
    return ChatOffer.objects.filter(missed | declined, chat__ticket__in=ticket_ids)


def loads_of(user_ids: Collection[int]) -> dict[int, Load]:
    """Chats that ring at agents, and their unsolved tickets whose chat has ended: ordinary work."""
    loads: dict[int, Load] = defaultdict(Load)
    ringing = Chat.objects.filter(
        state=ChatState.OFFERED, offered_to__in=user_ids, ticket__assignee=None
    )
    for user_id, count in ringing.values_list("offered_to").annotate(count=Count("id")):
        loads[user_id].ringing = count
    over = Chat.objects.filter(
        state=ChatState.ENDED, ticket__assignee__in=user_ids, ticket__deleted_at=None
    ).exclude(ticket__status__in=Status.done())
    for user_id, count in over.values_list("ticket__assignee").annotate(count=Count("id")):
        loads[user_id].over = count
    return loads


def ring(*, actor: Actor, ticket_id: int, user_id: int) -> None:
    """Let a chat ring at an agent. Raises ChatNotFound, ChatTaken."""
    chat_id = Chat.objects.filter(ticket=ticket_id).values_list("pk", flat=True).first() or 0
    offer_chat(actor=actor, chat_id=chat_id, agent_id=user_id)
