"""DKIM (RFC 6376), SPF (RFC 7208) and DMARC (RFC 7489) verified by us, for MAIL_VERIFY_SENDERS.

The libraries do the cryptography and the grammar; what a stranger can make them work on is bounded
here first. A DNS failure leaves things open: it proves nothing and refutes nothing.
"""

from __future__ import annotations

import ipaddress
import logging
import re
from dataclasses import dataclass, field
from typing import Any

import dkim
import spf
from authheaders.dmarc_lookup import DMARCException, answer_to_dict

from channels_in.email.authentication_results import Findings
from channels_in.email.dns import DnsUnavailable, Questions
from channels_in.email.domains import (
    are_aligned,
    domain_of,
    normal_domain,
    organizational_domain,
)

_QUIET = logging.getLogger("dkimpy.quiet")  # it would log what strangers wrote
_QUIET.disabled = True
SIGNATURES = 5
KEY_BITS = 4096
_KEY_LETTERS = 800  # of base64: 4,096 bits and their frame are 736
_SIGNATURE_BYTES = 4096
_MESSAGE_BYTES = 26 * 1024 * 1024
_MESSAGE_LINES = 500_000
_HEADER_BYTES = 256 * 1024
# The library's patterns take time with the square of a run of blanks.
_LONG_BLANK = re.compile(rb"[ \t\r\n]{200}")
_SIGNATURE = re.compile(rb"^dkim-signature[ \t]*:(?:[^\r\n]|\r?\n[ \t])*", re.I | re.M)
_TAG = rb"(?:^|;)\s{0,20}%s\s{0,20}=\s{0,20}([^;]{0,300})"
_BROKEN = (
    dkim.DKIMException, ArithmeticError, AttributeError, LookupError, NameError, TypeError,
    ValueError, RecursionError,
)  # fmt: skip


@dataclass(slots=True)
class _Results:
    dkim: str = "none"
    dkim_domains: set[str] = field(default_factory=set)
    spf: str = ""
    spf_domain: str = ""


def verify_sender(
    domain: str, raw: bytes, envelope: dict[str, Any], questions: Questions
) -> Findings:
    """What can be found out about a mail whose From names `domain`. Never raises.

    Mail that was fetched has no peer, so SPF is not known; then DMARC can be passed, by a
    signature, but never failed.
    """
    results = _Results()
    _check_signatures(results, domain, raw, questions)
    _check_peer(results, envelope, questions)
    findings = Findings(by="verified here", dkim=results.dkim, spf=results.spf)
    findings.passes = set(results.dkim_domains)
    if results.spf == "pass":
        findings.passes.add(results.spf_domain)
    _apply_policy(findings, results, domain, questions)
    return findings


def _check_signatures(results: _Results, domain: str, raw: bytes, questions: Questions) -> None:
    head, _, body = raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw[:_HEADER_BYTES] else b"\n\n")
    signatures = _SIGNATURE.findall(head) if len(head) <= _HEADER_BYTES else []
    if not signatures:
        return
    too_much = len(raw) > _MESSAGE_BYTES or raw.count(b"\n") > _MESSAGE_LINES
    if too_much or _LONG_BLANK.search(head):
        results.dkim = "policy"  # RFC 8601 §2.7.1: there is one, and we do not look at it
        return
    order = sorted(
        range(len(signatures)),
        key=lambda place: not are_aligned(_tag(signatures[place], b"d"), domain),
    )
    for place in order[:SIGNATURES]:
        word, signer = _verify_signature(raw, signatures[place], place, questions)
        results.dkim = _better(results.dkim, word)
        if signer:
            results.dkim_domains.add(signer)


def _better(one: str, other: str) -> str:
    """Of two results the one that says more: a proof, then that it is open, then a refutation."""
    order = ("pass", "temperror", "fail", "policy", "neutral", "none")
    return min(one, other, key=order.index)


def _tag(signature: bytes, name: bytes) -> str:
    value = signature.partition(b":")[2]
    match = re.search(_TAG % name, value[:_SIGNATURE_BYTES])
    return normal_domain(match[1].strip().decode("ascii", "replace")) if match else ""


