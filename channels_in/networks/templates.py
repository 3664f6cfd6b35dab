"""Texts that a network has approved, kept with the connection and fetched anew now and then."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, cast

from channels_in.actions.templates import keep_templates
from channels_in.models import Connection
from channels_in.networks.network import NetworkError
from channels_in.networks.opening import open_client
from channels_in.networks.registry import network_of
from channels_in.whatsapp.templates import Template
from core import clock
from core.crypto import CannotUnseal

FRESH = timedelta(minutes=10)
_KEPT, _KEPT_AT = "templates", "templates_at"  # in Connection.cursor


class OffersTemplates(Protocol):
    def templates(self) -> list[Template]: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """`error` is why the list may be an old one."""

    templates: list[Template]
    error: str = ""

    def named(self, key: str) -> Template | None:
        return next((each for each in self.templates if each.key == key), None)


def offer_of(connection: Connection) -> Offer:
    """The templates of an account: kept ones for FRESH, then the network is asked within its short
    time limit. When it does not answer, the kept ones serve.
    """
    kept = [_template(row) for row in connection.cursor.get(_KEPT, [])]
    at = connection.cursor.get(_KEPT_AT, "")
    if at and clock.now() - datetime.fromisoformat(at) < FRESH:
        return Offer(kept)
    network = network_of(connection.channel)
    if network is None or not network.capabilities.has_templates:
        return Offer([])
    try:
        with closing(cast(OffersTemplates, open_client(network, connection))) as client:
            found = client.templates()
    except (NetworkError, CannotUnseal) as error:
        return Offer(kept, str(error))
    rows = [asdict(template) for template in found]
    keep_templates(connection=connection, kept={_KEPT: rows, _KEPT_AT: clock.now().isoformat()})
    return Offer(found)


def _template(row: dict[str, Any]) -> Template:
    lists = {name: tuple(row[name]) for name in ("header_fields", "body_fields", "button_fields")}
    return Template(**{**row, **lists})
