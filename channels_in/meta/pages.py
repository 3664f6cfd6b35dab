"""A page is one list of an app, whatever networks of ours live on it.

`subscribed_fields` replaces what was asked for before, so whoever asks, asks for all of them: a
page that is connected for Messenger and for its comments by one app must not lose the one by the
other (developers.facebook.com/docs/graph-api/reference/page/subscribed_apps).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from channels_in.models import Connection
from core.crypto import CannotUnseal
from tickets.models import Channel

PAGE_FIELDS: Mapping[str, Sequence[str]] = {
    str(Channel.MESSENGER): (
        "messages", "messaging_postbacks", "message_deliveries", "message_reads",
        "message_reactions", "message_echoes",
    ),
    str(Channel.FACEBOOK): ("feed", "mention"),
}  # fmt: skip


def fields_of_page(connection: Connection, own: Sequence[str]) -> list[str]:
    """The fields of this connection, and of others that the same app serves on the same page."""
    rows = Connection.objects.filter(
        account__channel__in=PAGE_FIELDS, account__address=connection.account.address,
        account__is_active=True,
    ).exclude(pk=connection.pk)  # fmt: skip
    more = [
        field
        for row in rows.select_related("account")
        if _secret(row) == _secret(connection)
        for field in PAGE_FIELDS[row.channel]
    ]
    return list(dict.fromkeys([*own, *more]))


def _secret(connection: Connection) -> str:
    try:
        return connection.secret("app_secret")
    except CannotUnseal:
        return ""
