"""Claimed deliveries out by mail: composed one by one, sent over one connection."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from channels_in.email.compose import compose
from tickets.actions import mark_failed, mark_sent, mark_unknown
from tickets.models import Delivery

logger = logging.getLogger(__name__)


def send(deliveries: Sequence[Delivery]) -> None:
    """Send and note the end of each: sent, to be tried again, failed for good, or not known.

    Every end is written down at once: what a crash leaves in `sending` is one message, not a batch.
    """
    connection = get_connection()
    try:
        for delivery in deliveries:
            _send_one(delivery, connection)
    finally:
        connection.close()


def _send_one(delivery: Delivery, connection: BaseEmailBackend) -> None:
    try:
        connection.open()  # does nothing while it is open
        message = compose(delivery)
        message.connection = connection
    except Exception as error:
        # Whatever it was (no server, a file that is gone, a broken template), nothing has left.
        logger.exception("delivery.not_sent", extra={"delivery": delivery.pk})
        mark_failed(delivery=delivery, error=_words(error), is_permanent=False)
        return
    try:
        message.send()
    except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
        # The line went dead in the middle: the server may have taken the message or not.
        connection.close()
        mark_unknown(delivery=delivery, error=_words(error))
        logger.warning("delivery.unknown", extra={"delivery": delivery.pk, "why": _words(error)})
    except (OSError, smtplib.SMTPException) as error:
        is_permanent = _is_permanent(error)
        mark_failed(delivery=delivery, error=_words(error), is_permanent=is_permanent)
        logger.warning(
            "delivery.refused",
            extra={"delivery": delivery.pk, "why": _words(error), "final": is_permanent},
        )
    else:
        mark_sent(deliveries=[delivery])
        logger.info("delivery.sent", extra={"delivery": delivery.pk, "ticket": delivery.ticket_id})


def _is_permanent(error: Exception) -> bool:
    """A 5xx reply is final (RFC 5321 §4.2.1); a lost connection or a 4xx is not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = [f"{code} {_text(reply)}" for code, reply in error.recipients.values()]
        return "; ".join(replies)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply
