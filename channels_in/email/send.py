"""Claimed deliveries out by mail: composed one by one, sent over one connection."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from channels_in.email.compose import compose
from tickets.actions import mark_failed, mark_sent
from tickets.models import Delivery

logger = logging.getLogger(__name__)


def send(deliveries: Sequence[Delivery]) -> None:
    """Send and note the end of each: sent, to be tried again, or failed for good.

    Every end is written down at once: what a crash leaves in `sending` is one message, not a batch.
    """
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        for delivery in deliveries:
            mark_failed(delivery=delivery, error=_words(error), is_permanent=False)
        logger.warning("delivery.no_server", extra={"why": _words(error)})
        return
    try:
        for delivery in deliveries:
            _send_one(delivery, connection)
    finally:
        connection.close()


def _send_one(delivery: Delivery, connection: BaseEmailBackend) -> None:
    try:
        message = compose(delivery)
        message.connection = connection
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        is_permanent = _is_permanent(error)
        mark_failed(delivery=delivery, error=_words(error), is_permanent=is_permanent)
        logger.warning(
            "delivery.refused",
            extra={"delivery": delivery.pk, "why": _words(error), "final": is_permanent},
        )
        return
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
