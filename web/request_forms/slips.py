"""The signed slip in a request form: this page came from here, then, and brings one request.

It stands for the CSRF token, which no browser sends back from a frame on another site; nothing that
a visitor's cookies allow can be done by these pages.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core import signing

from channels_in.models import RequestForm
from channels_in.request_forms.signals import bits_of_work
from core import clock

SALT = "web.request_forms"
VALID_SECONDS = 3 * 24 * 3600  # a page that was left open over the weekend


@dataclass(frozen=True, slots=True)
class Slip:
    """`nonce` is unique to the page; `bits` is the work that it asked for."""

    form_id: int
    nonce: str
    issued: int
    bits: int

    @property
    def text(self) -> str:
        return signing.dumps([self.form_id, self.nonce, self.issued, self.bits], salt=SALT)

    @property
    def seconds(self) -> int:
        """How long ago the page was made."""
        return int(clock.now().timestamp()) - self.issued

    def bits_shown(self, counter: str) -> int:
        return bits_of_work(self.nonce, counter)


def new_slip(form: RequestForm) -> Slip:
    now = int(clock.now().timestamp())
    return Slip(form.pk, secrets.token_urlsafe(16), now, form.difficulty)


def read_slip(text: str, form: RequestForm) -> Slip | None:
    """The slip of a posted form; None when it is forged, another form's, or too old."""
    try:
        slip = Slip(*signing.loads(text[:500], salt=SALT))
    except (signing.BadSignature, TypeError):
        return None
    is_fresh = 0 <= slip.seconds <= VALID_SECONDS
    return slip if is_fresh and slip.form_id == form.pk else None
