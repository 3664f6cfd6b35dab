import re

from accounts.actions import mark_undeliverable
from accounts.addresses import canonical
from channels_in.adapters import Arrival
from channels_in.email import addresses
from channels_in.messages import Bounce
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict
from tickets.actions import mark_bounced
from tickets.models import Delivery

# RFC 3463 §3.2: no such mailbox, no such host, bad syntax, moved; RFC 7505 §4.2: takes no mail.
_NOBODY = re.compile(r"5\.1\.(?:1|2|3|6|10)")
_NOBODY_IN_WORDS = re.compile(
    r"user unknown|unknown user|no such user|no such mailbox|no mailbox here|unknown recipient"
    r"|recipient unknown|unknown mailbox|mailbox not found|user not found|recipient not found"
    r"|(?:user|mailbox|account|address|recipient) does(?: not|n't) exist"
    r"|account (?:that you tried to reach )?is disabled",
    re.IGNORECASE,
)


def note_bounce(arrival: Arrival) -> Verdict:
    """A delivery report is noted on the delivery it is about and never becomes a comment.

    The delivery is named by the address the report was sent to (a signed Return-Path of ours), or
    by the signed Message-ID inside it. A report about anything else is kept for people to look at.
    Nobody is answered, so a report about a report ends here (attack 10). Only the address that we
    wrote to can be marked, whatever the report names.
    """
    message = arrival.message
    if message.is_feedback_report:
        return Verdict(Fate.SUSPENDED, Reason.FEEDBACK_REPORT)
    if not message.is_bounce:
        return PASS
    delivery = _delivery_of(arrival)
    if delivery is None:
        return Verdict(Fate.SUSPENDED, Reason.BOUNCE)
    detail = message.bounce.diagnostic if message.bounce else ""
    is_final = message.bounce is None or message.bounce.is_permanent is not False
    if is_final and delivery.message_id:
        mark_bounced(message_id=delivery.message_id, error=detail or message.subject)
    if is_final and message.bounce and _is_about_nobody(message.bounce):
        mark_undeliverable(emails=[canonical(delivery.address)])
    arrival.item.ticket_id = delivery.ticket_id
    arrival.item.comment_id = delivery.comment_id
    return Verdict(Fate.BOUNCE, detail=detail)


def _is_about_nobody(bounce: Bounce) -> bool:
    """Whether the report says that the address does not exist: not that it is full, or we are not
    wanted.
    """
    if bounce.status and _NOBODY.fullmatch(bounce.status.strip()):
        return True
    return _NOBODY_IN_WORDS.search(bounce.diagnostic[:2000]) is not None


def _delivery_of(arrival: Arrival) -> Delivery | None:
    for recipient in arrival.item.envelope.get("to", []):
        if pk := addresses.delivery_of_return_path(recipient):
            return Delivery.objects.filter(pk=pk).first()
    original = arrival.message.bounce.original_message_id if arrival.message.bounce else None
    if original and addresses.is_ours(original):
        return Delivery.objects.filter(message_id=original.lower()).first()
    return None
