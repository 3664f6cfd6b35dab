from channels_in.adapters import Arrival
from channels_in.email.live_test import HEADER, read_token
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict


def take_test_message(arrival: Arrival) -> Verdict:
    """The message of a live test has done its work by arriving; it never becomes a ticket.

    Its token is signed, so that nobody else can make a message vanish this way. Some servers drop
    headers that they do not know: the Message-ID says the same.
    """
    message = arrival.message
    said = [value for name, value in message.headers if name.lower() == HEADER.lower()]
    for text in (*said, (message.message_id or "").partition("@")[0]):
        token = text.strip().lower()
        if read_token(token):
            return Verdict(Fate.DELETED, Reason.TEST, token)
    return PASS
