from channels_in.adapters import Arrival
from channels_in.email import addresses
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict
from tickets.actions import mark_bounced
from tickets.models import Delivery


def note_bounce(arrival: Arrival) -> Verdict:
    """A delivery report is noted on the delivery it is about and never becomes a comment.

    The delivery is named by the address the report was sent to (a signed Return-Path of ours), or
    by the signed Message-ID inside it. A report about anything else is kept for people to look at.
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
    arrival.item.ticket_id = delivery.ticket_id
    arrival.item.comment_id = delivery.comment_id
    return Verdict(Fate.BOUNCE, detail=detail)


def _delivery_of(arrival: Arrival) -> Delivery | None:
    for recipient in arrival.item.envelope.get("to", []):
        if pk := addresses.delivery_of_return_path(recipient):
            return Delivery.objects.filter(pk=pk).first()
    original = arrival.message.bounce.original_message_id if arrival.message.bounce else None
    if original and addresses.read_message_id(original):
        return Delivery.objects.filter(message_id=original.lower()).first()
    return None
