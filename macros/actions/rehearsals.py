"""Rehearsals of drafts: asked for, carried on in the background, told to stop, forgotten.

A rehearsal writes its own row and nothing else; what it reads of tickets it reads in transactions
that cannot write (macros.rehearsal.running).
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.actor import Actor
from core import clock
from core.nudge import nudge
from macros.actions.automations import AutomationDraft, drafted_automation
from macros.actions.rules import definition_of, require_may_edit
from macros.actions.sla import SlaPolicyDraft, drafted_sla_policy
from macros.actions.triggers import TriggerDraft, drafted_trigger
from macros.models import Automation, Rehearsal, RuleKind, SlaPolicy, Trigger
from macros.rehearsal.running import moment_of, play_batch, tickets_asked, updates_asked
from tickets.errors import TicketError

logger = logging.getLogger(__name__)

REHEARSE_TASK = "macros.tasks.rehearse"
UPDATES_LIMIT = 50_000  # in one rehearsal
TURN_SECONDS = 10.0
FORM_LENGTH = 500_000
_UNFORESEEN = "It failed in a way that nobody foresaw. The log of the server says more."

Draft = TriggerDraft | AutomationDraft | SlaPolicyDraft


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which part of the past: at most so many of the latest updates, perhaps of the last days."""

    updates: int = 10_000
    days: int | None = None


@transaction.atomic
def begin_rehearsal(
    *, actor: Actor, draft: Draft, rule_id: int | None = None, stretch: Stretch | None = None,
    form: str = "",
) -> Rehearsal:  # fmt: skip
    """Ask for a draft to be replayed; `rule_id` is of the rule that it would change.

    Only tickets that the actor may see are replayed. Whoever begins another one has no use for the
    one before. Raises NotPermitted, RuleGone, InvalidRule, InvalidCondition, InvalidEffect.
    """
    kind, rule = _drafted(actor, draft, rule_id)
    assert actor.user_id is not None  # noqa: S101  people manage rules
    stretch, now = stretch or Stretch(), clock.now()
    since = now - timedelta(days=stretch.days) if stretch.days else None
    wanted = max(1, min(stretch.updates, UPDATES_LIMIT))
    first, last, count = updates_asked(actor, updates=wanted, since=since)
    began_at = since or moment_of(first) or now
    _unfinished().filter(requested_by=actor.user_id).update(is_cancelled=True, finished_at=now)
    row = Rehearsal.objects.create(
        kind=kind, rule_id=rule_id, title=rule.title, definition=definition_of(rule),
        form=form if len(form) <= FORM_LENGTH else "", requested_by_id=actor.user_id,
        first_audit_id=first, last_audit_id=last, since=began_at, created_at=now,
        total=tickets_asked(actor, since=began_at) if kind == RuleKind.AUTOMATION else count,
    )  # fmt: skip
    transaction.on_commit(lambda: nudge(REHEARSE_TASK))
    return row


def cancel_rehearsal(*, actor: Actor, rehearsal_id: int) -> None:
    """Stop an own rehearsal; what it has found so far stays. Raises NotPermitted."""
    require_may_edit(actor)
    own = _unfinished().filter(pk=rehearsal_id, requested_by=actor.user_id)
    own.update(is_cancelled=True, finished_at=clock.now())


def rehearse_some() -> bool:
    """Go on with unfinished rehearsals for TURN_SECONDS. Returns whether there is more to do."""
    until = time.monotonic() + TURN_SECONDS
    while _rehearse_one():
        if time.monotonic() >= until:
            return True
    return False


def expire_rehearsals() -> None:
    """Delete those that were asked for more than REHEARSAL_HOURS ago."""
    oldest = clock.now() - timedelta(hours=settings.REHEARSAL_HOURS)
    Rehearsal.objects.filter(created_at__lt=oldest).delete()


def _rehearse_one() -> bool:
    """One batch of one rehearsal. Returns whether there was any."""
    tried: list[int] = []
    try:
        with transaction.atomic():
            rows = _unfinished().select_for_update(of=("self",), skip_locked=True)
            row = rows.select_related("requested_by").order_by("id").first()
            if row is None:
                return False
            tried.append(row.pk)
            _go_on(row)
    except TicketError as error:
        _end(tried, str(error))
    except Exception:
        logger.exception("rehearsal.failed", extra={"rehearsal": tried})
        _end(tried, _UNFORESEEN)
    return True


def _go_on(row: Rehearsal) -> None:
    played = play_batch(row)
    row.result, row.done = played.tally.as_json(), row.done + played.done
    row.total = max(row.total, row.done)
    if played.through is None:
        row.finished_at, row.done = clock.now(), row.total
    else:
        row.through = played.through
    row.save(update_fields=["result", "done", "total", "through", "finished_at"])


def _end(ids: list[int], why: str) -> None:
    Rehearsal.objects.filter(pk__in=ids).update(error=why[:500], finished_at=clock.now())


def _unfinished() -> Any:
    return Rehearsal.objects.filter(finished_at=None)


def _drafted(
    actor: Actor, draft: Draft, rule_id: int | None
) -> tuple[RuleKind, Trigger | Automation | SlaPolicy]:
    """The rule that saving the draft would make, checked as saving does, and not saved."""
    if isinstance(draft, TriggerDraft):
        return RuleKind.TRIGGER, drafted_trigger(actor=actor, draft=draft, trigger_id=rule_id)
    if isinstance(draft, AutomationDraft):
        made = drafted_automation(actor=actor, draft=draft, automation_id=rule_id)
        return RuleKind.AUTOMATION, made
    return RuleKind.SLA_POLICY, drafted_sla_policy(actor=actor, draft=draft, policy_id=rule_id)
