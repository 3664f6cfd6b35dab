"""“Why?” by keyboard: asked, read, closed, and back where it was asked; axe on its pages"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from macros.models import RuleRun, Trigger
from tests.browser.pages import findings
from tests.factories import SETUP
from tests.macros.rules import CREATED, effect, trigger
from tickets.actions import install_stock_views

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def desk(alice, lead, make_ticket, support):
    """A ticket that a trigger has made urgent; the addresses that say why."""
    install_stock_views(actor=SETUP)
    trigger("VIP first", [CREATED], effect("priority", "urgent"), effect("current_tags", ["vip"]))
    ticket = make_ticket(group_id=support.pk)
    at = f"/tickets/{ticket.pk}/"
    run = RuleRun.objects.get(ticket=ticket)
    rule = Trigger.objects.get(title="VIP first")
    return {
        "ticket": at, "pages": [f"{at}why/priority/", f"{at}rules/", f"{at}rules/{run.pk}/",
                                f"/admin/rules/triggers/{rule.pk}/runs/"],
    }  # fmt: skip


def test_why_is_asked_read_and_closed_by_keyboard_under_the_page_s_policy(desk, open_page):
    page = open_page("alice", under_policy=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(desk["ticket"])
    page.focus("#p-priority")
    page.keyboard.press("Tab")
    link = page.locator("a.why[href$='/why/priority/']")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    box = page.locator("why-box")
    expect(box).to_contain_text("because the trigger “VIP first” (revision 1) set it on")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(link).to_be_focused()
    page.click("[data-why][href*='/why/tag/']")
    expect(box).to_contain_text("The tag “vip” is there because")
    page.click("h1")
    expect(box).to_be_hidden()
    assert [text for text in said if "Content Security Policy" in text] == []


def test_the_answers_pass_axe(desk, open_page):
    page = open_page("lena")
    page.goto(desk["ticket"])
    page.click("[data-why][href*='/why/tag/']")
    expect(page.locator("why-box")).to_contain_text("The tag “vip” is there because")
    found = findings(page)
    for path in desk["pages"]:
        page.goto(path)
        found += [f"{path} {each}" for each in findings(page)]
    assert found == []
