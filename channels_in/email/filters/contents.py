from channels_in.accounts import own_addresses
from channels_in.adapters import Arrival
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict


def suspend_without_sender(arrival: Arrival) -> Verdict:
    """A message without a usable From can be answered by nobody; one from ourselves is a loop."""
    sender = arrival.message.sender
    if sender is None or "@" not in sender.email or len(sender.email) > 254:
        return Verdict(Fate.SUSPENDED, Reason.NO_SENDER)
    if sender.email.lower() in own_addresses():
        return Verdict(Fate.SUSPENDED, Reason.OWN_ADDRESS)
    return PASS


def suspend_empty(arrival: Arrival) -> Verdict:
    """No subject, no text, no file: nothing to work on."""
    message = arrival.message
    has_something = message.subject.strip() or message.text.strip() or message.attachments
    return PASS if has_something else Verdict(Fate.SUSPENDED, Reason.EMPTY)
