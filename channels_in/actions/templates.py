"""Keeping what a network allows to be said at any time."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from channels_in.models import Connection


@transaction.atomic
def keep_templates(*, connection: Connection, kept: dict[str, Any]) -> None:
    """Note an account's templates beside its cursor."""
    row = Connection.objects.select_for_update().get(pk=connection.pk)
    row.cursor = {**row.cursor, **kept}
    row.save(update_fields=["cursor"])
    connection.cursor = row.cursor
