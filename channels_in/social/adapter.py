"""A social network as a channel of the funnel: not every post becomes a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from channels_in.adapters import Arrival
from channels_in.matching import Match
from channels_in.networks.adapter import NetworkAdapter
from channels_in.screening import Verdict
from channels_in.social import judging
from channels_in.social.network import SocialNetwork


class SocialAdapter(NetworkAdapter):
    """`NetworkAdapter` with triage: direct messages and posts that need us pass, others stay in
    the stream, where people may decide otherwise.
    """

    def __init__(self, network: SocialNetwork) -> None:
        super().__init__(network)
        self.social = network

    def screen(self, arrivals: Sequence[Arrival]) -> list[Verdict]:
        gone = judging.take_down(self.social, arrivals)
        verdicts = super().screen(arrivals)
        passed = [
            arrival
            for arrival, verdict in zip(arrivals, verdicts, strict=True)
            if verdict.passes and arrival.item.pk not in gone
        ]
        judged = judging.judge(self.social, passed, self.match(passed) if passed else [])
        judged |= gone
        return [
            judged.get(arrival.item.pk, verdict)
            for arrival, verdict in zip(arrivals, verdicts, strict=True)
        ]

    def match(self, arrivals: Sequence[Arrival]) -> list[Match]:
        """As on every network; in public, only who belongs to a ticket goes on with it there."""
        return judging.own_tickets_only(arrivals, super().match(arrivals))
