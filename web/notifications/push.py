"""Messages of browsers (RFC 8030, 8291, 8292): encrypted for the browser, handed to its push
service.

The address of that service comes from the browser, that is, from a stranger: https only, judged by
core.fetch, no redirects (attack 44). What is said can be read on a locked screen and passes through
other companies' hands (encrypted): no text of a message, and the subject only for who wants it.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from functools import cache, partial
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from pydantic import ValidationError
from webpush import VAPID, WebPush, WebPushSubscription

from channels_in.email.sending.rendering import language_for
from core.fetch import Answer, CannotFetch, Judge, NotAllowed, post
from notifications import actions
from notifications.choices import choice_of
from notifications.models import Notification, PushSubscription
from web.notifications.words import lines_of

logger = logging.getLogger(__name__)

BATCH = 50
AT_ONCE = 8
SECONDS = 10.0  # for one push
KEPT_FOR = 24 * 3600  # seconds the push service waits for a browser that is away
PORTS = frozenset({443})
JUDGE: Judge | None = None  # tests push to a service of their own
_ORDER = int("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16)  # of P-256


class Outcome(Enum):
    SENT = auto()
    GONE = auto()
    FAILED = auto()
    LATER = auto()


def push_due() -> int:
    """Push what is due to every browser of the people concerned. Returns how many notifications."""
    rows = actions.claim_pushes(limit=BATCH)
    if not rows:
        return 0
    browsers = _browsers(rows)
    wanted = [(row, each) for row in rows for each in browsers.get(row.user_id, ())]
    texts = {row.pk: json.dumps(content_of(row)).encode() for row in rows}
    jobs = [partial(send, each, texts[row.pk], topic=_topic(row)) for row, each in wanted]
    with ThreadPoolExecutor(AT_ONCE) as pool:  # the network only: no thread asks the database
        outcomes = list(pool.map(lambda job: job(), jobs))
    later = set()
    for (row, each), outcome in zip(wanted, outcomes, strict=True):
        note(each, outcome)
        if outcome is Outcome.LATER:
            later.add(row.pk)
    actions.note_push(notification_ids=[row.pk for row in rows if row.pk not in later])
    return len(rows)


def send_test(subscription: PushSubscription) -> Outcome:
    """A word to one browser, at its owner's wish."""
    content = {"title": settings.SITE_NAME, "body": _("Messages of this browser work."),
               "tag": "test", "url": "/settings/notifications/"}  # fmt: skip
    outcome = send(subscription, json.dumps(content).encode(), topic="test")
    note(subscription, outcome)
    return outcome


def send(subscription: PushSubscription, content: bytes, *, topic: str) -> Outcome:
    """Encrypt and hand over. Never raises for what a browser or its service does."""
    try:
        message = _writer().get(
            content,
            WebPushSubscription.model_validate(
                {
                    "endpoint": subscription.endpoint,
                    "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
                }
            ),
        )
        headers: dict[str, Any] = dict(message.headers)
        headers |= {"Content-Type": "application/octet-stream", "Urgency": "high", "Topic": topic}
        if not subscription.endpoint.startswith("https://"):
            return Outcome.GONE
        answer = post(
            subscription.endpoint, body=message.encrypted, headers=headers, max_bytes=1000,
            seconds=SECONDS, judge=JUDGE, ports=PORTS,
        )  # fmt: skip
    except (ValidationError, ValueError):
        return Outcome.GONE  # keys that are none
    except NotAllowed:
        return Outcome.GONE
    except CannotFetch:
        return Outcome.LATER
    return _read(answer)


def _read(answer: Answer) -> Outcome:
    """RFC 8030 §5, §7.3: 404 and 410 are for good; 429 and 5xx for the moment."""
    if answer.status in (200, 201, 202, 204):
        return Outcome.SENT
    if answer.status in (404, 410):
        return Outcome.GONE
    if answer.status == 429 or answer.status >= 500:
        return Outcome.LATER
    logger.warning("push.refused", extra={"status": answer.status})
    return Outcome.FAILED


def note(subscription: PushSubscription, outcome: Outcome) -> None:
    if outcome is Outcome.SENT:
        actions.note_pushed(subscription_id=subscription.pk)
    else:
        actions.drop_subscription(subscription_id=subscription.pk, is_gone=outcome is Outcome.GONE)


def content_of(row: Notification) -> dict[str, str]:
    """What the browser shows, in the person's language; never what somebody wrote."""
    choice = choice_of(row.user)
    with translation.override(language_for(row.user.language)):
        line = lines_of([row])[0]
        body = f"#{row.ticket_id}" if row.ticket_id else ""
        if choice.push_shows_subject and row.ticket:
            body = f"#{row.ticket_id} {row.ticket.subject_or_placeholder}"
        return {
            "title": strip_tags(line.said)[:120], "body": body[:200], "url": line.url,
            "tag": f"ticket-{row.ticket_id}" if row.ticket_id else f"n-{row.pk}",
        }  # fmt: skip


def _topic(row: Notification) -> str:
    """A newer push about the same ticket replaces one that waits (RFC 8030 §5.4: 32 letters)."""
    about = f"{row.user_id}:{row.ticket_id or row.pk}:{row.kind}"
    return hashlib.sha256(about.encode()).hexdigest()[:32]


def _browsers(rows: Sequence[Notification]) -> Mapping[int, list[PushSubscription]]:
    found: dict[int, list[PushSubscription]] = {}
    for each in PushSubscription.objects.filter(user__in={row.user_id for row in rows}):
        found.setdefault(each.user_id, []).append(each)
    return found


def public_key() -> str:
    """What browsers need to know of us (`applicationServerKey`), base64url."""
    return VAPID.get_application_server_key(_key().public_key())


@cache
def _writer() -> WebPush:
    private = _key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = _key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return WebPush(private, public, subscriber=settings.SUPPORT_ADDRESS, ttl=KEPT_FOR)


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    """The installation's own key: given, or made from SECRET_KEY so that all machines have it."""
    if settings.VAPID_PRIVATE_KEY:
        pem = settings.VAPID_PRIVATE_KEY.replace("\\n", "\n").encode()
        given = load_pem_private_key(pem, None)
        if not isinstance(given, ec.EllipticCurvePrivateKey):
            raise ValueError("VAPID_PRIVATE_KEY is no key of an elliptic curve.")
        return given
    drawn = HKDF(hashes.SHA256(), 48, None, b"helpdesk.push").derive(settings.SECRET_KEY.encode())
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, ec.SECP256R1())
