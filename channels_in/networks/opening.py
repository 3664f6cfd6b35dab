"""The way to a network for one account; of the demo's accounts, only played."""

from __future__ import annotations

from typing import Any

from channels_in.messages import IncomingAttachment, RemoteFile
from channels_in.models import Connection
from channels_in.networks.network import (
    Client,
    Network,
    Outgoing,
    Page,
    Profile,
    Refused,
    Sent,
)
from channels_in.whatsapp.templates import Template

PLAYED = "is_played"  # in Connection.settings: nothing leaves, nothing is asked


def open_client(network: Network, connection: Connection) -> Client:
    """Raises NetworkErrors and CannotUnseal, as `Network.client` does."""
    if connection.setting(PLAYED, default=False) is True:
        return PlayedClient(connection)
    return network.client(connection)


class PlayedClient:
    """Takes every message and sends none: the accounts of the demo are on no network."""

    def __init__(self, connection: Connection) -> None:
        self._account = connection.account

    def who_am_i(self) -> Profile:
        return Profile(self._account.address, self._account.name)

    def poll(self, cursor: dict[str, Any]) -> Page:
        return Page((), cursor)

    def send(self, outgoing: Outgoing) -> Sent:
        return Sent(f"played-{outgoing.key}")

    def publish(self, text: str) -> Sent:
        return Sent("played-statement")

    def like(self, post_id: str) -> None:
        """It is liked, as far as anybody here sees."""

    def edit(self, post_id: str, text: str) -> None:
        """It reads otherwise now."""

    def delete(self, post_id: str) -> None:
        """It is gone."""

    def fetch(self, file: RemoteFile) -> IncomingAttachment:
        raise Refused(f"{file.filename} was only invented.")

    def templates(self) -> list[Template]:
        return list(TEMPLATES)

    def close(self) -> None:
        """There is nothing to close."""


TEMPLATES = (
    Template(
        "order_update", "en", "UTILITY", header="Your order {{1}}",
        body="Hello {{1}}, there is news about your order: {{2}}. Answer here if you have a "
        "question.",
        footer="BrightCart Support", header_fields=("1",), body_fields=("1", "2"),
    ),
    Template(
        "still_there", "en", "UTILITY",
        body="Hello {{1}}, we would like to go on where we stopped. Is now a good time?",
        body_fields=("1",),
    ),
)  # fmt: skip
