"""What can be wrong with a mailbox on another server, in sentences for those who set it up.

No sentence holds a password or a token (attack 49): what a server says is left out when it repeats
one.
"""

from __future__ import annotations

import imaplib
import poplib
import re
import ssl
from collections.abc import Iterable

SAID_LENGTH = 160
# OpenSSL's numbers of what is wrong with a certificate (x509_vfy.h).
_EXPIRED, _NOT_YET_VALID, _WRONG_HOST, _WRONG_ADDRESS = 10, 9, 62, 64
_UNKNOWN_ISSUER = {18, 19, 20, 21}


class MailboxError(Exception):
    """A mailbox cannot be read; the sentence may be shown and stored.

    `is_refusal`: the server knows who asks and says no. Asking again soon gets an account locked.
    """

    def __init__(self, sentence: str, *, is_refusal: bool = False) -> None:
        super().__init__(sentence)
        self.is_refusal = is_refusal


class ConnectionLost(MailboxError):
    """The connection ended without our doing, as servers may do at any time."""


class LeaseLost(Exception):
    """Another process reads this mailbox now, or its settings were changed: let go."""


def connection_error(error: Exception, host: str, port: int) -> MailboxError:
    """Why a server could not be reached or spoken to."""
    place = f"{host}, port {port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return MailboxError(_certificate_sentence(error, host))
    if isinstance(error, ssl.SSLError):
        return MailboxError(
            f"The server {place} does not speak TLS in a way that is safe and understood. "
            "Check the port and the kind of encryption."
        )
    if isinstance(error, TimeoutError):
        return MailboxError(f"The server {place} did not answer in time.")
    if isinstance(error, ConnectionRefusedError):
        return MailboxError(f"No mail server answers at {place}. Check the name and the port.")
    is_end = isinstance(error, poplib.error_proto) and "EOF" in str(error)
    if is_end or isinstance(error, imaplib.IMAP4.abort | ConnectionError | EOFError):
        return ConnectionLost(f"The connection to {place} broke off.")
    if isinstance(error, OSError):
        return MailboxError(f"The server {place} cannot be reached ({error.strerror or 'no way'}).")
    if isinstance(error, imaplib.IMAP4.error | poplib.error_proto):
        return MailboxError(f"The server {place} refused a step{server_words(error)}.")
    return MailboxError(f"The server {place} gave an answer that is not understood.")


def refusal(error: Exception, host: str, username: str, secrets: Iterable[str]) -> MailboxError:
    """Why a login failed. A server that is busy for the moment is not a refusal (RFC 5530)."""
    text = _text_of(error).upper()
    said = server_words(error, secrets)
    if re.search(r"\[(UNAVAILABLE|INUSE|LIMIT|SYS/TEMP|IN-USE|LOGIN-DELAY)\]", text):
        return MailboxError(f"{host} lets nobody in for the moment{said}.")
    return MailboxError(
        f"{host} refuses the user name or password of {username}{said}.", is_refusal=True
    )


def server_words(error: Exception, secrets: Iterable[str] = ()) -> str:
    """What the server said, as `: “…”`, or nothing when it says nothing or repeats a secret."""
    text = " ".join("".join(c if c.isprintable() else " " for c in _text_of(error)).split())
    if not text or any(secret and secret in text for secret in secrets):
        return ""
    return f": “{text[:SAID_LENGTH]}”"


def _text_of(error: Exception) -> str:
    first = error.args[0] if error.args else ""
    text = first.decode("utf-8", "replace") if isinstance(first, bytes) else str(first)
    if isinstance(error, poplib.error_proto):
        return text.removeprefix("b'").removesuffix("'").removeprefix("-ERR").strip()
    # imaplib writes `LOGIN command error: BAD [b'…']` and `AUTHENTICATE failed: …` around it.
    quoted = re.search(r"\[b['\"](.*)['\"]\]$", text)
    return quoted[1] if quoted else re.sub(r"^b['\"](.*)['\"]$", r"\1", text)


def _certificate_sentence(error: ssl.SSLCertVerificationError, host: str) -> str:
    if error.verify_code in (_WRONG_HOST, _WRONG_ADDRESS):
        return f"The certificate of {host} was made out for another name. Check the server's name."
    if error.verify_code == _EXPIRED:
        return f"The certificate of {host} has expired."
    if error.verify_code == _NOT_YET_VALID:
        return f"The certificate of {host} is not valid yet. Check the clocks."
    if error.verify_code in _UNKNOWN_ISSUER:
        return (
            f"The certificate of {host} was issued by nobody this machine knows. For a "
            "company's own authority, set SSL_CERT_FILE to its certificates."
        )
    return f"The certificate of {host} is not accepted: {error.verify_message}."
