from channels_in.adapters import Arrival
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict


def suspend_spam(arrival: Arrival) -> Verdict:
    """Believe the filter in front of us when it says spam (SpamAssassin's X-Spam-Flag, rspamd's
    X-Spam).

    A forged header can only hurt its own sender, so it need not be authenticated.
    """
    for name, value in arrival.message.headers:
        if name.lower() in ("x-spam-flag", "x-spam") and value.strip().lower().startswith("yes"):
            return Verdict(Fate.SUSPENDED, Reason.SPAM)
    return PASS
