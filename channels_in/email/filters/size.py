from channels_in.adapters import Arrival
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict


def suspend_too_large(arrival: Arrival) -> Verdict:
    """A message of a mailbox elsewhere that is past MAIL_MAX_BYTES: only its header was fetched,
    and a person has to look at it where it is.
    """
    envelope = arrival.item.envelope
    if not envelope.get("too_large"):
        return PASS
    megabytes = int(envelope.get("size", 0)) / 1_000_000
    return Verdict(Fate.SUSPENDED, Reason.TOO_LARGE, f"{megabytes:.1f} MB, still on the server")
