"""What rules made of submits is kept for some days, then deleted a batch at a time."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from core import clock
from macros.actions.rehearsals import expire_rehearsals
from macros.actions.webhooks import expire_calls
from macros.models import RuleRun

BATCH = 5_000


def expire_runs() -> bool:
    """Delete old runs and webhook calls, at most BATCH of each, and all old rehearsals.

    Returns whether there is more.
    """
    expire_rehearsals()
    days = settings.RULE_RUNS_DAYS
    old = RuleRun.objects.filter(created_at__lt=clock.now() - timedelta(days=days))
    ids = list(old.order_by("created_at").values_list("pk", flat=True)[:BATCH])
    RuleRun.objects.filter(pk__in=ids).delete()
    calls = expire_calls(days=days, batch=BATCH)
    return len(ids) == BATCH or calls == BATCH
