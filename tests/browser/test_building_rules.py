"""A trigger made by keyboard alone, put in order, and seen at work; axe on the pages of rules."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from macros.models import Trigger
from tests.browser.test_workspace import chromium, open_page, serious_findings  # noqa: F401
from tests.factories import PASSWORD, make_ticket
from tickets.models import Ticket

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def desk(lead, support, carol, views):
    """A team lead and a customer, before the browser opens."""
    return carol


@pytest.fixture
def views(transactional_db):
    from tests.factories import SETUP
    from tickets.actions import install_stock_views

    install_stock_views(actor=SETUP)


def sign_in_as_lead(page) -> None:
    page.fill("#email", "lena@example.com")
    page.fill("#password", PASSWORD)
    page.click("button.primary")
    page.wait_for_url("**/views/**")


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


def test_a_trigger_is_made_by_keyboard_ordered_and_fires(
    desk, chromium, live_server  # noqa: F811
):  # fmt: skip
    page = open_page(chromium, live_server.url)
    sign_in_as_lead(page)
    page.goto("/admin/rules/triggers/new/")
    make_by_keyboard(page)
    page.wait_for_url("**/rules/triggers/")
    up = page.get_by_role("button", name="Move Lost parcels first up")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".rule").nth(-2)).to_contain_text("Lost parcels first")
    expect(page.get_by_role("button", name="Move Lost parcels first up")).to_be_focused()
    page.close()
    done = run_apart(lambda: _after_a_new_ticket(desk))
    assert done == ("urgent", ["Lost parcels first"])


def _after_a_new_ticket(carol):
    ticket = make_ticket(requester=carol, subject="Where is my parcel?")
    ticket = Ticket.objects.get(pk=ticket.pk)
    trigger = Trigger.objects.get(title="Lost parcels first")
    assert len(trigger.conditions["all"]) == 2
    causes = ticket.audits.get().events.filter(field_name="priority")
    titles = [event.cause["title"] for event in causes if event.cause.get("title")]
    return ticket.priority, titles


def run_apart(work):
    """Playwright's loop runs in this thread, where Django allows no queries."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    def apart():
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(apart).result()


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_serious_to_say_about_the_rules(
    desk, chromium, live_server, scheme, size  # noqa: F811
):  # fmt: skip
    page = open_page(chromium, live_server.url, scheme=scheme, size=size)
    sign_in_as_lead(page)
    page.goto("/admin/rules/triggers/")
    first = page.locator(".rule-title").first.get_attribute("href")
    findings = []
    for path in (
        "/admin/rules/triggers/", first, f"{first}test/", f"{first}history/", f"{first}removal/",
        "/admin/rules/triggers/new/", "/admin/rules/automations/", "/admin/rules/automations/new/",
        "/admin/rules/categories/", "/views/new/", "/views/manage/",
    ):  # fmt: skip
        page.goto(path)
        findings += [(path, finding) for finding in serious_findings(page)]
    assert findings == []
