from channels_in.adapters import Arrival
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict
from channels_in.senders import is_allowed, is_blocked


def suspend_blocked(arrival: Arrival) -> Verdict:
    """Mail from whom a sender rule blocks."""
    sender = arrival.message.sender
    if sender and is_blocked(sender.email):
        return Verdict(Fate.SUSPENDED, Reason.BLOCKED)
    return PASS


def is_welcome(arrival: Arrival) -> bool:
    """Whether a sender rule lets the mail through whatever the filters below say."""
    sender = arrival.message.sender
    return sender is not None and is_allowed(sender.email)
