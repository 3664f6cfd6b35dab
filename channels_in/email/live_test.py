"""The live test of an address: a mail of ours goes out as answers do and has to come in again.

Nothing is remembered about a test: its token says which address, when, and is found again on the
message that arrives (`filters/tests.py`).
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import smtplib
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formatdate

from anymail.exceptions import AnymailError
from django.conf import settings
from django.utils.translation import gettext as _

from channels_in.email.sending.dkim import key_of
from channels_in.email.sending.errors import RouteTrouble
from channels_in.email.sending.message import OneRecipient
from channels_in.email.sending.replies import outcome_of
from channels_in.email.sending.routes import Route
from channels_in.models import ChannelAccount, OutgoingServer
from core import clock, ids

logger = logging.getLogger(__name__)

HEADER = "X-Helpdesk-Test"
PURPOSE = "channel-test"
WAIT_SECONDS = 120
SEND_SECONDS = 15
_NEW_ADDRESS_SECONDS = 6  # until every listener has heard of an address that was just made


class NotSent(Exception):
    """The test message did not leave; the sentence says why."""


@dataclass(frozen=True, slots=True)
class TestRun:
    """What a token says: the address that is tested, and when the test began."""

    account_id: int
    started_at: datetime


def new_token(account: ChannelAccount) -> str:
    """A token for one test of this address, begun now."""
    milliseconds = int(clock.now().timestamp() * 1000)
    return ids.sign(PURPOSE, account.pk, milliseconds, secrets.randbelow(10**9))


def read_token(token: str) -> TestRun | None:
    """What the token says; None when it is not one of ours."""
    numbers = ids.read(PURPOSE, token)
    if not numbers or len(numbers) != 3:
        return None
    return TestRun(numbers[0], datetime.fromtimestamp(numbers[1] / 1000, UTC))


def goes_to_own_listener(account: ChannelAccount) -> bool:
    """Whether there is no server to send through, so that our own listener is the only way in."""
    server = _server_of(account)
    is_own = server is not None and server.kind != OutgoingServer.Kind.DEFAULT
    return not settings.EMAIL_URL and not is_own


def send_test_message(account: ChannelAccount) -> str:
    """Send the message and return its token. Takes at most some twenty seconds. Raises NotSent."""
    token = new_token(account)
    server = _server_of(account)
    try:
        message = message_of_test(account, token, server)
        message.message()
        if goes_to_own_listener(account):
            _hand_to_listener(account, message)
        else:
            _send(message, Route(server))
    except (NotSent, RouteTrouble, OSError, smtplib.SMTPException) as error:
        logger.warning(
            "live_test.not_sent", extra={"account": account.pk, "why": type(error).__name__}
        )
        raise NotSent(_sentence(error)) from error
    logger.info("live_test.sent", extra={"account": account.pk})
    return token


def message_of_test(
    account: ChannelAccount, token: str, server: OutgoingServer | None = None
) -> OneRecipient:
    """The mail of a test; its token stands in a header of its own and in the Message-ID.

    Raises RouteTrouble when it has to be signed (DKIM) and cannot be.
    """
    domain = account.address.rpartition("@")[2]
    return OneRecipient(
        recipient=account.address,
        key=key_of(server),
        subject=_("Test message of %(site)s") % {"site": settings.SITE_NAME},
        body=_(
            "This message tests whether mail to %(address)s reaches the help desk.\n"
            "It becomes no ticket. Nobody needs to answer it.\n"
        )
        % {"address": account.address},
        from_email=account.address,
        to=[account.address],
        headers={
            HEADER: token,
            "Message-ID": f"<{token}@{domain}>",
            "Date": formatdate(clock.now().timestamp(), usegmt=True),
            "Auto-Submitted": "auto-generated",  # RFC 3834: no machine should answer it
            "X-Auto-Response-Suppress": "All",
        },
    )


def _send(message: OneRecipient, route: Route) -> None:
    """By the very way that answers take. Raises NotSent, RouteTrouble."""
    connection = route.backend()
    message.connection = connection
    try:
        connection.open()
        message.send()
    except (OSError, AnymailError, ValueError) as error:
        raise NotSent(outcome_of(error, connection).words or type(error).__name__) from error
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            connection.close()


def _hand_to_listener(account: ChannelAccount, message: OneRecipient) -> None:
    if not settings.SMTP_LISTEN:
        raise NotSent(
            _("There is no server to send through (EMAIL_URL), and our listener is switched off.")
        )
    try:
        _speak_smtp(account, message)
    except smtplib.SMTPRecipientsRefused:
        time.sleep(_NEW_ADDRESS_SECONDS)
        _speak_smtp(account, message)


def _speak_smtp(account: ChannelAccount, message: OneRecipient) -> None:
    host, _colon, port = settings.SMTP_LISTEN.rpartition(":")
    host = host.strip("[]")
    near = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    with smtplib.SMTP(near, int(port), timeout=SEND_SECONDS) as smtp:
        raw = message.message().as_bytes(linesep="\r\n")
        smtp.sendmail(account.address, [account.address], raw)


def _server_of(account: ChannelAccount) -> OutgoingServer | None:
    return OutgoingServer.objects.filter(account=account).first()


def _sentence(error: Exception) -> str:
    """Why it was not sent, in words for people, without anything secret."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [_answer(code, text) for code, text in error.recipients.values()]
        return _("The server refused the address: %(answer)s") % {"answer": "; ".join(answers)}
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        answer = _answer(error.smtp_code, error.smtp_error)
        return _("The server refused the message: %(answer)s") % {"answer": answer}
    if isinstance(error, ConnectionRefusedError):
        return _("Nothing answers at the server's address and port.")
    if isinstance(error, TimeoutError):
        return _("The server did not answer in time.")
    return str(error) or type(error).__name__


def _answer(code: int, text: bytes | str) -> str:
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}"[:300]
