"""Attack 8: codes that companies mail to support@ are for agents alone."""

# ruff: noqa: F811  fixtures of another folder are imported by name

from __future__ import annotations

import pytest

from channels_in.models import Fate
from tests.channels_in.conftest import Arrive, account, arrive  # noqa: F401
from tickets.models import Delivery, Participant

pytestmark = pytest.mark.django_db

MAILS = [
    ("no-reply@accounts.google.example", "Your Google verification code", "Your code is 482913"),
    ("feedback@slack.example", "Slack confirmation code: 4XZ-9Q2", "Confirm your email address"),
    ("noreply@apple.example", "Your Apple ID verification code", "Enter this code: 773 201"),
]


@pytest.mark.parametrize(("sender", "subject", "text"), MAILS)
def test_nobody_in_copy_of_a_code_becomes_a_participant(
    arrive: Arrive,
    sender: str,
    subject: str,
    text: str,
) -> None:
    item = arrive(
        sender=sender, subject=subject, text=text, cc="Mallory <mallory@elsewhere.example>"
    )

    assert item.fate == Fate.COMMENT
    assert not Participant.objects.filter(ticket=item.ticket).exists()
    assert not Delivery.objects.exclude(address=sender).exists()
