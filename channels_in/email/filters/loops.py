from channels_in.adapters import Arrival
from channels_in.email import addresses
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict


def suspend_own_mail(arrival: Arrival) -> Verdict:
    """Mail whose own Message-ID we signed has come back to us (attack 10)."""
    own = arrival.message.message_id
    if own and not arrival.message.is_bounce and addresses.read_message_id(own):
        return Verdict(Fate.SUSPENDED, Reason.LOOP)
    return PASS


def suspend_auto_reply(arrival: Arrival) -> Verdict:
    """A machine's answer belongs on the ticket it answers; on none it opens none.

    On a ticket it is added without reopening it and without an acknowledgement (RFC 3834 §2).
    """
    message = arrival.message
    if not message.is_auto_reply or addresses.names_a_ticket(arrival):
        return PASS
    return Verdict(Fate.SUSPENDED, Reason.AUTO_REPLY, message.auto_reply_reason)
