"""Webhooks: entered by people who manage channels; calls queued in submits, claimed, ended."""

from __future__ import annotations

import base64
import json
import random
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from accounts.actor import Actor
from core import clock, locks, outbox
from core.crypto import seal
from macros.actions.rules import clean_title
from macros.effects import WebhookCall
from macros.errors import InvalidRule, RuleGone
from macros.models import InvocationState, Webhook, WebhookInvocation
from macros.selectors.webhooks import require_may_manage, rules_calling
from tickets.changes import TicketChange
from tickets.errors import InvalidChange
from tickets.models import EventType

TOPIC = "webhook.called"
LIMIT = 200  # webhooks
LEASE = timedelta(minutes=2)  # of a call that is being sent
WAITS = (10, 30, 120, 600, 3600)  # seconds before the second, third, … attempt
LONGEST_WAIT = 3600  # that a receiver may ask for (Retry-After)
PATIENCE = timedelta(hours=24)  # with a receiver that is paused
BREAKS_AFTER = 5  # failed calls in a row
PAUSE = (60, 3600)  # seconds: the first pause and the longest
PARALLEL = 16  # calls at once
OF_ONE = 4  # of them to one receiver
SECRET_BYTES = 32
TEST = "test"  # the cause of a call that a person has asked for
TEST_LENGTH = 10_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt ended. `error` is empty when it succeeded; `wait` is what they asked for."""

    status: int | None
    milliseconds: int
    error: str = ""
    may_retry: bool = False
    wait: int | None = None  # seconds
    response: str = ""


def create_webhook(*, actor: Actor, name: str, url: str) -> tuple[Webhook, str]:
    """Add an address. Returns it with its signing secret, which is told this once.

    Raises NotPermitted, InvalidRule.
    """
    require_may_manage(actor)
    if Webhook.objects.count() >= LIMIT:
        raise InvalidRule(f"There can be at most {LIMIT} webhooks. Delete one first.")
    now, secret = clock.now(), _new_secret()
    webhook = Webhook.objects.create(
        name=clean_title(name), url=_clean_url(url), sealed_secret=seal(secret),
        created_by_id=actor.user_id, updated_by_id=actor.user_id, created_at=now, updated_at=now,
    )  # fmt: skip
    return webhook, secret


@transaction.atomic
def update_webhook(
    *,
    actor: Actor,
    webhook_id: int,
    name: str | None = None,
    url: str | None = None,
    is_active: bool | None = None,
) -> Webhook:
    """Change an address; its pause is over. Raises NotPermitted, RuleGone, InvalidRule."""
    webhook = _lock(actor, webhook_id)
    webhook.name = webhook.name if name is None else clean_title(name)
    webhook.url = webhook.url if url is None else _clean_url(url)
    webhook.is_active = webhook.is_active if is_active is None else is_active
    webhook.failures, webhook.paused_until = 0, None
    webhook.updated_by_id, webhook.updated_at = actor.user_id, clock.now()
    webhook.save()
    return webhook


@transaction.atomic
def renew_secret(*, actor: Actor, webhook_id: int) -> str:
    """A new signing secret; the one before signs beside it until the next renewal.

    So the receiver can be changed at any time between. Raises NotPermitted, RuleGone.
    """
    webhook = _lock(actor, webhook_id)
    secret = _new_secret()
    webhook.sealed_previous_secret, webhook.sealed_secret = webhook.sealed_secret, seal(secret)
    webhook.updated_by_id, webhook.updated_at = actor.user_id, clock.now()
    webhook.save()
    return secret


@transaction.atomic
def delete_webhook(*, actor: Actor, webhook_id: int) -> None:
    """Delete an address and the log of its calls. Raises NotPermitted, RuleGone, InvalidRule."""
    webhook = _lock(actor, webhook_id)
    for rule in rules_calling(webhook):
        if rule.is_active:
            raise InvalidRule(f"The rule “{rule}” calls this webhook. Change or switch it off.")
    webhook.delete()


def queue_call(call: WebhookCall, change: TicketChange, *, cause: dict[str, Any]) -> None:
    """Write down, within a submit, that a rule calls a webhook; it is sent after the commit.

    Raises InvalidChange when the webhook is gone or switched off.
    """
    webhook = Webhook.objects.filter(pk=call.webhook_id).first()
    if webhook is None:
        raise InvalidChange("webhook", "The webhook to be called is not there any more.")
    if not webhook.is_active:
        raise InvalidChange("webhook", f"The webhook “{webhook.name}” is switched off.")
    now = clock.now()
    WebhookInvocation.objects.create(
        webhook=webhook, ticket=change.ticket, message_id=_new_message_id(), cause=cause,
        body=call.body, next_attempt_at=now, created_at=now,
    )  # fmt: skip
    change.add(
        EventType.NOTIFICATION, "webhook", cause=cause,
        value={"webhook": webhook.pk, "name": webhook.name},
    )  # fmt: skip
    outbox.post(TOPIC, {"webhook": webhook.pk})


def begin_test(*, actor: Actor, webhook_id: int, body: str) -> WebhookInvocation:
    """Write down a call that a person makes to see whether the receiver answers.

    It is claimed at once, by who sends it, also while the webhook is paused or switched off.
    Raises NotPermitted, RuleGone, InvalidRule when the body is too long or no JSON.
    """
    require_may_manage(actor)
    webhook = Webhook.objects.filter(pk=webhook_id).first()
    if webhook is None:
        raise RuleGone
    now = clock.now()
    return WebhookInvocation.objects.create(
        webhook=webhook, message_id=_new_message_id(), cause={"kind": TEST, "by": actor.user_id},
        body=_clean_body(body), state=InvocationState.SENDING, next_attempt_at=now + LEASE,
        created_at=now,
    )  # fmt: skip


@transaction.atomic
def retry_call(*, actor: Actor, invocation_id: int) -> WebhookInvocation:
    """Send a call that failed once more, now: also to a receiver that is paused.

    Raises NotPermitted, RuleGone, InvalidRule when it has not failed or the webhook is off.
    """
    require_may_manage(actor)
    call = WebhookInvocation.objects.select_for_update().filter(pk=invocation_id).first()
    if call is None:
        raise RuleGone
    webhook = _lock(actor, call.webhook_id)
    if call.state != InvocationState.FAILED:
        raise InvalidRule("Only a call that failed can be sent again.")
    if not webhook.is_active:
        raise InvalidRule("The webhook is switched off. Switch it on first.")
    call.state, call.ended_at, call.next_attempt_at = InvocationState.WAITING, None, clock.now()
    call.save(update_fields=["state", "ended_at", "next_attempt_at"])
    webhook.paused_until = None
    webhook.save(update_fields=["paused_until"])
    outbox.post(TOPIC, {"webhook": webhook.pk})
    return call


@transaction.atomic
def claim_calls() -> list[WebhookInvocation]:
    """Take due calls for this worker alone: at most OF_ONE to one receiver, PARALLEL in all.

    None while another worker has some: slow receivers keep one worker busy, never all of them.
    What a dead worker had taken is due again when its lease is over; receivers know doubles by
    their message id.
    """
    locks.hold(["webhook calls"])
    now = clock.now()
    sending = WebhookInvocation.objects.filter(state=InvocationState.SENDING)
    if sending.filter(next_attempt_at__gt=now).exists():
        return []
    due = WebhookInvocation.objects.filter(
        state__in=(InvocationState.WAITING, InvocationState.SENDING), next_attempt_at__lte=now,
        webhook__is_active=True,
    ).exclude(webhook__paused_until__gt=now)  # fmt: skip
    receivers = dict(due.order_by("-next_attempt_at").values_list("webhook", "webhook__failures"))
    calls: list[WebhookInvocation] = []
    for webhook_id, failures in sorted(receivers.items(), key=lambda _: random.random()):  # noqa: S311
        most = 1 if failures >= BREAKS_AFTER else OF_ONE  # one to see whether it is back
        rows = due.filter(webhook=webhook_id).select_related("webhook")
        calls += rows.order_by("next_attempt_at", "id")[:most]
        if len(calls) >= PARALLEL:
            break
    calls = calls[:PARALLEL]
    WebhookInvocation.objects.filter(pk__in=[call.pk for call in calls]).update(
        state=InvocationState.SENDING, next_attempt_at=now + LEASE
    )
    return calls


@transaction.atomic
def end_call(call: WebhookInvocation, outcome: Outcome) -> None:
    """Note how an attempt ended: delivered, to be tried again with back-off, or failed.

    A person's test is not tried again and pauses nobody; its success ends a pause.
    """
    if call.cause.get("kind") == TEST:
        outcome = replace(outcome, may_retry=False)
    webhook = Webhook.objects.select_for_update().filter(pk=call.webhook_id).first()
    if webhook is None:
        return  # deleted meanwhile, and its log with it
    now = clock.now()
    call.attempts = [
        *call.attempts,
        {"at": now.isoformat(), "status": outcome.status, "ms": outcome.milliseconds,
         "error": outcome.error},
    ]  # fmt: skip
    call.response = outcome.response.replace("\x00", "")
    if not outcome.error:
        call.state, call.ended_at = InvocationState.DELIVERED, now
        webhook.failures, webhook.paused_until = 0, None
    else:
        _note_failed(call, webhook, outcome)
    call.save(update_fields=["attempts", "response", "state", "ended_at", "next_attempt_at"])
    webhook.save(update_fields=["failures", "paused_until"])


def _note_failed(call: WebhookInvocation, webhook: Webhook, outcome: Outcome) -> None:
    now, number = clock.now(), len(call.attempts)
    may_retry = outcome.may_retry and number <= len(WAITS)
    if may_retry and now - call.created_at < PATIENCE:
        wait = WAITS[number - 1] * random.uniform(0.8, 1.2)  # noqa: S311  jitter
        wait = min(max(wait, outcome.wait or 0), LONGEST_WAIT)
        call.state = InvocationState.WAITING
        call.next_attempt_at = now + timedelta(seconds=wait)
    else:
        call.state, call.ended_at = InvocationState.FAILED, now
    if outcome.may_retry:  # what is refused for its content says nothing about the receiver
        webhook.failures += 1
        if webhook.failures >= BREAKS_AFTER:
            first, longest = PAUSE
            pause = min(first * 2 ** min(webhook.failures - BREAKS_AFTER, 10), longest)
            webhook.paused_until = now + timedelta(seconds=pause)


def expire_calls(*, days: int, batch: int) -> int:
    """Delete calls that ended, or gave up waiting, more than `days` ago; at most a batch."""
    before = clock.now() - timedelta(days=days)
    old = WebhookInvocation.objects.filter(created_at__lt=before).order_by("created_at")
    return WebhookInvocation.objects.filter(
        pk__in=list(old.values_list("pk", flat=True)[:batch])
    ).delete()[0]


def _lock(actor: Actor, webhook_id: int) -> Webhook:
    require_may_manage(actor)
    webhook = Webhook.objects.select_for_update().filter(pk=webhook_id).first()
    if webhook is None:
        raise RuleGone
    return webhook


def _new_secret() -> str:
    """As Standard Webhooks writes it: `whsec_` and base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _new_message_id() -> str:
    return f"msg_{secrets.token_hex(16)}"


def _clean_body(body: str) -> str:
    """Raises InvalidRule."""
    if len(body) > TEST_LENGTH:
        raise InvalidRule(f"A test call has at most {TEST_LENGTH:,} letters.")
    try:
        json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidRule("This is no JSON: look at quotes, commas and brackets.") from error
    return body.replace("\x00", "")


def _clean_url(url: str) -> str:
    """Raises InvalidRule. Whether the host may be asked is judged at each call, when it counts."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
        has_user = parts.username is not None or parts.password is not None
        _ = parts.port
    except ValueError:
        is_web = has_user = False
    if not is_web or len(url) > 2000 or any(ord(letter) < 33 for letter in url):
        raise InvalidRule("Enter an address that begins with https:// or http://.")
    if has_user:
        raise InvalidRule("An address with a user name or password cannot be used.")
    return url
