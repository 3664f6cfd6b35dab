"""Mail domains: their one form, and which belong to the same owner (RFC 7489 §3.2)."""

from __future__ import annotations

from functools import cache, lru_cache

import idna
from publicsuffix2 import PublicSuffixList

_DOMAIN_LENGTH = 253  # RFC 1035 §2.3.4


def domain_of(address: str) -> str:
    """The domain of an address, normalised; empty when it has none that DNS could know."""
    return normal_domain(address.rpartition("@")[2]) if "@" in address else ""


def normal_domain(domain: str) -> str:
    """Lower case, A-labels, no dot at the end; empty for what is no domain name."""
    domain = domain.strip().strip(".").lower()
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode()
        except idna.IDNAError:
            return ""
    return domain if len(domain) <= _DOMAIN_LENGTH and "." in domain else ""


def are_aligned(one: str, other: str) -> bool:
    """Relaxed alignment: the same organisational domain."""
    return bool(one and other) and (
        one == other or organizational_domain(one) == organizational_domain(other)
    )


@lru_cache(maxsize=4096)
def organizational_domain(domain: str) -> str:
    """What was registered: the public suffix and one label more.

    A top-level domain that the list does not know counts as a public suffix (the list's rule `*`);
    the library would take the whole of it for one owner.
    """
    found = _suffixes().get_public_suffix(domain) or domain
    return found if "." in found else ".".join(domain.split(".")[-2:])


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(idna=True)