def _verify_signature(
    raw: bytes, signature: bytes, place: int, questions: Questions
) -> tuple[str, str]:
    """The result of one signature, and the domain that it proves."""
    value = signature.partition(b":")[2]
    if len(value) > _SIGNATURE_BYTES:
        return "policy", ""
    canonical = re.search(_TAG % b"c", value)
    if canonical and canonical[1].strip().endswith(b"/relaxed"):
        raw = _with_short_blanks(raw)

    def key_of(name: bytes | str, timeout: float = 5) -> bytes:
        return _key(name.decode("ascii") if isinstance(name, bytes) else name, questions)

    try:
        checker = dkim.DKIM(raw, minkey=1024, logger=_QUIET)
        is_valid = checker.verify(idx=place, dnsfunc=key_of)
    except DnsUnavailable:
        return "temperror", ""
    except _BROKEN:
        return "fail", ""
    if is_valid and b"l" in checker.signature_fields:
        return "policy", ""  # over a part of the body: anybody can add the rest
    signer = normal_domain(checker.domain.decode("ascii", "replace")) if is_valid else ""
    return ("pass", signer) if is_valid else ("fail", "")


def _with_short_blanks(raw: bytes) -> bytes:
    """The same for relaxed bodies (RFC 6376 §3.4.4), which the library cuts in linear time."""
    head, gap, body = raw.partition(b"\n\r\n" if b"\n\r\n" in raw[:_HEADER_BYTES] else b"\n\n")
    return head + gap + re.sub(rb"[ \t]+", b" ", body)


def _key(name: str, questions: Questions) -> bytes:
    keys = questions.texts(name)
    text = keys[0] if keys else b""
    letters = re.search(rb"\bp=([^;]*)", text)
    if letters and len(b"".join(letters[1].split())) > _KEY_LETTERS:
        raise dkim.KeyFormatError(f"a key of more than {KEY_BITS} bits")
    return text


class _Query(spf.query):
    """The library's evaluation with our own way to ask."""

    def __init__(self, questions: Questions, **kwargs: str) -> None:
        self._questions = questions
        super().__init__(**kwargs)

    def dns(
        self, name: str, qtype: str, cnames: object = None, ignore_void: bool = False
    ) -> list[Any]:
        try:
            found = self._questions.ask(str(name).rstrip("."), qtype)
        except DnsUnavailable as error:
            raise spf.TempError(str(error)) from error
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError("too many names without an answer")
        return [(text[:4096],) for text in found] if qtype == "TXT" else found


def _check_peer(results: _Results, envelope: dict[str, Any], questions: Questions) -> None:
    peer = _public_address(str(envelope.get("peer") or ""))
    mail_from, helo = str(envelope.get("from") or ""), str(envelope.get("helo") or "")
    domain = domain_of(mail_from) if mail_from else normal_domain(helo)
    if not peer or not domain:
        return
    sender = mail_from or f"postmaster@{domain}"
    try:
        query = _Query(questions, i=peer, s=sender[:320], h=helo or domain)
        results.spf = str(query.check()[0]).lower()
    except (spf.TempError, DnsUnavailable):
        results.spf = "temperror"
    except (spf.PermError, spf.AmbiguityWarning, *_BROKEN):
        results.spf = "permerror"
    results.spf_domain = domain


def _public_address(peer: str) -> str:
    """The peer, unless it is a machine of our own that passes mail on: then it proves nothing."""
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return ""
    return str(address) if address.is_global else ""


def _apply_policy(findings: Findings, results: _Results, domain: str, questions: Questions) -> None:
    try:
        record, is_of_parent = _record(domain, questions)
    except DnsUnavailable:
        findings.dmarc = "temperror"
        return
    policy = record.get("sp", record.get("p", "")) if is_of_parent else record.get("p", "")
    if policy not in ("reject", "quarantine", "none"):
        findings.dmarc = "none"
        return
    findings.policy = policy
    if _passes(results, record, domain):
        findings.dmarc, findings.dmarc_domain = "pass", domain
        return
    findings.passes.clear()  # aligned loosely, where the domain asks for more
    is_open = "temperror" in (results.dkim, results.spf) or results.dkim in ("policy", "neutral")
    findings.dmarc = "temperror" if is_open else "fail" if results.spf else ""


def _passes(results: _Results, record: dict[str, str], domain: str) -> bool:
    def aligned(proven: str, mode: str) -> bool:
        return proven == domain if mode == "s" else are_aligned(proven, domain)

    by_spf = results.spf == "pass" and aligned(results.spf_domain, record.get("aspf", "r"))
    strict = record.get("adkim", "r")
    return by_spf or any(aligned(proven, strict) for proven in results.dkim_domains)


def _record(domain: str, questions: Questions) -> tuple[dict[str, str], bool]:
    """The DMARC record of a domain or of the organisation it belongs to (RFC 7489 §6.6.3)."""
    for name in dict.fromkeys((domain, organizational_domain(domain))):
        texts = [text for text in questions.texts(f"_dmarc.{name}") if text.startswith(b"v=DMARC1")]
        if len(texts) == 1:
            try:
                tags = answer_to_dict(texts[0].decode("ascii", "replace"))
            except DMARCException:
                return {}, False
            return tags, name != domain
    return {}, False
