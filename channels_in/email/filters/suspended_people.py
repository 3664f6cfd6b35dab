from collections.abc import Sequence

from accounts.selectors import suspended_addresses
from channels_in.adapters import Arrival
from channels_in.email.filters.history import sender_key
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict

SUSPENDED = Verdict(Fate.SUSPENDED, Reason.SENDER_SUSPENDED)


def hold_suspended_people(arrivals: Sequence[Arrival]) -> list[Verdict]:
    """Mail of people whom an agent has suspended, whatever a sender rule says of their address."""
    suspended = suspended_addresses({sender_key(arrival) for arrival in arrivals})
    return [SUSPENDED if sender_key(arrival) in suspended else PASS for arrival in arrivals]
