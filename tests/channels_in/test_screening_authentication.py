"""Who is believed about a sender, and what follows from it."""

from __future__ import annotations

import pytest

from channels_in.email.authentication import SenderProof, Standing, judge
from channels_in.email.parse import parse
from channels_in.models import InboundItem
from tests.channels_in.conftest import make_mail

US = "mx.example.com"


@pytest.fixture(autouse=True)
def trusting(settings) -> None:
    settings.MAIL_TRUSTED_AUTHSERV_IDS = [US]


def prove(*headers: str, sender: str = "Carol <carol@nordwind.example>") -> SenderProof:
    top = "".join(f"{header}\r\n" for header in headers).encode()
    message = parse(top + make_mail(sender=sender))
    return judge(message, InboundItem(envelope={"via": "smtp"}))


def results(text: str, by: str = US) -> str:
    return f"Authentication-Results: {by}; {text}"


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("dmarc=pass header.from=nordwind.example", Standing.PASS),
        ("dmarc=pass header.from=elsewhere.example", Standing.NONE),
        ("dkim=pass header.d=nordwind.example", Standing.PASS),
        ("dkim=pass header.d=mail.nordwind.example", Standing.PASS),
        ("dkim=pass header.i=@nordwind.example", Standing.PASS),
        ("dkim=pass header.d=elsewhere.example", Standing.NONE),
        ("dkim=pass", Standing.NONE),
        ("spf=pass smtp.mailfrom=bounces@mail.nordwind.example", Standing.PASS),
        ("spf=pass smtp.mailfrom=elsewhere.example", Standing.NONE),
        ("spf=pass smtp.helo=nordwind.example", Standing.NONE),
        ("dkim=fail header.d=x.example; dkim=pass header.d=nordwind.example", Standing.PASS),
        ("dmarc=fail (p=REJECT dis=NONE) header.from=nordwind.example", Standing.FAIL),
        (
            "dmarc=fail header.from=nordwind.example; dkim=pass header.d=nordwind.example",
            Standing.FAIL,
        ),
        ("dkim=fail header.d=nordwind.example; spf=fail smtp.mailfrom=nordwind.example",
         Standing.NONE),
        ("dkim=fail; spf=fail; dmarc=temperror policy.dmarc=quarantine", Standing.FAIL),
        ("dmarc=none; spf=softfail", Standing.NONE),
        ("none", Standing.NONE),
    ],
)  # fmt: skip
def test_results_of_our_own_server_count_by_alignment(text: str, standing: Standing) -> None:
    assert prove(results(text)).standing == standing


def test_the_proof_names_its_witness_and_the_words_it_used() -> None:
    proof = prove(
        results(
            "dkim=pass header.i=@nordwind.example header.s=s1 header.b=Ab+/=;"
            " spf=pass (mx: domain of carol@nordwind.example designates 192.0.2.1)"
            " smtp.mailfrom=carol@nordwind.example;"
            " dmarc=pass (p=QUARANTINE sp=REJECT dis=NONE) header.from=nordwind.example"
        )
    )

    assert proof.as_json() == {
        "standing": "pass", "domain": "nordwind.example",
        "by": "authentication-results of mx.example.com",
        "dmarc": "pass", "dkim": "pass", "spf": "pass", "policy": "quarantine",
    }  # fmt: skip


def test_nobody_is_believed_unless_the_settings_name_them(settings) -> None:
    settings.MAIL_TRUSTED_AUTHSERV_IDS = []

    proof = prove(results("dmarc=pass header.from=nordwind.example"))

    assert (proof.standing, proof.by) == (Standing.NONE, "")


def test_results_of_a_stranger_are_not_believed() -> None:
    proof = prove(results("dmarc=pass header.from=nordwind.example", by="mx.evil.example"))

    assert proof.standing == Standing.NONE


