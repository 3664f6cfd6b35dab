"""Whether a mail's From is true, as far as anybody can tell (attacks 5 and 6).

The word of a trusted server comes first; what it leaves open we verify ourselves when
MAIL_VERIFY_SENDERS asks for it. Without either, nothing is proven.
"""

from __future__ import annotations

from collections.abc import Sequence

from channels_in.adapters import Arrival
from channels_in.email.authentication_results import Findings, read_findings
from channels_in.email.domains import are_aligned, domain_of
from channels_in.email.parse.addresses import parse_addresses
from channels_in.messages import IncomingMessage
from channels_in.models import InboundItem
from channels_in.proof import UNPROVEN, SenderProof, Standing

__all__ = ["SenderProof", "Standing", "judge", "prove"]


def prove(arrivals: Sequence[Arrival]) -> list[SenderProof]:
    """The proof of each arrival, in order; what one carries already is not sought again."""
    return [arrival.proof or judge(arrival.message, arrival.item) for arrival in arrivals]


def judge(message: IncomingMessage, item: InboundItem, raw: bytes | None = None) -> SenderProof:
    """How well a mail proves the domain of its From. Never raises."""
    domain = from_domain(message)
    if not domain:
        return UNPROVEN
    findings = read_findings(message.headers)
    return _conclude(domain, findings, f"authentication-results of {findings.by}")


def from_domain(message: IncomingMessage) -> str:
    """The one domain that From names; empty when it names none, or more than one address.

    Two From fields, or two people in one, make "the" sender a matter of opinion (attack 11).
    """
    values = [value for name, value in message.headers if name.lower() == "from"]
    if len(values) != 1 or message.sender is None:
        return ""
    named = parse_addresses(values[0].encode("utf-8", "replace"), limit=2)
    if len(named) != 1 or named[0].email.lower() != message.sender.email.lower():
        return ""
    return domain_of(message.sender.email)


def _conclude(domain: str, findings: Findings, by: str) -> SenderProof:
    standing = _standing(domain, findings)
    said = findings.dmarc or findings.dkim or findings.spf
    return SenderProof(
        standing=standing, domain=domain, by=by if said else "", dmarc=findings.dmarc,
        dkim=findings.dkim, spf=findings.spf, policy=findings.policy,
    )  # fmt: skip


def _standing(domain: str, findings: Findings) -> Standing:
    is_about_from = not findings.dmarc_domain or are_aligned(findings.dmarc_domain, domain)
    if findings.dmarc == "fail":
        return Standing.FAIL
    if findings.dmarc == "pass" and is_about_from:
        return Standing.PASS
    if any(are_aligned(proven, domain) for proven in findings.passes):
        return Standing.PASS
    are_refuted = findings.dkim == "fail" and findings.spf == "fail"
    if are_refuted and findings.policy in ("reject", "quarantine"):
        return Standing.FAIL
    return Standing.NONE
