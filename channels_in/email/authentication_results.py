"""What mail servers in front of us found out about the sender (RFC 8601), and whom to believe.

Anybody can write such a header. Believed are only those

1. whose authserv-id is in MAIL_TRUSTED_AUTHSERV_IDS (§7.1), never with another version (§2.2),
2. that our server wrote: the topmost believable one, and those that follow it before the next
   Received, which is where the sender's own headers begin (§5: trace fields are put on top),
3. where the nearest Received above, if there is one, was written by the same organisation: below
   another's Received lies what that other one was given.

Of two that speak of the same method the upper one counts. A server must take out what claims to be
its own on the way in (§5); where ours does so, and it always writes its own, no forgery gets here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import authres
from django.conf import settings

from channels_in.email.domains import are_aligned, domain_of, normal_domain

logger = logging.getLogger(__name__)

_LENGTH = 8 * 1024  # a longer header is nobody's
_HEADERS = 20
_POLICY = re.compile(r"\bdmarc=\w{1,20}\s{0,5}\([^()]{0,60}?\bp=(\w{1,12})", re.IGNORECASE)
_BY = re.compile(r"\bby\s{1,20}([\w.-]{1,255})", re.IGNORECASE)


@dataclass(slots=True)
class Findings:
    """Results by method, and who found them. `passes` are domains that a method has proven."""

    by: str = ""
    dmarc: str = ""
    dmarc_domain: str = ""
    dkim: str = ""
    spf: str = ""
    policy: str = ""
    passes: set[str] = field(default_factory=set)


def read_findings(headers: Sequence[tuple[str, str]]) -> Findings:
    """The believable results of a mail's headers; nothing is raised for strange ones."""
    findings = Findings()
    trusted = {name.strip().lower() for name in settings.MAIL_TRUSTED_AUTHSERV_IDS}
    if not trusted:
        return findings
    seen: set[str] = set()
    for header, text in _topmost(headers, trusted):
        mine = set()
        findings.by = findings.by or str(header.authserv_id).lower()
        for result in header.results:
            method = str(getattr(result, "method", "")).lower()
            if method and method not in seen:
                mine.add(method)
                _note(findings, method, result, text)
        seen |= mine
    return findings


def _topmost(
    headers: Sequence[tuple[str, str]], trusted: set[str]
) -> Iterable[tuple[authres.AuthenticationResultsHeader, str]]:
    received = ""
    found = 0
    for name, value in headers:
        lowered = name.lower()
        if lowered == "received":
            if found:
                return
            received = value
        elif lowered == "authentication-results" and found < _HEADERS:
            header = _parse(value)
            if header is None or str(header.authserv_id).lower() not in trusted:
                continue
            if received and not _wrote(received, str(header.authserv_id)):
                return
            found += 1
            yield header, value


def _parse(value: str) -> authres.AuthenticationResultsHeader | None:
    if len(value) > _LENGTH:
        return None
    try:
        header = authres.AuthenticationResultsHeader.parse_value(value.strip().rstrip("; \t\r\n"))
    except (authres.AuthResError, RecursionError, ValueError):
        return None
    return header if header.version in (None, 1, "1") else None


def _wrote(received: str, authserv_id: str) -> bool:
    """Whether a Received was written by the organisation of that authserv-id."""
    match = _BY.search(received[:2000])
    host = (match[1] if match else "").strip(".").lower()
    own = authserv_id.lower()
    return host == own or are_aligned(normal_domain(host), normal_domain(own))


def _note(findings: Findings, method: str, result: authres.AuthenticationResult, text: str) -> None:
    word = str(result.result or "").lower()
    if method == "dmarc" and not findings.dmarc:
        findings.dmarc = word
        findings.dmarc_domain = normal_domain(_property(result, "header", "from"))
        policy = _POLICY.search(text)
        findings.policy = (
            policy[1] if policy else _property(result, "policy", "dmarc")
        ).lower()  # fmt: skip
    elif method == "dkim":
        findings.dkim = "pass" if "pass" in (word, findings.dkim) else word
        if word == "pass":
            identity = _property(result, "header", "i")
            findings.passes.add(
                normal_domain(_property(result, "header", "d")) or domain_of(identity)
            )
    elif method == "spf" and not findings.spf:
        findings.spf = word
        if word == "pass":
            mail_from = _property(result, "smtp", "mailfrom")
            findings.passes.add(domain_of(mail_from) or normal_domain(mail_from))


def _property(result: authres.AuthenticationResult, kind: str, name: str) -> str:
    for item in getattr(result, "properties", ()):
        if item.type == kind and item.name == name:
            return str(item.value or "")
    return ""