def test_a_forged_header_below_our_own_changes_nothing() -> None:
    proof = prove(
        results("dmarc=fail (p=reject) header.from=nordwind.example"),
        "Received: from evil.example by mx.example.com; Fri, 20 Nov 2026 10:00:00 +0000",
        results("dmarc=pass header.from=nordwind.example"),
    )

    assert (proof.standing, proof.dmarc) == (Standing.FAIL, "fail")


def test_a_forged_header_right_below_our_own_cannot_overrule_it() -> None:
    proof = prove(
        results("dmarc=none; dkim=none"),
        results("dkim=pass header.d=nordwind.example"),
    )

    assert proof.standing == Standing.NONE


def test_two_headers_of_our_filters_are_read_together() -> None:
    proof = prove(
        "DMARC-Filter: OpenDMARC v1.4 mx.example.com",
        results("dmarc=pass (p=none dis=none) header.from=nordwind.example"),
        "DKIM-Filter: OpenDKIM v2.11 mx.example.com",
        results("dkim=pass header.d=nordwind.example"),
    )

    assert (proof.standing, proof.dmarc, proof.dkim) == (Standing.PASS, "pass", "pass")


def test_our_server_may_stand_behind_its_own_received() -> None:
    proof = prove(
        "Received: by 2002:a05:6f02:c0c3 with SMTP id j3; Fri, 20 Nov 2026 10:00:01 +0000",
        "Received: from out.nordwind.example by mx2.example.com; Fri, 20 Nov 2026 10:00:00 +0000",
        results("dmarc=pass header.from=nordwind.example"),
    )

    assert proof.standing == Standing.PASS


def test_what_stands_below_a_strangers_received_is_not_ours() -> None:
    proof = prove(
        "Received: from x by relay.elsewhere.test; Fri, 20 Nov 2026 10:00:00 +0000",
        results("dmarc=pass header.from=nordwind.example"),
    )

    assert proof.standing == Standing.NONE


@pytest.mark.parametrize(
    "sender",
    [
        "Carol <carol@nordwind.example>, Bank <bank@bank.example>",
        "carol@localhost",
        "Carol",
        "",
    ],
)
def test_a_from_that_does_not_name_one_domain_is_never_proven(sender: str) -> None:
    proof = prove(results("dmarc=pass header.from=nordwind.example"), sender=sender)

    assert proof.standing == Standing.NONE


def test_two_from_fields_are_never_proven() -> None:
    proof = prove(results("dmarc=pass header.from=nordwind.example"), "From: bank@bank.example")

    assert proof.standing == Standing.NONE


def test_a_domain_written_in_unicode_is_the_one_written_in_ascii() -> None:
    top = f"{results('dkim=pass header.d=xn--mller-kva.example')}\r\n"
    message = parse((top + "From: Carol <carol@m\u00fcller.example>\r\n\r\nHello").encode())

    proof = judge(message, InboundItem(envelope={}))

    assert (proof.standing, proof.domain) == (Standing.PASS, "xn--mller-kva.example")


@pytest.mark.parametrize(
    "header",
    [
        "Authentication-Results:",
        "Authentication-Results: " + "(" * 5000,
        "Authentication-Results: mx.example.com; dkim=",
        "Authentication-Results: mx.example.com; " + "dkim=pass header.d=a.b; " * 5000,
        "Authentication-Results: mx.example.com 2; dmarc=pass header.from=nordwind.example",
        "Authentication-Results: mx.example.com; dmarc=pass header.from=\x00\xff",
        'Authentication-Results: mx.example.com; spf=pass smtp.mailfrom="x; dmarc=pass'
        ' header.from=nordwind.example"@evil.example',
    ],
)
def test_strange_headers_prove_nothing_and_break_nothing(header: str) -> None:
    assert prove(header).standing == Standing.NONE


def test_neighbours_under_a_public_suffix_are_strangers() -> None:
    proof = prove(results("dkim=pass header.d=evil.co.uk"), sender="Carol <carol@shop.co.uk>")

    assert proof.standing == Standing.NONE
