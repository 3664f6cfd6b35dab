"""Attack 9: floods of mail in a victim's name, or about one."""

# ruff: noqa: F811  fixtures of another folder are imported by name

from __future__ import annotations

import pytest
from django.conf import settings

from channels_in import funnel
from channels_in.models import InboundItem
from channels_in.reasons import Reason
from channels_in.receive import RawMessage, receive
from tests.channels_in.conftest import account, make_mail  # noqa: F401
from tickets.models import Delivery, Ticket

pytestmark = pytest.mark.django_db

VICTIM = "victim@elsewhere.example"
ADS = "BUY CHEAP PILLS at http://evil.example"


def send(account, mails: list[bytes]) -> None:
    receive([RawMessage(account, raw, {"via": "smtp"}) for raw in mails])
    funnel.process_due()


def test_five_hundred_mails_in_one_name_make_few_tickets_and_fewer_answers(account) -> None:
    send(account, [
        make_mail(sender=f"{ADS} <{VICTIM}>", subject=f"{ADS} {n}", text=f"{ADS} {'x' * n}")
        for n in range(500)
    ])  # fmt: skip

    assert Ticket.objects.count() <= settings.MAIL_NEW_TICKETS_HOUR
    assert Delivery.objects.filter(address=VICTIM).count() <= 10
    assert InboundItem.objects.filter(reason=Reason.FLOOD).count() >= 440


def test_five_hundred_senders_naming_one_victim_send_the_victim_nothing(account) -> None:
    send(account, [
        make_mail(sender=f"s{n}@bots.example", cc=VICTIM, text=f"{ADS} {'x' * n}")
        for n in range(500)
    ])  # fmt: skip

    assert not Delivery.objects.filter(address=VICTIM).exists()


def test_other_people_are_served_during_a_flood(account) -> None:
    flood = [make_mail(sender=VICTIM, text=f"{'x' * n}") for n in range(100)]
    send(account, [*flood, make_mail(sender="honest@customers.example", subject="Honest")])

    assert Ticket.objects.filter(subject="Honest").exists()
