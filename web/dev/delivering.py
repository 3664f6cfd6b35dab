"""Handing a mail to our own SMTP listener, as any mail server would."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

from django.conf import settings
from django.utils.translation import gettext as _

_SECONDS = 10
_ANY_HOST = ("", "0.0.0.0", "::", "[::]", "*")  # noqa: S104  compared, not listened on


class NotDelivered(Exception):
    """The listener did not take the mail; the message says why and what to do."""


def deliver(mail: EmailMessage) -> None:
    """Send through settings.SMTP_LISTEN. Raises NotDelivered."""
    host, port = _listener()
    senders = [address.addr_spec for address in mail["From"].addresses]
    receivers = [address.addr_spec for address in mail["To"].addresses]
    try:
        with smtplib.SMTP(host, port, timeout=_SECONDS) as server:
            server.send_message(mail, from_addr=senders[0], to_addrs=receivers)
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise NotDelivered(_refused(code, answer)) from error
    except smtplib.SMTPResponseException as error:
        raise NotDelivered(_refused(error.smtp_code, error.smtp_error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotDelivered(
            _(
                "The mail listener at %(host)s:%(port)d does not answer. Start it with bin/up, "
                "then send again; your text is still here."
            )
            % {"host": host, "port": port}
        ) from error


def _listener() -> tuple[str, int]:
    host, _colon, port = settings.SMTP_LISTEN.rpartition(":")
    return ("127.0.0.1" if host in _ANY_HOST else host.strip("[]")), int(port)


def _refused(code: int, answer: bytes | str) -> str:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return _("The mail listener refused this mail: %(code)d %(said)s") % {
        "code": code, "said": said,
    }  # fmt: skip
