"""Attacks 9 and 51 by request forms: floods in a victim's name, and of a network."""

from __future__ import annotations

import pytest
from django.conf import settings

from channels_in import funnel
from channels_in.actions.request_forms import RequestFormDraft, save_request_form
from channels_in.models import Fate, InboundItem
from channels_in.reasons import Reason
from channels_in.request_forms.signals import Signals
from channels_in.request_forms.storing import Stored, store
from channels_in.request_forms.submission import Submission
from tests.factories import as_actor
from tickets.models import Delivery, Ticket

pytestmark = pytest.mark.django_db

VICTIM = "victim@elsewhere.example"
ADS = "BUY CHEAP PILLS"


@pytest.fixture
def form(admin):
    return save_request_form(actor=as_actor(admin), draft=RequestFormDraft("Contact", "contact"))


def send(form, n: int, *, email: str = VICTIM, bits: int = 17) -> Stored:
    """A request whose sum was done, at a person's pace, from a network of its own."""
    sent = Submission(f"{ADS} {n}", email, f"{ADS} {n}", f"{ADS} {'x' * n}")
    signals = Signals(60, 17, bits, network=f"198.51.{n % 250}.0/24")
    return store(form, sent, signals, nonce=f"nonce-{n}")


def process() -> None:
    while funnel.process_due():
        pass


def test_two_hundred_paid_requests_in_one_name_make_few_tickets_and_mails_without_a_word_of_them(
    form,
):
    for n in range(200):
        send(form, n)
    process()
    most = settings.REQUEST_FORM_ADDRESS_HOUR
    assert Ticket.objects.count() == most
    told = Delivery.objects.filter(address=VICTIM)
    assert told.count() <= most
    assert not [each for each in told if ADS in f"{each.subject} {each.body}"]
    held = InboundItem.objects.filter(fate=Fate.SUSPENDED, reason=Reason.FLOOD)
    assert held.count() == 200 - most


def test_programs_that_do_no_sum_open_nothing_and_mail_nobody(form):
    for n in range(50):
        send(form, n, email=f"{n}@elsewhere.example", bits=0)
    process()
    assert not Ticket.objects.exists()
    assert not Delivery.objects.exists()
    assert InboundItem.objects.filter(reason=Reason.FORM_UNPROVED).count() == 50


def test_one_sum_pays_for_one_request(form):
    assert send(form, 1) is Stored.NEW
    assert send(form, 1) is Stored.SAME
    other = Submission("Eve", "eve@elsewhere.example", "Another", "text")
    assert store(form, other, Signals(60, 17, 17), nonce="nonce-1") is Stored.SPENT
    assert InboundItem.objects.count() == 1


def test_other_people_are_served_during_a_flood(form):
    for n in range(60):
        send(form, n)
    send(form, 1_000, email="honest@customers.example")
    process()
    assert Ticket.objects.filter(requester__email="honest@customers.example").exists()
