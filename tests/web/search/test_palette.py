"""The command palette reaches what the reader may see, and nothing else."""

from __future__ import annotations

import pytest

from macros.actions import MacroDraft, create_macro
from tests.factories import as_actor

pytestmark = pytest.mark.django_db


def found(browser, text, **more):
    entries = browser.get("/palette/", {"q": text, **more}).context["entries"]
    return [(entry.words, entry.href) for entry in entries]


def test_a_number_leads_straight_to_the_ticket(browser_of, alice, make_ticket):
    ticket = make_ticket(subject="Lamp")
    first = found(browser_of(alice), f"#{ticket.pk}")[0]
    assert first == (f"#{ticket.pk} Lamp", f"/tickets/{ticket.pk}/")


def test_pages_views_tickets_and_people_are_found(browser_of, alice, carol, make_ticket, views):
    make_ticket(subject="Carousel broken")
    words = [words for words, _ in found(browser_of(alice), "caro")]
    assert words[0].endswith("Carousel broken")
    assert words[1:] == [carol.name, "Search for “caro”"]
    unassigned = ("Unassigned", f"/views/{views['unassigned'].pk}/")
    assert found(browser_of(alice), "unassi")[0] == unassigned


def test_settings_are_for_those_who_may_enter(browser_of, alice, admin):
    assert [words for words, _ in found(browser_of(alice), "webhooks")] == ["Search for “webhooks”"]
    assert ("Webhooks", "/admin/webhooks/") in found(browser_of(admin), "webhooks")


def test_macros_are_offered_on_a_ticket_only(browser_of, alice, make_ticket):
    draft = MacroDraft(title="Refund::Confirmed", effects=[{"field": "status", "value": "solved"}])
    create_macro(actor=as_actor(alice), draft=draft)
    browser = browser_of(alice)
    assert "Refund · Confirmed" not in str(found(browser, "refund"))
    assert "Refund · Confirmed" in str(found(browser, "refund", ticket=make_ticket().pk))


def test_the_number_of_queries_is_constant(
    browser_of, alice, make_ticket, django_assert_max_num_queries
):
    browser = browser_of(alice)
    for _ in range(8):
        make_ticket(subject="Carousel")
    with django_assert_max_num_queries(16):
        found(browser, "carousel")
