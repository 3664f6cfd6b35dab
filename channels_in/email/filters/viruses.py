from channels_in.adapters import Arrival
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.receive import raw_bytes
from channels_in.screening import PASS, Verdict
from core import clamav

PATIENCE = 7  # attempts with growing pauses, some ten minutes, before people are asked


def suspend_infected(arrival: Arrival) -> Verdict:
    """Have the virus scanner look at the raw mail and at every file that we found in it.

    Both, because a scanner and a mail program can disagree about what a broken mail holds. While
    the scanner is away the mail waits and is tried again (ScannerAway ends the attempt); in the
    end it is suspended, never let through unseen.
    """
    if not clamav.is_on():
        return PASS
    try:
        virus = _find(arrival)
    except clamav.TooLargeToScan as error:
        return Verdict(Fate.SUSPENDED, Reason.NOT_SCANNED, str(error))
    except clamav.ScannerAway as error:
        if arrival.item.attempts < PATIENCE:
            raise
        return Verdict(Fate.SUSPENDED, Reason.NOT_SCANNED, str(error))
    return Verdict(Fate.SUSPENDED, Reason.VIRUS, virus) if virus else PASS


def _find(arrival: Arrival) -> str:
    files = [file.content for file in arrival.message.attachments]
    for content in files:
        if virus := clamav.scan(content):
            return virus
    try:
        return clamav.scan(raw_bytes(arrival.item))
    except clamav.TooLargeToScan:
        if not files:
            raise
        return ""  # its files, decoded one by one, were small enough
