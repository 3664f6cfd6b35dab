"""Customers in a real browser: edited in place, completed, merged and parted by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import findings, tab_to
from tests.factories import make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def double(carol, nordwind):
    """Carol a second time, from another mailbox of her company."""
    return make_user("Carol Customer", email="c.customer@nordwind.example", is_verified=False)


def test_axe_has_nothing_serious_to_say_about_people(double, nordwind, open_page, carol):
    page = open_page()
    found = []
    for path in ["/people/", "/people/?q=zzz", f"/people/{carol.pk}/",
                 f"/people/{carol.pk}/?tab=timeline", "/people/new/",
                 f"/people/{carol.pk}/merge/?other={double.pk}", "/people/organizations/",
                 f"/people/organizations/{nordwind.pk}/"]:  # fmt: skip
        page.goto(path)
        found += findings(page)
    page.goto(f"/people/{carol.pk}/")
    page.locator('[id$="-notes"] [data-edit]').click()
    expect(page.locator('[id$="-notes"] textarea')).to_be_focused()
    found += findings(page)
    assert found == []


def test_a_customer_is_edited_beside_the_ticket_with_the_keyboard(open_page, desk, carol):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    notes = page.locator(f"#person-{carol.pk}-notes [data-edit]")
    tab_to(page, "Add a note")
    page.keyboard.press("Enter")
    expect(page.locator(f"#person-{carol.pk}-notes textarea")).to_be_focused()
    page.keyboard.type("Prefers calls <b>at noon</b>")
    page.keyboard.press("Escape")
    expect(notes).to_be_focused()
    expect(notes).to_contain_text("Add a note")
    page.keyboard.press("Enter")
    expect(page.locator(f"#person-{carol.pk}-notes textarea")).to_be_focused()
    page.keyboard.type("Prefers calls <b>at noon</b>")
    page.keyboard.press("Control+Enter")
    expect(notes).to_contain_text("Prefers calls <b>at noon</b>")
    expect(notes).to_be_focused()
    editor = page.locator(f"#person-{carol.pk}-time_zone")
    editor.locator("[data-edit]").click()
    editor.locator("input[name=value]").fill("Mars/Base")
    page.keyboard.press("Enter")
    expect(editor.locator("[role=alert]")).to_contain_text("not known")
    expect(editor.locator("input[name=value]")).to_have_value("Mars/Base")
    editor.locator("input[name=value]").fill("Europe/Berlin")
    page.keyboard.press("Enter")
    expect(editor).to_contain_text("Europe/Berlin")


def test_two_people_become_one_and_two_again_with_the_keyboard_alone(
    double, open_page, desk, carol
):
    page = open_page()
    page.goto(f"/people/{carol.pk}/merge/")
    page.keyboard.type("c.cust")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/merge/?*other=*")
    expect(page.locator("main")).to_contain_text("both write from nordwind.example")
    tab_to(page, "this is one person")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/people/{carol.pk}/")
    expect(page.locator(".identities")).to_contain_text("c.customer@nordwind.example")
    tab_to(page, "Undo the merge")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("two people again")
    expect(page.locator(".identities")).not_to_contain_text("c.customer@nordwind.example")


def test_search_follows_the_typing_and_a_requester_is_completed(desk, carol, dave, open_page):
    page = open_page()
    page.goto("/people/")
    expect(page.locator("[data-row]")).to_have_count(2)
    page.keyboard.press("/")
    page.keyboard.type("dav")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("[data-row]")).to_contain_text("Dave Colleague")
    expect(page).to_have_url(re.compile("q=dav"))
    page.goto("/tickets/new/")
    page.locator("#requester").fill("caro")
    page.get_by_role("option", name="Carol Customer").click()
    expect(page.locator("#requester")).to_have_value("carol@nordwind.example")
    page.locator("#requester").fill("")
    page.locator("#requester").press_sequentially("dave")
    offered = page.locator("people-suggest .options").first
    expect(offered.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(offered).to_be_hidden()
