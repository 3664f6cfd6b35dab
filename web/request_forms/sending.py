"""A valid request on its way into the funnel, with what is known of how it was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import get_language

from channels_in.messages import IncomingAttachment
from channels_in.models import RequestForm
from channels_in.request_forms.signals import Signals
from channels_in.request_forms.storing import Stored, store
from channels_in.request_forms.submission import Submission
from core.text import storable
from tickets.files import clean_filename
from web import limits
from web.request_forms.access import network_of
from web.request_forms.forms import TRAP
from web.request_forms.slips import Slip

HOUR = 3600
REFUSED_AT = 10  # times the limit past which requests are held


@dataclass(frozen=True, slots=True)
class Sending:
    request: HttpRequest
    form: RequestForm
    slip: Slip
    words: dict[str, Any]
    values: dict[str, Any]

    @property
    def shown_bits(self) -> int:
        return self.slip.bits_shown(self.request.POST.get("proof", ""))

    @property
    def is_proved(self) -> bool:
        return self.shown_bits >= self.slip.bits


def is_within_hard_limit(request: HttpRequest) -> bool:
    """Past this nothing is stored any more: a network floods (attack 51)."""
    limit = settings.REQUEST_FORM_NETWORK_HOUR * REFUSED_AT
    return limit <= 0 or limits.take(
        "request-form-posts", network_of(request), limit=limit, seconds=HOUR
    )


def keep(sending: Sending) -> Stored:
    """Store it; what speaks against it is told to the funnel, which decides."""
    request, words = sending.request, sending.words
    submission = Submission(
        name=_line(words["name"]), email=_line(words["email"]).lower(),
        subject=_line(words["subject"]), body=storable(words["body"]),
        language=get_language() or "", fields=sending.values,
        form_id=sending.form.ticket_form_id, files=tuple(map(_file, _files(sending))),
    )  # fmt: skip
    signals = Signals(
        seconds=sending.slip.seconds, wanted_bits=sending.slip.bits,
        shown_bits=sending.shown_bits, is_trapped=bool(request.POST.get(TRAP)),
        excess=_excess(request), network=network_of(request),
    )  # fmt: skip
    return store(sending.form, submission, signals, nonce=sending.slip.nonce)


def _files(sending: Sending) -> list[UploadedFile]:
    return list(sending.words["attachments"]) if sending.form.takes_files else []


def _file(file: UploadedFile) -> IncomingAttachment:
    return IncomingAttachment(
        filename=clean_filename(file.name or ""),
        content_type=file.content_type or "application/octet-stream", content=file.read(),
    )  # fmt: skip


def _excess(request: HttpRequest) -> str:
    most = settings.REQUEST_FORM_NETWORK_HOUR
    if most <= 0 or limits.take("request-forms", network_of(request), limit=most, seconds=HOUR):
        return ""
    return f"More than {most} requests of one network in an hour"


def _line(text: str) -> str:
    return " ".join(storable(text).split())
