"""A request form with fields, and a visitor who fills it in as a browser does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from channels_in import funnel
from channels_in.actions.request_forms import RequestFormDraft, save_request_form
from channels_in.models import InboundItem, RequestForm
from core import clock
from tests.factories import as_actor
from tickets.actions import (
    ConditionDraft,
    FieldDraft,
    FormDraft,
    save_ticket_field,
    save_ticket_form,
)
from tickets.models import TicketForm


@pytest.fixture(autouse=True)
def no_limits_reached(clean_cache: None) -> None:
    """Every test begins with nothing counted against anybody."""


@pytest.fixture
def ticket_form(admin) -> TicketForm:
    """Topic (a list); for returns an order number of a pattern, which is then required; a cause
    that customers do not see.
    """
    actor = as_actor(admin)
    topic = save_ticket_field(
        actor=actor,
        draft=FieldDraft("Topic", "tagger", ("Return", "Question"), is_visible_to_customers=True),
    )
    order = save_ticket_field(
        actor=actor,
        draft=FieldDraft("Order", "regexp", pattern="^BC-[0-9]{5}$", is_visible_to_customers=True),
    )
    cause = save_ticket_field(actor=actor, draft=FieldDraft("Cause"))
    conditions = [ConditionDraft(topic.pk, "Return", order.pk, True)]
    draft = FormDraft("Contact", [topic.pk, order.pk, cause.pk], conditions=conditions)
    return save_ticket_form(actor=actor, draft=draft)


@pytest.fixture
def contact(admin, support, ticket_form) -> RequestForm:
    draft = RequestFormDraft(
        "Contact us", "contact", ticket_form_id=ticket_form.pk, group_id=support.pk,
        sites=["https://shop.example"], difficulty=15,
    )  # fmt: skip
    return save_request_form(actor=as_actor(admin), draft=draft)


class Visitor:
    """Opens the page, takes its slip, does its sum, waits as long as people do."""

    def __init__(self, path: str = "/request/contact/", network: str = "203.0.113.7") -> None:
        self.browser = Client(enforce_csrf_checks=True, REMOTE_ADDR=network)
        self.path = path

    def open(self) -> dict[str, Any]:
        page = self.browser.get(self.path).content.decode()
        found = re.search(r'data-nonce="([^"]+)" data-bits="(\d+)"', page)
        slip = re.search(r'name="slip" value="([^"]+)"', page)
        assert found
        assert slip
        return {"slip": slip[1], "proof": proof_of(found[1], int(found[2]))}

    def send(self, page: dict[str, Any] | None = None, *, after: float = 20, **values: Any) -> Any:
        page = page or self.open()
        given = {"name": "Nora New", "email": "nora@elsewhere.example", "subject": "Hello",
                 "body": "Does it come in blue?", **page, **values}  # fmt: skip
        with clock.frozen(clock.now() + timedelta(seconds=after)):
            return self.browser.post(self.path, given)


def proof_of(nonce: str, bits: int) -> str:
    """The sum, as the worker does it."""
    counter = 0
    while True:
        digest = hashlib.sha256(f"{nonce}:{counter}".encode()).digest()
        if int.from_bytes(digest) >> (256 - bits) == 0:
            return str(counter)
        counter += 1


@pytest.fixture
def visitor(contact) -> Visitor:
    return Visitor()


@pytest.fixture
def process() -> Callable[[], list[InboundItem]]:
    """Lets the funnel work, and gives what came."""

    def run() -> list[InboundItem]:
        with clock.frozen(clock.now() + timedelta(minutes=1)):
            funnel.process_due()
        return list(InboundItem.objects.order_by("id"))

    return run
