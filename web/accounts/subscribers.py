"""The mail behind "forgot your password", written by a worker (settings.OUTBOX_SUBSCRIBERS)."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User
from channels_in.email.loops import LOOP_HEADER, loop_mark
from channels_in.email.sending.rendering import language_for, render_letter
from core.outbox import Message

logger = logging.getLogger(__name__)

TOPIC = "password_reset.requested"


def send_reset_mails(messages: Sequence[Message]) -> None:
    """Mail a link to each address that belongs to a person who may sign in; others get nothing."""
    addresses = {message.payload["email"] for message in messages}
    for user in User.objects.welcome().filter(email__in=addresses).order_by("pk"):
        try:
            _mail(user).send()
        except smtplib.SMTPRecipientsRefused:
            # Asking again would not help, and would hold back everybody else's.
            logger.warning("password_reset.refused", extra={"user": user.pk})


def _mail(user: User) -> EmailMultiAlternatives:
    context = {
        "name": user.first_name,
        "site_name": settings.SITE_NAME,
        "link": _link(user),
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
    }
    letter = render_letter("password_reset", context, language=language_for(user.language))
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[user.email or ""],
        headers={
            # RFC 3834 §5: no machine answers this.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            LOOP_HEADER: loop_mark(),
        },
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail


def _link(user: User) -> str:
    """Made of settings.SITE_URL, never of a request's Host, which anybody can write."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return f"{settings.SITE_URL}{reverse('password_reset_confirm', args=[uid, token])}"
