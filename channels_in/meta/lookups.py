"""Asking Meta about an id that a webhook named, within the moment that a webhook may take."""

from __future__ import annotations

from channels_in.meta.graph import INSTAGRAM_HOST, Graph
from channels_in.models import Connection
from channels_in.payloads import Payload

SECONDS = 2.0


def host_of(connection: Connection) -> str:
    """A token of Instagram's own sign-in is good at its own host alone."""
    return INSTAGRAM_HOST if connection.secret("access_token").startswith("IG") else ""


def looked_up(connection: Connection, path: str, fields: str) -> Payload:
    """Raises NetworkErrors; Unreachable when there was no answer in time."""
    client = Graph(connection.secret("access_token"), host=host_of(connection), seconds=SECONDS)
    try:
        return client.get(path, fields=fields)
    finally:
        client.close()
