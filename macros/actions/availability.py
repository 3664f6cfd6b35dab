"""Online, away, offline: what agents choose, and what their connection says."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import User
from accounts.roles import Permission
from core import clock
from macros.actions.queue import wake
from macros.actions.routing_history import keep
from macros.actions.rules import require_may_edit
from macros.errors import InvalidRule, RuleGone
from macros.models import AgentStatus, Availability, RoutingHouse, RoutingPart


@transaction.atomic
def set_availability(*, actor: Actor, chosen: str) -> AgentStatus:
    """Let an agent say whether they take tickets. Raises NotPermitted, InvalidRule."""
    if chosen not in Availability.values:
        raise InvalidRule("You can be online, away or offline.")
    status = _own(actor)
    _choose(status, chosen, by=None)
    return status


@transaction.atomic
def set_agent_availability(*, actor: Actor, user_id: int, chosen: str) -> AgentStatus:
    """Say for another agent whether they take tickets; the history of routing keeps who did.

    It holds until they choose otherwise, as their own word would. Raises NotPermitted,
    InvalidRule, RuleGone.
    """
    require_may_edit(actor)
    if chosen not in Availability.values:
        raise InvalidRule("An agent can be online, away or offline.")
    if not User.objects.assignable().filter(pk=user_id).exists():
        raise RuleGone
    if user_id == actor.user_id:
        return set_availability(actor=actor, chosen=chosen)
    status = _locked(user_id)
    if status.state != chosen:
        keep(
            RoutingPart.AVAILABILITY,
            {"user": user_id, "before": status.state, "chosen": chosen}, actor.user_id,
        )  # fmt: skip
        _choose(status, chosen, by=actor.user_id)
    return status


@transaction.atomic
def set_automatic(*, actor: Actor, is_automatic: bool) -> AgentStatus:
    """Let an agent choose whether being disconnected for long makes them offline.

    Raises NotPermitted.
    """
    status = _own(actor)
    status.is_automatic, status.is_gone, status.seen_at = is_automatic, False, clock.now()
    _settle(status)
    return status


@transaction.atomic
def come_back(*, user_id: int) -> None:
    """Note that an agent is connected again: what they had chosen holds. Others are ignored."""
    if not User.objects.assignable().filter(pk=user_id).exists():
        return
    status = _locked(user_id)
    if status.is_gone or status.seen_at is None:
        status.is_gone, status.seen_at = False, clock.now()
        _settle(status)


def note_presence(*, connected: Collection[int], is_certain: bool) -> None:
    """Follow who is connected: those who came back, and those who have been gone for long.

    `is_certain` is False while it is not known for long enough who is connected (after a restart of
    Valkey or of the workers): then nobody is gone.
    """
    now = clock.now()
    AgentStatus.objects.filter(user_id__in=connected, is_gone=False).update(seen_at=now)
    known = set(AgentStatus.objects.filter(is_gone=False).values_list("user_id", flat=True))
    for user_id in sorted(set(connected) - known):
        come_back(user_id=user_id)
    minutes = (RoutingHouse.objects.first() or RoutingHouse()).offline_after
    if not is_certain or not minutes:
        return
    long_ago = now - timedelta(minutes=minutes)
    for user_id in _gone(connected, long_ago).values_list("user_id", flat=True):
        _leave(user_id, long_ago)


def _gone(connected: Collection[int], long_ago: datetime) -> QuerySet[AgentStatus]:
    rows = AgentStatus.objects.filter(is_automatic=True, is_gone=False)
    return rows.filter(Q(seen_at=None) | Q(seen_at__lt=long_ago)).exclude(user_id__in=connected)


@transaction.atomic
def _leave(user_id: int, long_ago: datetime) -> None:
    rows = _gone((), long_ago).filter(user_id=user_id).select_for_update()
    status = rows.first()
    if status is not None:
        status.is_gone = True
        _settle(status)


def _choose(status: AgentStatus, chosen: str, *, by: int | None) -> None:
    status.chosen, status.chosen_by_id = chosen, by
    status.is_gone, status.seen_at = False, clock.now()
    _settle(status)


def _own(actor: Actor) -> AgentStatus:
    if actor.user_id is None or not actor.can(Permission.REPLY_PUBLICLY):
        raise NotPermitted("Only agents who answer customers are given tickets.")
    return _locked(actor.user_id)


def _locked(user_id: int) -> AgentStatus:
    AgentStatus.objects.bulk_create(
        [AgentStatus(user_id=user_id, since=clock.now())], ignore_conflicts=True
    )
    return AgentStatus.objects.select_for_update().get(user_id=user_id)


def _settle(status: AgentStatus) -> None:
    """Write what holds now. Going offline gives tickets back, coming online asks for some."""
    is_away = status.is_automatic and status.is_gone
    state = Availability.OFFLINE if is_away else Availability(status.chosen)
    if state != status.state:
        status.state, status.since = state, clock.now()
        status.hands_back = state == Availability.OFFLINE
        if state != Availability.AWAY:
            wake()
    status.save()
