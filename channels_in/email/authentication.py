"""Whether a mail's From is true, as far as anybody can tell (attacks 5 and 6).

The word of a trusted server comes first; what it leaves open we verify ourselves when
MAIL_VERIFY_SENDERS asks for it. Without either, nothing is proven.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

from channels_in.adapters import Arrival
from channels_in.email.authentication_results import Findings, read_findings
from channels_in.email.dns import Answers, Questions, look_up
from channels_in.email.domains import are_aligned, domain_of
from channels_in.email.parse.addresses import parse_addresses
from channels_in.email.sender_verification import verify_sender
from channels_in.messages import IncomingMessage
from channels_in.models import InboundItem
from channels_in.proof import UNPROVEN, SenderProof, Standing
from channels_in.receive import IMPORT, raw_bytes

__all__ = ["SenderProof", "Standing", "judge", "prove"]


MAIL_SECONDS, BATCH_SECONDS = 6.0, 20.0  # for DNS; then what is not known stays open
QUESTIONS = 40  # of one mail; SPF alone may need 21 (RFC 7208 §4.6.4)
THREADS = 8

_answers = Answers(look_up)


def prove(arrivals: Sequence[Arrival]) -> list[SenderProof]:
    """The proof of each arrival, in order; what one carries already is not sought again.

    Verification waits for name servers, so several mails are verified at a time; no thread of them
    uses the database.
    """
    if not settings.MAIL_VERIFY_SENDERS:
        return [arrival.proof or judge(arrival.message, arrival.item) for arrival in arrivals]
    until = time.monotonic() + BATCH_SECONDS
    with ThreadPoolExecutor(THREADS, thread_name_prefix="senders") as pool:
        return list(pool.map(lambda arrival: _prove_one(arrival, until), arrivals))


def _prove_one(arrival: Arrival, until: float) -> SenderProof:
    end = min(until, time.monotonic() + MAIL_SECONDS)
    questions = Questions(_answers, until=end, number=QUESTIONS)
    return arrival.proof or judge(arrival.message, arrival.item, questions=questions)


def judge(
    message: IncomingMessage,
    item: InboundItem,
    raw: bytes | None = None,
    *,
    questions: Questions | None = None,
) -> SenderProof:
    """How well a mail proves the domain of its From. Never raises.

    Without `questions` nothing is asked of DNS: then only trusted servers' results count.
    """
    domain = from_domain(message)
    if not domain:
        return UNPROVEN
    findings = read_findings(message.headers)
    proof = _conclude(domain, findings, f"authentication-results of {findings.by}")
    is_open = proof.standing is Standing.NONE and not proof.dmarc
    if questions is None or not is_open or item.envelope.get("via") == IMPORT:
        return proof
    verified = verify_sender(domain, raw or raw_bytes(item), item.envelope, questions)
    return _conclude(domain, verified, verified.by)


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
