"""Which hosts this program may speak to (attack 44): names are resolved, addresses decide.

Whoever connects uses the addresses that were checked, not the name again: a second answer of the
name server may be another one (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import unicodedata
from collections.abc import Iterable

RESOLVE_SECONDS = 5

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# What clouds tell any program that asks from inside the machine: never a mail or web server.
_METADATA = {
    ipaddress.ip_address(text)
    for text in (
        "169.254.169.254",
        "100.100.100.200",  # Alibaba
        "168.63.129.16",  # Azure
        "192.0.0.192",  # Oracle
        "fd00:ec2::254",  # Amazon
        "fd20:ce::254",  # Google
    )
}
# Special purposes by the registries of IANA that Python 3.11 does not know in every patch release.
_SPECIAL = [
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "100::/64",
        "64:ff9b:1::/48", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fec0::/10",
    )
]  # fmt: skip
# Addresses of a company's own network, for hosts that an administrator has entered.
_OWN_NETWORK = [
    ipaddress.ip_network(text)
    for text in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "::1/128",
        "fc00::/7",
    )
]  # fmt: skip
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_V4_COMPATIBLE = ipaddress.ip_network("::/96")


class ForbiddenHost(Exception):
    """The host leads to an address that this program must not speak to."""

    def __init__(self, host: str) -> None:
        super().__init__(f"“{_shortened(host)}” leads to an address that must not be used.")


class UnknownHost(Exception):
    """The name has no address, or no name server answered in time."""

    def __init__(self, host: str) -> None:
        super().__init__(f"The host “{_shortened(host)}” was not found.")


def refuse_forbidden_host(host: str, *, allow_private: bool) -> list[Address]:
    """The addresses of a host, all of which may be used; connect to one of these.

    `allow_private` permits the company's own network, for hosts that an administrator has entered.
    Link-local addresses, multicast, 0.0.0.0 and the metadata services of clouds are refused in any
    case. Raises ForbiddenHost when one address is not allowed, and UnknownHost.
    """
    addresses = addresses_of(host)
    if not all(is_allowed(address, allow_private=allow_private) for address in addresses):
        raise ForbiddenHost(host)
    return addresses


def addresses_of(host: str) -> list[Address]:
    """All addresses of a host name or of an address in any notation. Raises UnknownHost.

    Takes at most RESOLVE_SECONDS.
    """
    name = ascii_name(host)
    answers: list[Address] = []

    def resolve() -> None:
        answers.extend(_resolve(name))

    # The resolver of the system has no time limit of its own.
    thread = threading.Thread(target=resolve, name="resolver", daemon=True)
    thread.start()
    thread.join(RESOLVE_SECONDS)
    found = list(dict.fromkeys(answers))
    if thread.is_alive() or not found:
        raise UnknownHost(host)
    return found


def is_allowed(address: Address, *, allow_private: bool = False) -> bool:
    """Whether this program may connect to an address. One inside another (mapped, NAT64, 6to4,
    Teredo) is judged as what it leads to.
    """
    if any(not is_allowed(inner, allow_private=allow_private) for inner in _inside(address)):
        return False
    if address in _METADATA or address.is_link_local:
        return False
    if address.is_multicast or address.is_unspecified:
        return False
    if allow_private and _is_in(address, _OWN_NETWORK):
        return True
    if any(_inside(address)):
        return True  # judged above; the wrapper's own range is a special one
    return address.is_global and not address.is_reserved and not _is_in(address, _SPECIAL)


def _inside(address: Address) -> list[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    inner: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
    if address.teredo:
        inner += address.teredo
    is_compatible = address in _V4_COMPATIBLE and int(address) > 0xFFFF
    if address in _NAT64 or is_compatible:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [found for found in inner if found]


def _is_in(
    address: Address, networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]
) -> bool:
    return any(address in network for network in networks)


def _resolve(name: str) -> list[Address]:
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    # A zone ("fe80::1%eth0") is no part of the address.
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def ascii_name(host: str) -> str:
    """The name as it is asked for: compatibility forms (fullwidth digits, `。`) resolved first."""
    name = unicodedata.normalize("NFKC", host).strip().removeprefix("[").removesuffix("]")
    name = name.rstrip(".").lower()
    if not name or len(name) > 253 or any(ord(letter) < 33 for letter in name):
        raise UnknownHost(host)
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise UnknownHost(host) from error


def _shortened(host: str) -> str:
    return "".join(letter for letter in host if letter.isprintable())[:100]
