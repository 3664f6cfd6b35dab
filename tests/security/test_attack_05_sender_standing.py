"""Attack 5, the part about standing: a forged From never becomes a proven one.

What a proven or unproven agent may do by mail is tested in tests/channels_in/test_commands.py.
"""

# ruff: noqa: F811  fixtures of another folder are imported by name

from __future__ import annotations

import pytest

from channels_in.email import authentication
from channels_in.email.dns import Answers
from channels_in.models import Fate
from channels_in.reasons import Reason
from tests.channels_in.conftest import Arrive, account, arrive, make_mail  # noqa: F401
from tests.channels_in.test_screening_verification import REJECT, lookup_in, signed

pytestmark = pytest.mark.django_db

US = "mx.example.com"
CAROL = "Carol <carol@nordwind.example>"
PASSED = "dmarc=pass header.from=nordwind.example; dkim=pass header.d=nordwind.example"


def standing(item) -> str:
    return (item.comment.metadata or {}).get("sender", {}).get("standing", "none")


@pytest.mark.parametrize(
    "top",
    [
        f"Authentication-Results: mx.evil.example; {PASSED}\r\n",
        f"Authentication-Results: {US}.evil.example; {PASSED}\r\n",
        f"Authentication-Results: {US} 99; {PASSED}\r\n",
        f"Authentication-Results: {US}; dmarc=none\r\nAuthentication-Results: {US}; "
        "dmarc=pass header.from=nordwind.example\r\n",
        "Received: from a by mail.evil.example; Fri, 20 Nov 2026 10:00:00 +0000\r\n"
        f"Authentication-Results: {US}; {PASSED}\r\n",
        f"Authentication-Results: {US}; dkim=pass header.d=evil.example; spf=pass"
        " smtp.mailfrom=nordwind.example.evil.example\r\n",
        f"Authentication-Results: {US}; dmarc=pass header.from=evil.example\r\n",
        f"ARC-Authentication-Results: i=1; {US}; {PASSED}\r\n",
        f"X-Authentication-Results: {US}; {PASSED}\r\n",
        "Received-SPF: pass (nordwind.example)\r\n",
    ],
)
def test_a_forged_proof_is_none(arrive: Arrive, settings, top: str) -> None:
    settings.MAIL_TRUSTED_AUTHSERV_IDS = [US]

    item = arrive(top.encode() + make_mail(sender=CAROL))

    assert item.fate == Fate.COMMENT
    assert standing(item) == "none"


def test_a_true_proof_is_one(arrive: Arrive, settings) -> None:
    settings.MAIL_TRUSTED_AUTHSERV_IDS = [US]
    header = f"Authentication-Results: {US}; {PASSED}\r\n".encode()

    assert standing(arrive(header + make_mail(sender=CAROL))) == "pass"


def test_a_forgery_that_the_domain_disowns_is_suspended(arrive: Arrive, settings) -> None:
    settings.MAIL_TRUSTED_AUTHSERV_IDS = [US]
    header = b"Authentication-Results: mx.example.com; dmarc=fail (p=reject)\r\n"

    item = arrive(header + make_mail(sender=CAROL, subject="#solved"))

    assert (item.fate, item.reason) == (Fate.SUSPENDED, Reason.FAILED_AUTHENTICATION)


def test_verified_here_the_signature_decides(arrive: Arrive, settings, monkeypatch) -> None:
    settings.MAIL_VERIFY_SENDERS = True
    monkeypatch.setattr(authentication, "_answers", Answers(lookup_in(REJECT)))

    honest = arrive(signed(make_mail(sender=CAROL)))
    changed = arrive(signed(make_mail(sender=CAROL)).replace(b"Where is", b"Where was"))

    assert [standing(honest), standing(changed)] == ["pass", "none"]
