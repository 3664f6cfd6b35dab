"""Which hosts may be spoken to (attack 44). Only names that need no name server are resolved."""

from __future__ import annotations

import ipaddress
import socket
import threading

import pytest

from core import network
from core.network import ForbiddenHost, UnknownHost, addresses_of, refuse_forbidden_host

PRIVATE = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "017700000001", "localhost",
    "LOCALHOST.", "１２７.0.0.1", "127。0。0。1", "10.1.2.3", "172.16.0.1", "192.168.1.1",
    "100.64.0.1", "::1", "[::1]", "fd00::1", "::ffff:127.0.0.1", "::ffff:7f00:1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "::127.0.0.1",
]  # fmt: skip
NEVER = [
    "0.0.0.0",  # noqa: S104  refused here
    "0", "::", "169.254.169.254", "169.254.1.1", "2852039166", "fe80::1", "fe80::1%lo",
    "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "224.0.0.1", "ff02::1",
    "255.255.255.255", "240.0.0.1", "100.100.100.200", "168.63.129.16", "fd00:ec2::254",
    "192.0.2.1", "198.18.0.1", "2001:db8::1", "64:ff9b:1::1", "fec0::1", "100::1",
]  # fmt: skip
PUBLIC = ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("host", [*PRIVATE, *NEVER])
def test_a_stranger_cannot_name_an_address_that_is_not_public(host):
    with pytest.raises(ForbiddenHost):
        refuse_forbidden_host(host, allow_private=False)


@pytest.mark.parametrize("host", NEVER)
def test_not_even_an_administrator_can_name_a_metadata_service_or_no_address(host):
    with pytest.raises(ForbiddenHost):
        refuse_forbidden_host(host, allow_private=True)


@pytest.mark.parametrize("host", PRIVATE)
def test_an_administrator_can_name_a_server_of_the_own_network(host):
    assert refuse_forbidden_host(host, allow_private=True) == addresses_of(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_public_addresses_are_allowed(host):
    assert refuse_forbidden_host(host, allow_private=False) == [ipaddress.ip_address(host)]


@pytest.mark.parametrize(
    "host", ["", ".", "a b", "a\x00b", "a\r\nb", "x" * 300, "host.invalid\n", "é" * 80]
)
def test_what_is_no_name_is_not_found(host):
    with pytest.raises(UnknownHost):
        refuse_forbidden_host(host, allow_private=True)


def test_one_forbidden_address_among_good_ones_is_enough(monkeypatch):
    answer = [(0, 0, 0, "", (address, 0)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: answer)
    with pytest.raises(ForbiddenHost, match="“two.example” leads to an address"):
        refuse_forbidden_host("two.example", allow_private=False)


def test_a_name_server_that_is_silent_is_not_waited_for(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(network, "RESOLVE_SECONDS", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: release.wait(5) and [])
    with pytest.raises(UnknownHost):
        addresses_of("silent.example")
    release.set()
