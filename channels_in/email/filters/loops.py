from channels_in.adapters import Arrival
from channels_in.email import addresses
from channels_in.email.loops import LOOP_HEADER, is_loop_mark
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict

HOPS_LIMIT = 50  # Postfix's hopcount_limit; RFC 5321 §6.3 asks servers for 100, people need 15


def suspend_own_mail(arrival: Arrival) -> Verdict:
    """Mail of ours that has come back to us, by the marks that we signed, or that nobody can stop.

    A delivery report about our mail is no loop (attack 10).
    """
    message = arrival.message
    if message.is_bounce:
        return PASS
    if message.message_id and addresses.is_ours(message.message_id):
        return Verdict(Fate.SUSPENDED, Reason.LOOP)
    mark = LOOP_HEADER.lower()
    if any(name.lower() == mark and is_loop_mark(value) for name, value in message.headers):
        return Verdict(Fate.SUSPENDED, Reason.LOOP, f"by {LOOP_HEADER}")
    hops = sum(name.lower() == "received" for name, _ in message.headers)
    if hops > HOPS_LIMIT:
        return Verdict(Fate.SUSPENDED, Reason.HOPS, f"{hops} servers")
    return PASS


def suspend_auto_reply(arrival: Arrival) -> Verdict:
    """A machine's answer belongs on the ticket it answers; on none it opens none.

    On a ticket it is added without reopening it and without an acknowledgement (RFC 3834 §2).
    """
    message = arrival.message
    if not message.is_auto_reply or addresses.names_a_ticket(arrival):
        return PASS
    return Verdict(Fate.SUSPENDED, Reason.AUTO_REPLY, message.auto_reply_reason)
