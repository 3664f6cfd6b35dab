"""Likes, statements, edits and deletions out to their networks; the end of each is written down.

What a dead worker had begun is not known to have happened. A like and a deletion may be repeated
without harm, so they are; a statement or an edit is not, without a person's decision.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from typing import cast

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.actions.connections import note_trouble, note_works
from channels_in.actions.stream.decisions import DEEDS_TASK, check_length
from channels_in.adapters import adapter_for
from channels_in.models import ChannelAccount, Connection, DeedState, StreamDeed
from channels_in.networks.network import (
    NetworkError,
    RateLimited,
    Refused,
    Sent,
    TokenExpired,
    Uncertain,
    Unreachable,
)
from channels_in.networks.opening import open_client
from channels_in.networks.registry import network_of
from channels_in.networks.troubles import trouble_of_all
from channels_in.social.network import SocialClient
from channels_in.stream_selectors import in_public
from core import clock
from core.crypto import CannotUnseal
from core.nudge import nudge
from tickets.actions.deliveries import MAX_ATTEMPTS
from tickets.errors import TicketError
from tickets.models import Comment, Delivery
from tickets.policies import visible_ticket

BATCH = 20
_LEASE = timedelta(minutes=3)
_REPEATABLE = (StreamDeed.Kind.LIKE, StreamDeed.Kind.DELETE)

logger = logging.getLogger(__name__)


@transaction.atomic
def change_reply(*, actor: Actor, comment_id: int, text: str | None) -> StreamDeed:
    """Edit a reply of ours on its network, or (text None) take it down there.

    What the ticket says stays: it is the record of what was said. Raises NotPermitted,
    TicketNotFound, TicketError when the reply is not on a network that allows it, InvalidChange.
    """
    if not actor.can(Permission.REPLY_PUBLICLY):
        raise NotPermitted
    comment = Comment.objects.filter(pk=comment_id, is_from_agent=True).first()
    if comment is None:
        raise TicketError(_("There is no such reply."))
    visible_ticket(actor, comment.ticket_id)
    delivery = _delivery_of(comment)
    capabilities = adapter_for(delivery.channel).capabilities
    if not (capabilities.can_delete if text is None else capabilities.can_edit):
        raise TicketError(_("This network does not allow that."))
    if text is not None:
        check_length(delivery.channel, text)
    now = clock.now()
    deed = StreamDeed.objects.create(
        account=_account_of(delivery), comment=comment, target=delivery.provider_id,
        kind=StreamDeed.Kind.DELETE if text is None else StreamDeed.Kind.EDIT,
        text=text or "", by_id=actor.user_id, created_at=now, next_attempt_at=now,
    )  # fmt: skip
    transaction.on_commit(lambda: nudge(DEEDS_TASK))
    return deed


def _delivery_of(comment: Comment) -> Delivery:
    delivery = in_public(comment)
    if delivery is None:
        raise TicketError(_("This reply is not on a network, or has not been sent."))
    return delivery


def _account_of(delivery: Delivery) -> ChannelAccount:
    accounts = ChannelAccount.objects.filter(channel=delivery.channel, is_active=True)
    own = accounts.filter(address=delivery.ticket.recipient).first()
    account = own or accounts.order_by("-is_default", "id").first()
    if account is None:
        raise TicketError(_("No account of this network is connected."))
    return account


def do_due() -> int:
    """Do what is due, BATCH at most. Returns how many there were."""
    _forget_the_dead()
    deeds = _claim()
    by_account: dict[int, list[StreamDeed]] = {}
    for deed in deeds:
        by_account.setdefault(deed.account_id, []).append(deed)
    for rows in by_account.values():
        _do_of_one_account(rows)
    return len(deeds)


@transaction.atomic
def _claim() -> list[StreamDeed]:
    now = clock.now()
    rows = list(
        StreamDeed.objects.filter(state=DeedState.QUEUED, next_attempt_at__lte=now)
        .order_by("next_attempt_at", "id")
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("account")[:BATCH]
    )
    StreamDeed.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=DeedState.SENDING, next_attempt_at=now + _LEASE, attempts=F("attempts") + 1
    )
    return rows


def _forget_the_dead() -> None:
    dead = StreamDeed.objects.filter(state=DeedState.SENDING, next_attempt_at__lte=clock.now())
    dead.filter(kind__in=_REPEATABLE).update(state=DeedState.QUEUED)
    dead.exclude(kind__in=_REPEATABLE).update(state=DeedState.UNKNOWN, ended_at=clock.now())


def _do_of_one_account(deeds: Sequence[StreamDeed]) -> None:
    network = network_of(deeds[0].account.channel)
    connection = Connection.objects.filter(account=deeds[0].account).first()
    if network is None or connection is None or not deeds[0].account.is_active:
        _end(deeds, DeedState.FAILED, "The account is not connected any more.")
        return
    if connection.retry_at and connection.retry_at > clock.now():
        _wait(deeds, connection.error, connection.retry_at - clock.now())
        return
    try:
        client = open_client(network, connection)
    except (NetworkError, CannotUnseal) as error:
        _stop(connection, deeds, error)
        return
    with closing(client):
        is_reached = False
        for at, deed in enumerate(deeds):
            try:
                is_reached = _do(cast(SocialClient, client), deed) or is_reached
            except (RateLimited, TokenExpired, Unreachable) as error:
                if away := trouble_of_all(client, error):
                    _stop(connection, deeds[at:], away)
                    return
                _put_off(deed, str(error))
    note_works(connection=connection, is_sending=is_reached)


def _do(client: SocialClient, deed: StreamDeed) -> bool:
    """Whether it was done. Raises what may concern the whole account."""
    log = {"deed": deed.pk, "kind": deed.kind, "account": deed.account_id}
    try:
        sent = _carry_out(client, deed)
    except (RateLimited, TokenExpired, Unreachable):
        raise
    except Refused as error:
        _end([deed], DeedState.FAILED, str(error))
        logger.warning("deed.refused", extra={**log, "why": str(error)})
    except Uncertain as error:
        _end([deed], DeedState.UNKNOWN, str(error))
        logger.warning("deed.unknown", extra={**log, "why": str(error)})
    except Exception as error:  # a client's own mistake: nobody knows how far it got
        _end([deed], DeedState.UNKNOWN, f"{type(error).__name__}: {error}")
        logger.exception("deed.broke", extra=log)
    else:
        _end([deed], DeedState.DONE, "", sent)
        logger.info("deed.done", extra=log)
        return True
    return False


def _carry_out(client: SocialClient, deed: StreamDeed) -> Sent | None:
    if deed.kind == StreamDeed.Kind.LIKE:
        client.like(deed.target)
    elif deed.kind == StreamDeed.Kind.EDIT:
        client.edit(deed.target, deed.text)
    elif deed.kind == StreamDeed.Kind.DELETE:
        client.delete(deed.target)
    else:
        return client.publish(deed.text)
    return None


def _end(deeds: Sequence[StreamDeed], state: str, error: str, sent: Sent | None = None) -> None:
    StreamDeed.objects.filter(pk__in=[deed.pk for deed in deeds]).update(
        state=state, error=error[:500], ended_at=clock.now(),
        external_id=(sent.id if sent else "")[:255], url=(sent.url if sent else "")[:500],
    )  # fmt: skip


def _stop(connection: Connection, deeds: Sequence[StreamDeed], error: Exception) -> None:
    """Trouble of the whole account: shown there, and what was to be done waits."""
    until = note_trouble(
        connection=connection, error=str(error),
        needs_sign_in=isinstance(error, TokenExpired | CannotUnseal),
        retry_after=error.retry_after if isinstance(error, RateLimited) else None,
    )  # fmt: skip
    _wait(deeds, str(error), until - clock.now())


def _put_off(deed: StreamDeed, error: str) -> None:
    """It alone cannot be done now: later, and after MAX_ATTEMPTS not any more."""
    attempts = deed.attempts + 1  # the one that is over; the row was counted when it was claimed
    if attempts >= MAX_ATTEMPTS:
        _end([deed], DeedState.FAILED, error)
        return
    StreamDeed.objects.filter(pk=deed.pk).update(
        state=DeedState.QUEUED, error=error[:500],
        next_attempt_at=clock.now() + timedelta(seconds=min(30 * 2**attempts, 3600)),
    )  # fmt: skip


def _wait(deeds: Sequence[StreamDeed], error: str, wait: timedelta) -> None:
    StreamDeed.objects.filter(pk__in=[deed.pk for deed in deeds]).update(
        state=DeedState.QUEUED, error=error[:500], next_attempt_at=clock.now() + wait,
        attempts=F("attempts") - 1,
    )  # fmt: skip
