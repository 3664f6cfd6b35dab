"""The one form of an e-mail address by which people are recognised (attack 11)."""

from __future__ import annotations

import unicodedata

import idna


def canonical(address: str) -> str:
    """Lower case, composed letters, the domain as it stands in DNS (RFC 5891).

    `Carol@Bücher.Example` and `carol@xn--bcher-kva.example` are one address; a domain that only
    looks like another one (`pаypal.example` with a Cyrillic letter) is not, and can be seen not to
    be. What is no address is returned in lower case.
    """
    local, at, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    if not at:
        return domain.lower()
    return f"{local.lower()}@{_domain(domain)}"


def _domain(domain: str) -> str:
    lowered = domain.lower().rstrip(".")
    if lowered.isascii():
        return lowered
    try:
        return idna.encode(lowered, uts46=True).decode()
    except idna.IDNAError:
        return lowered
