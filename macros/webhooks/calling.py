"""Sending what is due: several calls at once, none longer than SECONDS, no lock held meanwhile."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings

from accounts.actor import Actor
from core import clock
from core.crypto import CannotUnseal, unseal
from core.fetch import Answer, CannotFetch, NotAllowed, post
from core.network import Address, refuse_forbidden_host
from macros.actions.webhooks import PARALLEL, Outcome, begin_test, claim_calls, end_call
from macros.models import WebhookInvocation
from macros.webhooks.signing import signed_headers

SECONDS = 10.0
RESPONSE_BYTES = 4 * 1024  # of an answer that are read and kept
USER_AGENT = "HelpDeskWebhooks/1.0"
_AGAIN = {408, 409, 425, 429}  # and all 5xx


@dataclass(frozen=True, slots=True)
class _Call:
    url: str
    body: bytes
    headers: dict[str, str]


def call_due() -> int:
    """Send one round of due calls. Returns how many there were."""
    claimed = claim_calls()
    if not claimed:
        return 0
    prepared = [_prepared(invocation) for invocation in claimed]
    with ThreadPoolExecutor(PARALLEL, thread_name_prefix="webhook") as pool:
        outcomes = list(pool.map(_send, prepared))
    for invocation, outcome in zip(claimed, outcomes, strict=True):
        end_call(invocation, outcome)
    return len(claimed)


def send_test(*, actor: Actor, webhook_id: int, body: str) -> WebhookInvocation:
    """Call a webhook now, as a rule would, and wait for its answer (SECONDS at most).

    Returns the call as it ended. Raises NotPermitted, RuleGone, InvalidRule.
    """
    call = begin_test(actor=actor, webhook_id=webhook_id, body=body)
    end_call(call, _send(_prepared(call)))
    return call


def allowed_addresses(host: str) -> Sequence[Address]:
    """The addresses of a host that may be called. Raises ForbiddenHost, UnknownHost."""
    return refuse_forbidden_host(host, allow_private=settings.WEBHOOKS_ON_PRIVATE_NETWORKS)


def _prepared(invocation: WebhookInvocation) -> _Call | Outcome:
    webhook, body = invocation.webhook, invocation.body.encode()
    sealed = [webhook.sealed_secret, webhook.sealed_previous_secret]
    try:
        secrets = [unseal(each) for each in sealed if each]
    except CannotUnseal as error:
        return Outcome(status=None, milliseconds=0, error=str(error))
    headers = {
        "User-Agent": USER_AGENT,
        "Content-Type": "application/json",
        **signed_headers(
            message_id=invocation.message_id, at=clock.now(), body=body, secrets=secrets
        ),
    }
    return _Call(webhook.url, body, headers)


def _send(call: _Call | Outcome) -> Outcome:
    if isinstance(call, Outcome):
        return call
    began = time.monotonic()
    try:
        answer = post(
            call.url, body=call.body, headers=call.headers, max_bytes=RESPONSE_BYTES,
            seconds=SECONDS, judge=allowed_addresses,
        )  # fmt: skip
    except CannotFetch as error:
        may_retry = not isinstance(error, NotAllowed)
        return Outcome(None, _milliseconds(began), str(error), may_retry=may_retry)
    return _outcome(answer, _milliseconds(began))


def _outcome(answer: Answer, milliseconds: int) -> Outcome:
    response = answer.content.decode(errors="replace")
    if 200 <= answer.status < 300:
        return Outcome(answer.status, milliseconds, response=response)
    after = next((v for k, v in answer.headers.items() if k.lower() == "retry-after"), "")
    return Outcome(
        answer.status, milliseconds, f"The receiver answered with {answer.status}.",
        may_retry=answer.status in _AGAIN or answer.status >= 500,
        wait=int(after) if after.isdecimal() and len(after) < 8 else None, response=response,
    )  # fmt: skip


def _milliseconds(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
