"""Accounts on networks: connected by an administrator, and how they are doing since.

Nothing here speaks to a network inside a transaction: `networks.connecting` asks first.
"""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.actions.accounts import AccountGone
from channels_in.models import ChannelAccount, Connection, InboundItem
from channels_in.networks.limits import kept_lengths
from channels_in.networks.network import Network, Profile, Renews
from core import clock
from core.crypto import CannotUnseal, seal
from tickets.errors import InvalidChange

POLL_EVERY = timedelta(seconds=30)
POLL_LEASE = timedelta(minutes=3)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)
_SIGN_IN_PAUSE = timedelta(minutes=15)  # perhaps the network has changed its mind
_NOTE_EVERY = timedelta(minutes=1)
_RENEW_AFTER = timedelta(days=2)  # Instagram renews what is a day old


def settled(
    network: Network, given: Mapping[str, str], before: Connection | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """What was typed, as settings and secrets; an empty secret stays what it was.

    Raises InvalidChange naming the field that is missing.
    """
    try:
        kept = before.secrets if before else {}
    except CannotUnseal:
        kept = {}  # every secret has to be entered anew
    plain: dict[str, str] = {}
    hidden: dict[str, str] = {}
    for field in network.fields:
        value = given.get(field.name, "").replace("\0", "").strip()[:4000]
        if field.is_secret:
            value = value or kept.get(field.name, "")
            if not value and field.is_generated:
                value = secrets.token_hex(24)
            hidden[field.name] = value
        else:
            value = value or field.default
            plain[field.name] = value
        if field.is_required and not value:
            raise InvalidChange(field.name, _("Fill in “%(field)s”.") % {"field": str(field.label)})
    return plain, hidden


def require_manager(actor: Actor) -> None:
    """Raises NotPermitted for everybody who may not manage channels."""
    if not actor.can(Permission.MANAGE_CHANNELS):
        raise NotPermitted


@transaction.atomic
def connect(
    *,
    actor: Actor,
    network: Network,
    profile: Profile,
    plain: Mapping[str, str],
    hidden: Mapping[str, str],
) -> Connection:
    """Connect an account that the network has just told us of. Raises NotPermitted, InvalidChange
    when the same one is connected already.
    """
    require_manager(actor)
    address = profile.address.lower()[:254]
    known = ChannelAccount.objects.filter(channel=network.channel, address=address).first()
    if known and known.is_active:
        raise InvalidChange("account", _("%(name)s is connected already.") % {"name": address})
    now = clock.now()
    account = known or ChannelAccount.objects.create(
        channel=network.channel, address=address, name=profile.name[:100],
        created_at=now, updated_at=now,
    )  # fmt: skip
    account.is_active, account.updated_at = True, now
    account.save(update_fields=["is_active", "updated_at"])
    connection, _made = Connection.objects.get_or_create(
        account=account, defaults={"created_at": now, "updated_at": now}
    )
    _keep(connection, network, profile, plain, hidden)
    return connection


@transaction.atomic
def reconnect(
    *,
    actor: Actor,
    connection_id: int,
    network: Network,
    profile: Profile,
    plain: Mapping[str, str],
    hidden: Mapping[str, str],
) -> Connection:
    """Save other settings or a new sign-in of the same account; what waits goes on at once.

    Raises NotPermitted, AccountGone, InvalidChange when it is somebody else's sign-in.
    """
    require_manager(actor)
    connection = _lock(connection_id)
    if profile.address.lower()[:254] != connection.account.address:
        raise InvalidChange(
            "account",
            _("This sign-in belongs to %(other)s. Connect that account on its own.")
            % {"other": profile.address},
        )
    _keep(connection, network, profile, plain, hidden)
    return connection


def _keep(
    connection: Connection,
    network: Network,
    profile: Profile,
    plain: Mapping[str, str],
    hidden: Mapping[str, str],
) -> None:
    now = clock.now()
    connection.settings = dict(plain)
    connection.sealed_secrets = seal(json.dumps(dict(hidden)))
    connection.profile_url = profile.url[:500]
    connection.error, connection.failures, connection.needs_sign_in = "", 0, False
    connection.retry_at = connection.failed_at = None
    connection.checked_at, connection.updated_at = now, now
    connection.next_poll_at = now if network.is_polled else None
    connection.renew_at = now + _RENEW_AFTER if isinstance(network, Renews) else None
    connection.save()
    kept_lengths.forget()


@transaction.atomic
def change_network_account(
    *,
    actor: Actor,
    connection_id: int,
    name: str,
    group_id: int | None,
    schedule_id: int | None,
    language: str,
) -> Connection:
    """What customers see as sender, and who answers when. Raises NotPermitted, AccountGone."""
    require_manager(actor)
    connection = _lock(connection_id)
    account = connection.account
    account.name = " ".join(name.split())[:100]
    account.group_id, account.schedule_id, account.language = group_id, schedule_id, language
    account.updated_at = clock.now()
    account.save(update_fields=["name", "group", "schedule", "language", "updated_at"])
    return connection


@transaction.atomic
def disconnect(*, actor: Actor, connection_id: int) -> None:
    """Forget the secrets and ask the network no more; tickets and messages stay.

    An account that nothing ever came by is removed. Raises NotPermitted, AccountGone.
    """
    require_manager(actor)
    connection = _lock(connection_id)
    account = connection.account
    if not InboundItem.objects.filter(account=account).exists():
        account.delete()
        return
    account.is_active, account.updated_at = False, clock.now()
    account.save(update_fields=["is_active", "updated_at"])
    connection.sealed_secrets, connection.next_poll_at, connection.renew_at = "", None, None
    connection.save(update_fields=["sealed_secrets", "next_poll_at", "renew_at"])


def _lock(connection_id: int) -> Connection:
    rows = Connection.objects.select_for_update().select_related("account")
    connection = rows.filter(pk=connection_id).first()
    if connection is None:
        raise AccountGone
    return connection


@transaction.atomic
def note_learned(*, connection: Connection, learned: Mapping[str, str]) -> None:
    """Keep what the server says of itself, if it is something new."""
    if all(connection.setting(name) == value for name, value in learned.items()):
        return
    row = _lock(connection.pk)
    row.settings = {**row.settings, **learned}
    row.save(update_fields=["settings"])
    kept_lengths.forget()


@transaction.atomic
def note_trouble(
    *, connection: Connection, error: str, needs_sign_in: bool, retry_after: float | None = None
) -> datetime:
    """Show what is wrong on the account; nobody knocks again before the returned instant."""
    row = Connection.objects.select_for_update().get(pk=connection.pk)
    now = clock.now()
    row.failures += 1
    row.error, row.failed_at, row.needs_sign_in = error[:500], now, needs_sign_in
    wait = min(_FIRST_PAUSE * 2 ** min(row.failures - 1, 10), _LONGEST_PAUSE)
    if needs_sign_in:
        wait = _SIGN_IN_PAUSE
    elif retry_after is not None:
        wait = timedelta(seconds=min(max(retry_after, 1), 3600))
    row.retry_at = now + wait * random.uniform(1, 1.1)  # noqa: S311  jitter
    if row.next_poll_at:
        row.next_poll_at = row.retry_at
    row.save(
        update_fields=["failures", "error", "failed_at", "needs_sign_in", "retry_at",
                       "next_poll_at"]
    )  # fmt: skip
    return row.retry_at


def note_works(*, connection: Connection, is_sending: bool = False) -> None:
    """Take the error off the account. The time is noted once a minute, not with every message."""
    now = clock.now()
    column = "sent_at" if is_sending else "checked_at"
    before = getattr(connection, column)
    if before and now - before < _NOTE_EVERY and not connection.failures:
        return
    Connection.objects.filter(pk=connection.pk).update(
        error="", failures=0, needs_sign_in=False, retry_at=None, **{column: now}
    )


@transaction.atomic
def claim_polls(*, limit: int) -> Sequence[Connection]:
    """Connections that are due to be asked, for this worker alone until POLL_LEASE is over."""
    now = clock.now()
    rows = list(
        Connection.objects.filter(next_poll_at__lte=now, account__is_active=True)
        .order_by("next_poll_at")
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("account")[:limit]
    )
    for row in rows:
        row.next_poll_at = now + POLL_LEASE
        row.save(update_fields=["next_poll_at"])
    return rows


def advance_poll(
    *, connection: Connection, cursor: dict[str, Any], next_at: datetime | None
) -> bool:
    """Move the cursor once what was read is stored. False: the lease was lost meanwhile."""
    held = Connection.objects.filter(pk=connection.pk, next_poll_at=connection.next_poll_at)
    until = next_at or clock.now() + POLL_LEASE
    is_ours = bool(
        held.update(
            cursor=cursor, next_poll_at=until, checked_at=clock.now(), error="", failures=0,
            needs_sign_in=False, retry_at=None,
        )
    )  # fmt: skip
    connection.cursor, connection.next_poll_at = cursor, until
    return is_ours
