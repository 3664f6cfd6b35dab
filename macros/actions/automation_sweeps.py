"""Computing the moments of an automation over all tickets, when it or what it reads has changed.

In the background and in batches; each is a transaction of its own, and says how far it came. What a
sweep was made for is its stamp: when the stamp that is wanted differs, it begins anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Max, Q

from accounts.actor import system_actor
from core import clock
from macros.actions.automation_moments import plan_moments
from macros.automations.compiled import CompiledAutomation, active_automations
from macros.models import Automation, AutomationDue, AutomationSweep
from tickets.conditions import Conditions, as_q, business
from tickets.conditions.due import is_about_time
from tickets.conditions.grammar import Condition
from tickets.models import Schedule, Status, Ticket

SWEEP_TASK = "macros.tasks.sweep_automations"
BATCH = 500  # tickets that are locked together
TURN = 20  # batches
_SETTLED = timedelta(seconds=10)  # by then no process keeps older schedules in memory


def sweep_automations() -> bool:
    """Go on with the sweeps that are not finished. Returns whether there may be more to do."""
    _retire()
    wanted = _wanted()
    finished = AutomationSweep.objects.filter(finished_at__isnull=False)
    done = dict(finished.values_list("automation_id", "stamp"))
    left = TURN
    for automation, stamp in wanted:
        if done.get(automation.id) == stamp:
            continue
        while left and not _sweep_some(automation, stamp):
            left -= 1
    return left == 0


@transaction.atomic
def _sweep_some(automation: CompiledAutomation, stamp: str) -> bool:
    """One batch. Returns whether this automation is finished, or in another worker's hands."""
    AutomationSweep.objects.bulk_create(
        [AutomationSweep(automation_id=automation.id, stamp="")], ignore_conflicts=True
    )
    rows = AutomationSweep.objects.select_for_update(skip_locked=True)
    sweep = rows.filter(automation=automation.id).first()
    if sweep is None or (sweep.stamp == stamp and sweep.finished_at):
        return True
    if sweep.stamp != stamp:
        business.forget_schedules()
        sweep.stamp, sweep.through, sweep.finished_at = stamp, 0, None
    ids = list(_candidates(automation, sweep.through))
    if ids:
        locked = Ticket.objects.select_for_update(of=("self",), no_key=True).order_by("id")
        plan_moments(list(locked.filter(pk__in=ids)), automations=[automation])
        sweep.through = ids[-1]
    is_finished = len(ids) < BATCH
    sweep.finished_at = clock.now() if is_finished else None
    sweep.save()
    return is_finished


def _candidates(automation: CompiledAutomation, through: int) -> Iterable[int]:
    """Ids of the next tickets on which its conditions can come to hold, or that it waits for."""
    waited_for = AutomationDue.objects.filter(automation=automation.id).values("ticket_id")
    found = Ticket.objects.existing().exclude(status=Status.CLOSED).filter(pk__gt=through)
    found = found.filter(_can_hold(automation.conditions) | Q(pk__in=waited_for))
    return found.order_by("id").values_list("id", flat=True)[:BATCH]


def _can_hold(conditions: Conditions) -> Q:
    """What of the conditions has nothing to do with time, as far as a query can say it."""
    single = [node for node in conditions.all if isinstance(node, Condition)]
    lasting = tuple(node for node in single if not is_about_time(node))
    can_hold = as_q(Conditions(all=lasting), system_actor("Automation"))
    for node in single:
        if node.field.status:
            can_hold &= Q(status=node.field.status)
    return can_hold if can_hold else ~Q(pk__in=[])


def _retire() -> None:
    """Take the moments off automations that were switched off; what they did is kept."""
    idle = Automation.objects.filter(is_active=False)
    AutomationDue.objects.filter(automation__in=idle, due_at__isnull=False).update(due_at=None)
    AutomationSweep.objects.filter(automation__in=idle).delete()


def _wanted() -> list[tuple[CompiledAutomation, str]]:
    """Active automations, each with what its moments depend on beside the tickets."""
    automations = active_automations().in_order
    now, hours = clock.now(), ""
    if any(automation.asks_business_hours for automation in automations):
        settled = Q(updated_at__lte=now - _SETTLED)
        found = Schedule.objects.aggregate(n=Count("*"), at=Max("updated_at", filter=settled))
        hours = f"|{found['n']}/{found['at']}"
    wanted = []
    for automation in automations:
        stamp = hashlib.sha256(automation.definition.encode()).hexdigest()
        if automation.asks_business_hours:
            stamp += hours
        if automation.asks_people:
            stamp += f"|{now.date()}"  # people and companies change without their tickets
        wanted.append((automation, stamp))
    return wanted
