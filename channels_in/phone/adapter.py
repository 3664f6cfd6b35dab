"""Calls as a channel of the funnel: voicemail and missed calls come in, answers go by mail."""

from __future__ import annotations

from collections.abc import Sequence

from channels_in.adapters import Arrival
from channels_in.models import ChannelThread, Fate
from channels_in.networks.adapter import NetworkAdapter
from channels_in.phone.network import Phone
from channels_in.phone.parse import MISSED
from channels_in.screening import Verdict


class PhoneAdapter(NetworkAdapter):
    def screen(self, arrivals: Sequence[Arrival]) -> list[Verdict]:
        """A call that left a message is not missed, in whatever order Twilio tells of both."""
        verdicts = super().screen(arrivals)
        keys = {a.message.conversation for a in arrivals if _is_missed(a)}
        accounts = {a.item.account_id for a in arrivals}
        rows = ChannelThread.objects.filter(account__in=accounts, key__in=keys) if keys else []
        known = {(row.account_id, row.key) for row in rows}
        for place, arrival in enumerate(arrivals):
            key = (arrival.item.account_id, arrival.message.conversation)
            if _is_missed(arrival) and key in known:
                verdicts[place] = Verdict(Fate.DUPLICATE)
        return verdicts


def _is_missed(arrival: Arrival) -> bool:
    call = arrival.message.call
    return call is not None and call.kind == MISSED


adapter = PhoneAdapter(Phone())

capabilities = adapter.capabilities
parse, prove, screen = adapter.parse, adapter.prove, adapter.screen
match, introduce, send = adapter.match, adapter.introduce, adapter.send
