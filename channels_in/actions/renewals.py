"""Sign-ins that end by themselves: when they are changed for new ones, and what is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from channels_in.models import Connection
from core import clock
from core.crypto import seal

LEASE = timedelta(minutes=10)


@transaction.atomic
def claim_renewals(*, limit: int) -> Sequence[Connection]:
    """Connections whose sign-in is to be renewed, for this worker alone until LEASE is over."""
    now = clock.now()
    rows = list(
        Connection.objects.filter(renew_at__lte=now, account__is_active=True)
        .order_by("renew_at")
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("account")[:limit]
    )
    for row in rows:
        row.renew_at = now + LEASE
        row.save(update_fields=["renew_at"])
    return rows


@transaction.atomic
def keep_renewed(
    *, connection: Connection, secrets: Mapping[str, str], next_at: datetime | None
) -> None:
    """Use these secrets from now on; not when somebody has signed in anew meanwhile."""
    row = Connection.objects.select_for_update().get(pk=connection.pk)
    if row.sealed_secrets != connection.sealed_secrets:
        return
    row.sealed_secrets = seal(json.dumps({**row.secrets, **secrets}))
    row.renew_at = next_at
    row.save(update_fields=["sealed_secrets", "renew_at"])


def put_off_renewal(*, connection: Connection, next_at: datetime) -> None:
    """Try it again then."""
    Connection.objects.filter(pk=connection.pk).update(renew_at=next_at)
