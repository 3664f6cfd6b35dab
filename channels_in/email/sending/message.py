"""A mail for one person, whose bytes are fixed before anybody signs or sends them."""

from __future__ import annotations

from email.charset import QP, Charset
from email.message import Message
from typing import Any, cast

from django.core.mail import EmailMultiAlternatives

from channels_in.email.sending.dkim import DomainKey, signed

# Lines of 76 letters in ASCII: no server on the way has to encode them again, which would break the
# signature of the domain (RFC 6376 §5.3), and the "-- " before a signature keeps its space.
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP


class OneRecipient(EmailMultiAlternatives):
    """A mail whose envelope names one person, whatever its To and Cc headers show."""

    has_files = False  # that links could stand for, should the mail be too large

    def __init__(
        self,
        *,
        recipient: str,
        key: DomainKey | None = None,
        metadata: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.recipient = recipient
        self.metadata = metadata or {}  # Anymail's attribute
        self.key = key
        self.encoding = cast(Any, _UTF8)
        self._built: Any = None

    def recipients(self) -> list[str]:
        return [self.recipient]

    def message(self) -> Any:  # type: ignore[override]  # the stubs are of Django 6
        """The mail, built once; with a domain key, signed, and its bytes never changed again."""
        if self._built is None:
            built: Any = super().message()
            if self.key:
                raw = signed(built.as_bytes(linesep="\r\n"), self.key)
                built = _Fixed(built, raw)
            self._built = built
        return self._built


class _Fixed:
    """A built mail together with the very bytes that were signed."""

    def __init__(self, built: Message, raw: bytes) -> None:
        self._built = built
        self._raw = raw

    def __getitem__(self, name: str) -> Any:
        return self._built[name]

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        return self._raw if linesep == "\r\n" else self._raw.replace(b"\r\n", b"\n")
