"""DKIM, SPF and DMARC verified by us, with a name server made up here and real keys."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from channels_in.email.authentication import SenderProof, Standing, judge
from channels_in.email.dns import FAILURES, Answers, DnsUnavailable, Questions
from channels_in.email.parse import parse
from channels_in.models import InboundItem
from tests.channels_in.conftest import make_mail

PEER, OTHER_PEER = "93.184.216.34", "93.184.216.99"
CAROL = "Carol <carol@nordwind.example>"
Zone = dict[tuple[str, str], list[Any]]


@cache
def make_key() -> tuple[bytes, bytes]:
    """A private key as PEM and the DNS record of its public half."""
    pair = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = pair.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )  # fmt: skip
    der = pair.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem, b"v=DKIM1; k=rsa; p=" + base64.b64encode(der)


def zone(**more: str) -> Zone:
    """Nordwind publishes a key, SPF and what is given as `dmarc`."""
    names: Zone = {
        ("s1._domainkey.nordwind.example", "TXT"): [make_key()[1]],
        ("s1._domainkey.elsewhere.example", "TXT"): [make_key()[1]],
        ("nordwind.example", "TXT"): [b"unrelated", b"v=spf1 ip4:93.184.216.34 -all"],
        ("elsewhere.example", "TXT"): [b"v=spf1 +all"],
    }
    for name, text in more.items():
        names[f"_dmarc.{name.replace('_', '.')}", "TXT"] = [text.encode()]
    return names


REJECT = zone(nordwind_example="v=DMARC1; p=reject")


def lookup_in(names: Zone) -> Callable[[str, str, float], list[Any]]:
    return lambda name, kind, seconds: names.get((name, kind), [])


def signed(raw: bytes, *, domain: str = "nordwind.example", **more: Any) -> bytes:
    return dkim.sign(raw, b"s1", domain.encode(), make_key()[0], **more) + raw


def judged(
    raw: bytes, names: Zone = REJECT, *, peer: str = "", mail_from: str = "", **more: Any
) -> SenderProof:
    lookup = more.get("lookup") or lookup_in(names)
    questions = Questions(Answers(lookup), until=time.monotonic() + 5, number=40)
    envelope = {"via": "smtp", "peer": peer, "from": mail_from, "helo": "out.nordwind.example"}
    return judge(parse(raw), InboundItem(envelope=envelope), raw, questions=questions)


def test_a_valid_signature_of_the_senders_domain_is_proof() -> None:
    proof = judged(signed(make_mail(sender=CAROL)))

    assert (proof.standing, proof.by) == (Standing.PASS, "verified here")
    assert (proof.dkim, proof.dmarc, proof.policy) == ("pass", "pass", "reject")


def test_an_ed25519_signature_is_proof_until_the_mail_is_changed() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    record = b"v=DKIM1; k=ed25519; p=" + base64.b64encode(key.public_key().public_bytes_raw())
    names = REJECT | {("e1._domainkey.nordwind.example", "TXT"): [record]}
    mail = make_mail(sender=CAROL)
    signature = dkim.sign(
        mail, b"e1", b"nordwind.example", base64.b64encode(key.private_bytes_raw()),
        signature_algorithm=b"ed25519-sha256",
    )  # fmt: skip

    assert judged(signature + mail, names).dkim == "pass"
    assert judged(signature + mail + b"More.", names).dkim == "fail"


def test_a_changed_mail_is_not_proven() -> None:
    raw = signed(make_mail(sender=CAROL)).replace(b"Where is", b"Where was")

    proof = judged(raw, peer=OTHER_PEER, mail_from="carol@nordwind.example")

    assert (proof.standing, proof.dkim, proof.spf) == (Standing.FAIL, "fail", "fail")


def test_a_changed_subject_is_not_proven() -> None:
    raw = signed(make_mail(sender=CAROL)).replace(b"My parcel", b"Your refund")

    assert judged(raw).standing == Standing.NONE


def test_somebody_elses_signature_proves_nothing() -> None:
    proof = judged(
        signed(make_mail(sender=CAROL), domain="elsewhere.example"), peer=OTHER_PEER,
        mail_from="x@elsewhere.example",
    )  # fmt: skip

    assert (proof.standing, proof.dkim, proof.spf) == (Standing.FAIL, "pass", "pass")


def test_the_right_peer_is_proof() -> None:
    proof = judged(make_mail(sender=CAROL), peer=PEER, mail_from="bounce@nordwind.example")

    assert (proof.standing, proof.spf, proof.dkim) == (Standing.PASS, "pass", "none")


def test_a_domain_that_publishes_no_policy_cannot_be_failed() -> None:
    proof = judged(
        make_mail(sender=CAROL), zone(), peer=OTHER_PEER, mail_from="carol@nordwind.example"
    )

    assert (proof.standing, proof.spf, proof.dmarc) == (Standing.NONE, "fail", "none")


def test_a_domain_that_asks_for_exact_names_gets_them() -> None:
    names = zone(mail_nordwind_example="v=DMARC1; p=reject; adkim=s")
    raw = signed(make_mail(sender="Carol <carol@mail.nordwind.example>"))

    assert judged(raw, names).standing == Standing.NONE
    assert judged(raw, zone(nordwind_example="v=DMARC1; p=none")).standing == Standing.PASS


def test_a_subdomain_has_the_policy_of_its_parent_for_subdomains() -> None:
    names = zone(nordwind_example="v=DMARC1; p=none; sp=quarantine")
    proof = judged(
        make_mail(sender="carol@shop.nordwind.example"), names, peer=OTHER_PEER,
        mail_from="x@elsewhere.example",
    )  # fmt: skip

    assert (proof.standing, proof.policy) == (Standing.FAIL, "quarantine")


@pytest.mark.parametrize("peer", ["", "local", "127.0.0.1", "10.1.2.3", "::1", "nonsense"])
def test_without_a_peer_of_the_outside_nothing_is_refuted(peer: str) -> None:
    proof = judged(make_mail(sender=CAROL), peer=peer, mail_from="carol@nordwind.example")

    assert (proof.standing, proof.spf) == (Standing.NONE, "")


def test_a_dead_name_server_proves_nothing_and_refutes_nothing() -> None:
    def dead(name: str, kind: str, seconds: float) -> list[Any]:
        raise DnsUnavailable("timeout")

    proof = judged(
        signed(make_mail(sender=CAROL)), peer=PEER, mail_from="carol@nordwind.example", lookup=dead
    )

    assert (proof.standing, proof.dmarc) == (Standing.NONE, "temperror")


@pytest.mark.parametrize("broken", [("s1._domainkey.nordwind.example", "TXT"),
                                    ("nordwind.example", "TXT")])  # fmt: skip
def test_a_single_question_without_answer_leaves_it_open(broken: tuple[str, str]) -> None:
    def flaky(name: str, kind: str, seconds: float) -> list[Any]:
        if (name, kind) == broken:
            raise DnsUnavailable("timeout")
        return REJECT.get((name, kind), [])

    raw = signed(make_mail(sender=CAROL)).replace(b"My parcel", b"Your refund")
    proof = judged(raw, peer=OTHER_PEER, mail_from="carol@nordwind.example", lookup=flaky)

    assert proof.standing == Standing.NONE


def test_a_signature_over_a_part_of_the_body_is_not_believed() -> None:
    raw = signed(make_mail(sender=CAROL), length=True) + b"Send money\r\n"

    assert judged(raw).dkim == "policy"


def test_a_relaxed_signature_survives_what_it_may_survive() -> None:
    raw = signed(make_mail(sender=CAROL), canonicalize=(b"relaxed", b"relaxed"))

    assert judged(raw.replace(b"Where is my", b"Where   is \t my")).standing == Standing.PASS


def test_at_most_five_signatures_are_looked_at_the_fitting_ones_first() -> None:
    asked: list[str] = []

    def counting(name: str, kind: str, seconds: float) -> list[Any]:
        asked.append(name)
        return REJECT.get((name, kind), [])

    raw = signed(make_mail(sender=CAROL))
    for number in range(30):
        raw = signed(raw, domain=f"d{number}.example")
    proof = judged(raw, lookup=counting)

    assert proof.standing == Standing.PASS
    assert len([name for name in asked if "_domainkey" in name]) == 5


def test_a_key_of_8192_bits_is_not_used() -> None:
    large = b"v=DKIM1; k=rsa; p=" + base64.b64encode(b"x" * 1100)
    names = {**REJECT, ("s1._domainkey.nordwind.example", "TXT"): [large]}

    assert judged(signed(make_mail(sender=CAROL)), names).dkim == "fail"


@pytest.mark.parametrize(
    "raw",
    [
        b"DKIM-Signature: " + b" " * 60_000 + b"\r\nFrom: carol@nordwind.example\r\n\r\nx",
        b"DKIM-Signature: v=1; h=" + b"from:" * 12_000 + b"\r\nFrom: c@nordwind.example\r\n\r\n",
        b"DKIM-Signature: v=1; a=rsa-sha256; d=nordwind.example; s=s1; h=from; bh=AAAA; b=AAAA\r\n"
        * 900 + b"From: carol@nordwind.example\r\n\r\nx",
        b"DKIM-Signature:\r\nFrom: carol@nordwind.example\r\n\r\n" + b" " * 3_000_000,
        b"DKIM-Signature: c=relaxed/relaxed; v=1; a=rsa-sha256; d=nordwind.example; s=s1; h=from;"
        b" bh=AAAA; b=AAAA\r\nFrom: carol@nordwind.example\r\n\r\n" + b" " * 3_000_000 + b"x\r\n",
        b" broken\r\nDKIM-Signature: v=1\r\nFrom: carol@nordwind.example\r\n\r\n",
        b"DKIM-Signature: v=\xff; d=\xfe; s=\x00; t=" + b"9" * 4_000
        + b"\r\nFrom: carol@nordwind.example\r\n\r\n",
        b"DKIM-Signature: v=1\r\nFrom: carol@nordwind.example\r\n\r\n" + b"\n" * 3_000_000,
    ],
    ids=["blanks", "names", "many", "bare", "relaxed blanks", "fold", "bytes", "lines"],
)  # fmt: skip
def test_hostile_signatures_cost_little_and_prove_nothing(raw: bytes) -> None:
    began = time.monotonic()

    proof = judged(raw, peer=OTHER_PEER, mail_from="x@" + "a." * 200 + "example")

    assert proof.standing != Standing.PASS
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "record",
    [
        b"v=spf1 include:nordwind.example -all", b"v=spf1 " + b"a " * 2_000 + b"-all",
        b"v=spf1 exists:%{l1r-}.%{d}.nordwind.example ptr mx -all", b"v=spf1 \xff\xfe",
        b"v=spf1 redirect=nordwind.example", b"v=spf1 ip4:999.1.1.1/99 ip6:zz -all",
    ],
)  # fmt: skip
def test_strange_spf_records_are_survived(record: bytes) -> None:
    names = {**REJECT, ("nordwind.example", "TXT"): [record]}

    proof = judged(
        make_mail(sender=CAROL), names, peer=OTHER_PEER, mail_from="carol@nordwind.example"
    )

    assert proof.standing != Standing.PASS
    assert proof.spf in ("permerror", "fail", "none", "temperror")


def test_answers_are_remembered_and_failures_pause_the_asking() -> None:
    asked: list[str] = []

    def lookup(name: str, kind: str, seconds: float) -> list[Any]:
        asked.append(name)
        if name.startswith("dead"):
            raise DnsUnavailable("timeout")
        return [b"text"]

    answers = Answers(lookup)
    for _ in range(3):
        assert answers.find("Alive.example", "TXT", 1) == [b"text"]
    for number in range(FAILURES + 3):
        with pytest.raises(DnsUnavailable):
            answers.find(f"dead{number}.example", "TXT", 1)

    assert len(asked) == 1 + FAILURES
    assert answers.find("alive.example", "TXT", 1) == [b"text"]


def test_one_mail_may_ask_so_much_and_no_more() -> None:
    questions = Questions(Answers(lookup_in({})), until=time.monotonic() + 5, number=3)

    for _ in range(3):
        assert questions.texts("a.example") == []
    with pytest.raises(DnsUnavailable):
        questions.texts("a.example")


def test_nothing_is_asked_when_a_trusted_server_has_judged(settings) -> None:
    settings.MAIL_TRUSTED_AUTHSERV_IDS = ["mx.example.com"]
    header = b"Authentication-Results: mx.example.com; dmarc=fail header.from=nordwind.example\r\n"

    proof = judged(header + signed(make_mail(sender=CAROL)))

    assert (proof.standing, proof.by) == (
        Standing.FAIL, "authentication-results of mx.example.com",
    )  # fmt: skip
