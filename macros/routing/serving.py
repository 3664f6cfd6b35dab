"""Which tickets of a view an agent may be handed, and in which order (actions.serving)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from accounts.actor import Actor
from core import clock
from macros.models import AgentSkill, ServedOutcome, ServedTicket, WaitingTicket
from macros.routing.needs import Need, needed_by, skill_needs
from tickets.models import Priority, Status, Ticket, View
from tickets.selectors.views import tickets_in_view

SKIPPED_FOR = timedelta(hours=8)  # what somebody has skipped does not come again that soon
LOOKED_AT = 300  # tickets of a view that are weighed at most
_CHUNK = 50

AreBusy = Callable[[Collection[int]], Collection[int]]


@dataclass(slots=True)
class Passed:
    """What was not handed out, and why: for the sentence at the end."""

    unskilled: int = 0
    busy: int = 0
    skills: set[str] = field(default_factory=set)


def candidates(
    view: View, actor: Actor, *, session: str, are_busy: AreBusy, passed: Passed
) -> Iterator[int]:
    """Numbers of tickets to try, the most urgent first; what is left out is counted in `passed`.

    Next SLA breach, then priority, then age. Unassigned ones of the agent's groups and their own;
    none that needs a skill they lack, that somebody looks at just now, or that they had already.
    """
    now, skills, needs = clock.now(), _skills_of(actor), skill_needs()
    tickets = list(_waiting(view, actor, session, now)[:LOOKED_AT])
    queued = _queued_at(tickets) if needs else {}
    for start in range(0, len(tickets), _CHUNK):
        chunk = tickets[start : start + _CHUNK]
        busy = set(are_busy([ticket.pk for ticket in chunk]))
        for ticket in chunk:
            missing = _missing(ticket, needs, skills, queued.get(ticket.pk, ticket.created_at))
            if missing:
                passed.unskilled += 1
                passed.skills.update(missing)
            elif ticket.pk in busy:
                passed.busy += 1
            else:
                yield ticket.pk


def _waiting(view: View, actor: Actor, session: str, now: datetime) -> QuerySet[Ticket]:
    mine = Q(assignee_id=actor.user_id)
    reachable = Q(group=None) | Q(group_id__in=actor.group_ids)
    served = ServedTicket.objects.filter(ticket=OuterRef("pk"))
    of_others = served.filter(outcome=ServedOutcome.HELD, held_until__gt=now)
    had = served.filter(user_id=_me(actor)).filter(
        Q(session=session) | Q(outcome=ServedOutcome.SKIPPED, served_at__gt=now - SKIPPED_FOR)
    )
    had = had.exclude(served_at__lt=OuterRef("requester_updated_at"))
    priorities = [When(priority=value, then=Value(place))
                  for place, value in enumerate(Priority.values, 1)]  # fmt: skip
    rank = Case(*priorities, default=Value(2), output_field=IntegerField())
    return (
        tickets_in_view(view, actor)
        .exclude(status=Status.CLOSED)
        .filter(mine | (Q(assignee=None) & reachable))
        .filter(~Exists(of_others.exclude(user_id=_me(actor))), ~Exists(had))
        .select_related("requester", "organization", "group", "assignee")
        .order_by(F("sla_next_breach_at").asc(nulls_last=True), rank.desc(), "created_at", "id")
    )


def _me(actor: Actor) -> int:
    return actor.user_id or 0


def _skills_of(actor: Actor) -> set[int]:
    rows = AgentSkill.objects.filter(user_id=_me(actor))
    return set(rows.values_list("skill_id", flat=True))


def _queued_at(tickets: Collection[Ticket]) -> dict[int, datetime]:
    rows = WaitingTicket.objects.filter(ticket__in=tickets)
    return dict(rows.values_list("ticket_id", "queued_at"))


def _missing(
    ticket: Ticket, needs: list[Need], skills: set[int], queued_at: datetime
) -> Collection[str]:
    if not needs:
        return ()
    needed = needed_by(ticket, needs, queued_at=queued_at)
    return [name for pk, name in needed.items() if pk not in skills]
