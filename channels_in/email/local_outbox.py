"""Where mail goes when EMAIL_URL is not set: into a table that /dev/mail shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from channels_in.models import LocalMail
from core import clock


class LocalOutbox(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message as the bytes a server would have got."""
        for message in email_messages:
            built = message.message()
            LocalMail.objects.create(
                sender=message.from_email, recipients=message.recipients(),
                subject=str(built["Subject"] or "")[:998],
                message_id=str(built["Message-ID"] or "").strip("<>")[:255],
                raw=built.as_bytes(), created_at=clock.now(),
            )  # fmt: skip
        return len(email_messages)
