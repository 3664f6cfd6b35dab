"""Connecting an account: the network is asked who it is before anything is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing

from accounts.actor import Actor
from channels_in.actions.connections import (
    connect,
    note_learned,
    reconnect,
    require_manager,
    settled,
)
from channels_in.models import ChannelAccount, Connection
from channels_in.networks.listening import begin_to_listen
from channels_in.networks.network import Network, Profile
from channels_in.networks.opening import open_client
from core.crypto import seal


def connect_account(*, actor: Actor, network: Network, given: Mapping[str, str]) -> Connection:
    """Ask the network with what was typed, and keep it when it answers.

    Raises NotPermitted, InvalidChange (a field is missing, connected already), NetworkError.
    """
    require_manager(actor)
    plain, hidden = settled(network, given)
    profile = _who(network, plain, hidden)
    plain |= profile.learned
    connection = connect(actor=actor, network=network, profile=profile, plain=plain, hidden=hidden)
    begin_to_listen(network, connection)
    return connection


def reconnect_account(
    *, actor: Actor, network: Network, connection: Connection, given: Mapping[str, str]
) -> Connection:
    """The same for an account that is connected. Raises the same, and AccountGone."""
    require_manager(actor)
    plain, hidden = settled(network, given, connection)
    profile = _who(network, plain, hidden)
    plain |= profile.learned
    connection = reconnect(
        actor=actor, connection_id=connection.pk, network=network, profile=profile,
        plain=plain, hidden=hidden,
    )  # fmt: skip
    begin_to_listen(network, connection)
    return connection


def try_connection(*, actor: Actor, network: Network, connection: Connection) -> Profile:
    """The live test of a connected account, which also learns anew what its server allows.

    Raises NotPermitted, NetworkError, CannotUnseal.
    """
    require_manager(actor)
    with closing(open_client(network, connection)) as client:
        profile = client.who_am_i()
    note_learned(connection=connection, learned=profile.learned)
    return profile


def _who(network: Network, plain: Mapping[str, str], hidden: Mapping[str, str]) -> Profile:
    trial = Connection(
        account=ChannelAccount(channel=network.channel), settings=dict(plain),
        sealed_secrets=seal(json.dumps(dict(hidden))),
    )  # fmt: skip
    with closing(network.client(trial)) as client:
        return client.who_am_i()
