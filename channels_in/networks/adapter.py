"""A network as a channel of the funnel: what every network does alike.

`channels_in/<network>/adapter.py` makes one `NetworkAdapter` and names its methods; what differs
between networks is in their `Network`.
"""

from __future__ import annotations

from collections.abc import Sequence

from channels_in.adapters import Arrival, Capabilities
from channels_in.introductions import Introduction
from channels_in.matching import Match
from channels_in.messages import IncomingMessage
from channels_in.models import InboundItem
from channels_in.networks import screening, sending, threads
from channels_in.networks.network import Network
from channels_in.proof import SenderProof, Standing
from channels_in.screening import Verdict
from tickets.models import Delivery


class NetworkAdapter:
    """`channels_in.adapters.Adapter` for a network."""

    def __init__(self, network: Network) -> None:
        self.network = network

    @property
    def capabilities(self) -> Capabilities:
        return self.network.capabilities

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return self.network.parse(raw, item)

    def prove(self, arrivals: Sequence[Arrival]) -> list[SenderProof]:
        """The network vouches for its own handles. That is proof of a handle, not of an agent:
        nobody works on tickets from a social network, so it gives no agent's rights.
        """
        return [
            arrival.proof or SenderProof(standing=Standing.NONE, by=self.network.channel)
            for arrival in arrivals
        ]

    def screen(self, arrivals: Sequence[Arrival]) -> list[Verdict]:
        return screening.screen(arrivals)

    def match(self, arrivals: Sequence[Arrival]) -> list[Match]:
        return threads.match(arrivals)

    def introduce(self, arrivals: Sequence[Arrival]) -> list[Introduction]:
        return [Introduction(arrival.message) for arrival in arrivals]

    def send(self, deliveries: Sequence[Delivery]) -> None:
        sending.send(self.network, deliveries)
