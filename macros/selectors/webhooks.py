"""Webhooks as their pages show them: how each is doing, its calls, the rules that call it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from core import clock
from core.pages import Keyset, Page, keyset_page
from macros.errors import RuleGone
from macros.models import Automation, InvocationState, Rule, Trigger, Webhook, WebhookInvocation

LATEST = 100  # calls that a success rate is counted over
CALLS = 30  # on a page of the log
_OPEN = (InvocationState.WAITING, InvocationState.SENDING)
_STATES = {
    "failed": (InvocationState.FAILED,),
    "waiting": _OPEN,
    "delivered": (InvocationState.DELIVERED,),
}


@dataclass(frozen=True, slots=True)
class WebhookHealth:
    """How a webhook is doing. `latest` are the states of its latest LATEST calls, newest first."""

    webhook: Webhook
    latest: Sequence[str]
    last_called_at: datetime | None
    waiting: int

    @property
    def success_rate(self) -> int | None:
        """Percent of the latest calls that have ended; None while none has."""
        delivered = self.latest.count(InvocationState.DELIVERED)
        ended = delivered + self.latest.count(InvocationState.FAILED)
        return delivered * 100 // ended if ended else None

    @property
    def paused_until(self) -> datetime | None:
        """The end of a pause that lasts now."""
        until = self.webhook.paused_until
        return until if until and until > clock.now() else None

    @property
    def state(self) -> str:
        """`off`, `paused`, `trouble` (the latest call that ended has failed), `new` or `ok`."""
        if not self.webhook.is_active:
            return "off"
        if self.paused_until:
            return "paused"
        ended = [state for state in self.latest if state not in _OPEN]
        if not ended:
            return "new"
        return "trouble" if ended[0] == InvocationState.FAILED else "ok"


def webhooks_with_health(actor: Actor) -> list[WebhookHealth]:
    """All webhooks by name. Raises NotPermitted."""
    require_may_manage(actor)
    return _with_health(Webhook.objects.order_by("name", "id"))


def webhook_with_health(actor: Actor, webhook_id: int) -> WebhookHealth:
    """One webhook. Raises NotPermitted, RuleGone."""
    require_may_manage(actor)
    rows = _with_health(Webhook.objects.filter(pk=webhook_id))
    if not rows:
        raise RuleGone
    return rows[0]


def calls_of(
    actor: Actor, webhook: Webhook, *, state: str = "", cursor: str = ""
) -> Page[WebhookInvocation]:
    """A page of its calls, the newest first; `state` is failed, waiting, delivered or all.

    Raises NotPermitted, BadCursor.
    """
    require_may_manage(actor)
    rows = WebhookInvocation.objects.filter(webhook=webhook).select_related("ticket")
    if state in _STATES:
        rows = rows.filter(state__in=_STATES[state])
    return keyset_page(rows, Keyset("created_at"), cursor=cursor, size=CALLS)


def call_for(actor: Actor, invocation_id: int) -> WebhookInvocation:
    """One call with its webhook and ticket. Raises NotPermitted, RuleGone."""
    require_may_manage(actor)
    rows = WebhookInvocation.objects.select_related("webhook", "ticket")
    call = rows.filter(pk=invocation_id).first()
    if call is None:
        raise RuleGone
    return call


def rules_calling(webhook: Webhook) -> list[Rule]:
    """The triggers and automations that call it, those switched off too."""
    named = {"field": "notification_webhook", "value": {"webhook_id": webhook.pk}}
    found: list[Rule] = []
    for model in (Trigger, Automation):
        rows = model._default_manager.filter(effects__contains=[named])
        found += rows.order_by("-is_active", "title", "id")
    return found


def require_may_manage(actor: Actor) -> None:
    """Raises NotPermitted."""
    if not actor.can(Permission.MANAGE_CHANNELS):
        raise NotPermitted("Only people who manage channels may see and change webhooks.")


def _with_health(webhooks: QuerySet[Webhook]) -> list[WebhookHealth]:
    calls = WebhookInvocation.objects.filter(webhook=OuterRef("pk")).order_by("-created_at")
    rows = webhooks.select_related("updated_by").annotate(
        latest=ArraySubquery(calls.values("state")[:LATEST]),
        last_called=calls.values("created_at")[:1],
    )
    is_open = WebhookInvocation.objects.filter(state__in=_OPEN, webhook__in=webhooks)
    waiting = dict(is_open.values_list("webhook").annotate(Count("id")))
    return [WebhookHealth(row, row.latest, row.last_called, waiting.get(row.pk, 0)) for row in rows]
