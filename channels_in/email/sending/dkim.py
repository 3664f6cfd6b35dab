"""Signatures of our domains on our mail (DKIM, RFC 6376): signing, new keys, checking.

RSA keys only: what every receiver checks.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import dkim
import dns.exception
import dns.resolver
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from channels_in.email.sending.errors import RouteTrouble
from channels_in.models import OutgoingServer
from core.crypto import CannotUnseal, unseal

DNS_SECONDS = 5.0
RSA_BITS = 2048  # RFC 8301 §3.2 wants as much; a longer record does not fit one DNS string

# Signed once more than they occur, so that nobody on the way can add another one (RFC 6376 §8.15).
_OVERSIGNED = (
    b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"in-reply-to",
    b"references", b"mime-version", b"content-type", b"content-transfer-encoding",
    b"auto-submitted", b"sender",
)  # fmt: skip

Lookup = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class DomainKey:
    """With what mail is signed; `pem` is a private RSA key."""

    domain: str
    selector: str
    pem: str = field(repr=False)


def key_of(server: OutgoingServer | None) -> DomainKey | None:
    """The key of a route, or None when its mail is not signed. Raises RouteTrouble: a domain that
    promises signatures must not send without.
    """
    if not (server and server.dkim_domain and server.dkim_selector and server.sealed_dkim_key):
        return None
    try:
        pem = unseal(server.sealed_dkim_key)
    except CannotUnseal as error:
        raise RouteTrouble(str(error), is_refusal=True) from error
    return DomainKey(server.dkim_domain, server.dkim_selector, pem)


def signed(raw: bytes, key: DomainKey) -> bytes:
    """The mail with a DKIM-Signature on top, relaxed/relaxed. `raw` has CRLF line ends.

    Raises RouteTrouble when the key cannot sign.
    """
    try:
        maker = dkim.DKIM(raw, signature_algorithm=b"rsa-sha256")
        present = [name.lower() for name, _ in maker.headers]
        names = [name for name in _OVERSIGNED for _ in range(present.count(name) + 1)]
        header = maker.sign(
            key.selector.encode(), key.domain.encode("idna"), key.pem.encode(),
            canonicalize=(b"relaxed", b"relaxed"), include_headers=names,
        )  # fmt: skip
    except (dkim.DKIMException, ValueError) as error:
        raise RouteTrouble(
            f"The DKIM key of {key.domain} cannot sign. Make a new one.", is_refusal=True
        ) from error
    return header + raw


def make_dkim_key() -> tuple[str, str]:
    """A new private key (PEM) and the TXT record for `<selector>._domainkey.<domain>`."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    pem = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()  # fmt: skip
    return pem, record_of(pem)


def record_of(pem: str) -> str:
    """The TXT record that belongs to a private key. Raises ValueError for another kind of key."""
    private = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise ValueError("a DKIM key is an RSA key")
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


def check_dkim(server: OutgoingServer, *, look_up: Lookup | None = None) -> str:
    """Whether the DNS says what our signatures need, as a sentence; empty when all is well."""
    try:
        key = key_of(server)
    except RouteTrouble as error:
        return str(error)
    if key is None:
        return "Mail of this address is not signed (DKIM)."
    name = f"{key.selector}._domainkey.{key.domain}"
    try:
        found = (look_up or _txt)(name)
    except dns.resolver.NXDOMAIN:
        found = []
    except dns.exception.DNSException:
        return f"The name server did not answer for {name}. Try again later."
    records = [text for text in found if "p=" in text]
    if not records:
        return f"There is no TXT record at {name} yet. It may take some hours to be seen."
    if len(records) > 1:
        return f"There is more than one TXT record at {name}. Keep only ours."
    if _public_part(records[0]) != _public_part(record_of(key.pem)):
        return f"The TXT record at {name} holds another key than the one we sign with."
    return ""


def _public_part(record: str) -> str:
    tags = dict(part.strip().partition("=")[::2] for part in record.split(";") if "=" in part)
    return re.sub(r"\s", "", tags.get("p", ""))


def _txt(name: str) -> list[str]:
    answer = dns.resolver.resolve(name, "TXT", lifetime=DNS_SECONDS)
    return [b"".join(row.strings).decode("ascii", "replace") for row in answer]
