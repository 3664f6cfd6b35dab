"""A trigger made by keyboard alone, put in order, and seen at work; axe on the pages of rules."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from macros.models import Trigger
from tests.browser.pages import findings
from tests.factories import SETUP, make_ticket
from tests.workers import apart
from tickets.actions import install_stock_views
from tickets.models import Ticket

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def desk(lead, support, carol):
    """A team lead and a customer, before the browser opens."""
    install_stock_views(actor=SETUP)
    return carol


def choose(page, selector: str, value: str) -> None:
    """Choose as the keyboard does: focus the list, then take the option."""
    page.focus(selector)
    page.select_option(selector, value)


def make_by_keyboard(page) -> None:
    """Title, "the ticket is created" as offered, a second condition, and a step."""
    page.focus("#id_title")
    page.keyboard.type("Lost parcels first")
    page.focus("#c-add-all")
    page.keyboard.press("Enter")
    expect(page.locator("#c2-field")).to_be_focused()
    choose(page, "#c2-field", "subject_includes_word")
    expect(page.locator("#c2-operator")).to_be_visible()
    expect(page.locator("#c2-field")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#c2-value")).to_be_focused()
    page.keyboard.type("parcel")
    choose(page, "#e1-field", "priority")
    expect(page.locator("#e1-value")).to_be_visible()
    choose(page, "#e1-value", "urgent")
    page.focus("#id_title")
    page.keyboard.press("Enter")


def test_a_trigger_is_made_by_keyboard_ordered_and_fires(desk, open_page):
    page = open_page("lena")
    page.goto("/admin/rules/triggers/new/")
    make_by_keyboard(page)
    page.wait_for_url("**/rules/triggers/")
    up = page.get_by_role("button", name="Move Lost parcels first up")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".rule").nth(-2)).to_contain_text("Lost parcels first")
    expect(page.get_by_role("button", name="Move Lost parcels first up")).to_be_focused()
    page.close()
    done = apart(lambda: _after_a_new_ticket(desk))
    assert done == ("urgent", ["Lost parcels first"])


def _after_a_new_ticket(carol):
    ticket = make_ticket(requester=carol, subject="Where is my parcel?")
    ticket = Ticket.objects.get(pk=ticket.pk)
    trigger = Trigger.objects.get(title="Lost parcels first")
    assert len(trigger.conditions["all"]) == 2
    causes = ticket.audits.get().events.filter(field_name="priority")
    titles = [event.cause["title"] for event in causes if event.cause.get("title")]
    return ticket.priority, titles


def test_axe_has_nothing_serious_to_say_about_the_rules(desk, open_page):
    page = open_page("lena")
    page.goto("/admin/rules/triggers/")
    first = page.locator(".rule-title").first.get_attribute("href")
    found = []
    for path in (
        "/admin/rules/triggers/", first, f"{first}test/", f"{first}history/", f"{first}removal/",
        "/admin/rules/triggers/new/", "/admin/rules/automations/", "/admin/rules/automations/new/",
        "/admin/rules/categories/", "/views/new/", "/views/manage/",
    ):  # fmt: skip
        page.goto(path)
        found += [(path, each) for each in findings(page)]
    assert found == []
