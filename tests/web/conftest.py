"""Browsers of the cast, and a desk with views."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests import factories
from tests.macros.sla.conftest import _nothing_kept, desk, office_hours  # noqa: F401  fixtures
from tickets.actions import install_stock_views
from tickets.models import Delivery, Ticket, View


@pytest.fixture
def browser_of() -> Callable[[User | None], Client]:
    """`browser_of(alice).get("/views/")`: signed in as that person, or nobody for None."""

    def make(user: User | None) -> Client:
        return factories.sign_in(Client(), user) if user else Client()

    return make


@pytest.fixture
def views(db: None) -> dict[str, View]:
    """The stock views by key."""
    install_stock_views(actor=factories.SETUP)
    return {view.key or "": view for view in View.objects.all()}


@pytest.fixture
def confined_bob(billing) -> User:
    """An agent who sees the tickets of his groups only."""
    bob = factories.make_user("Boris Confined", Role.AGENT, groups=[billing])
    bob.ticket_access = "groups"
    bob.save(update_fields=["ticket_access"])
    return bob


@pytest.fixture
def ticket(make_ticket, alice, dave) -> Ticket:
    """Alice's, with dave in Cc; its acknowledgement is out of the way."""
    ticket = make_ticket(assignee_id=alice.pk, cc_ids=(dave.pk,), recipient="support@example.com")
    Delivery.objects.all().delete()
    return ticket
