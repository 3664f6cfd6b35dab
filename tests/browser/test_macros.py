"""Macros by keyboard in a real browser: put in, stacked, taken off, submitted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from macros.actions import MacroDraft, create_macro
from macros.models import MacroUse
from tests.browser.pages import serious_findings
from tests.factories import as_actor
from tests.workers import apart
from tickets.models import AuditEvent, EventType, Ticket

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache", "macros"),
]


def text(words):
    return {"field": "comment_value", "value": {"mode": "append", "text": words}}


@pytest.fixture
def macros(desk, alice):
    late = [text("We are sorry.\nIt is on its way."), {"field": "priority", "value": "high"},
            {"field": "status", "value": "pending"}]  # fmt: skip
    note = [text("Look into this."), {"field": "comment_mode_is_public", "value": False},
            {"field": "current_tags", "value": ["escalated"]}]  # fmt: skip
    actor = as_actor(alice)
    return [
        create_macro(actor=actor, draft=MacroDraft(title, effects))
        for title, effects in (("Shipping::Late", late), ("Escalate", note))
    ]


def test_two_macros_are_stacked_one_is_taken_off_and_the_rest_submitted(open_page, desk, macros):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.fill(".rich-area", "Hello, ")
    page.focus(".rich-area")
    page.keyboard.press("Control+End")
    page.keyboard.type("/")
    search = page.locator("[data-macro-search]")
    expect(search).to_be_focused()
    page.keyboard.type("late")
    expect(page.locator("[data-macro-preview]")).to_contain_text("We are sorry.")
    expect(page.locator("[data-macro-preview] ins").first).to_have_text("to Pending")
    assert serious_findings(page) == []
    page.keyboard.press("Enter")
    first = "Hello,\n\nWe are sorry.\nIt is on its way."
    expect(page.locator("textarea[name=body]")).to_have_value(first)
    expect(page.locator("[data-submit]")).to_have_text("Submit as Pending")

    page.keyboard.type(" /esc")
    page.keyboard.press("Enter")
    expect(page.locator(".macro-chip")).to_have_count(2)
    expect(page.locator('[name="kind"][value="internal"]')).to_be_checked()
    page.keyboard.press("Control+z")
    expect(page.locator(".macro-chip")).to_have_count(1)
    expect(page.locator("textarea[name=body]")).to_have_value(first + " ")
    expect(page.locator('[name="kind"][value="public"]')).to_be_checked()
    assert serious_findings(page) == []

    page.reload()  # the draft keeps what was applied
    expect(page.locator(".macro-chip")).to_have_count(1)
    page.press("#body", "Control+Enter")
    expect(page.locator(".macro-chip")).to_have_count(0)
    expect(page.locator("textarea[name=body]")).to_have_value("")
    assert apart(lambda: stored(desk["ticket"].pk)) == {
        "priority": "high", "status": "pending", "tags": [], "named": ["Shipping::Late"],
        "used": [macros[0].pk],
    }  # fmt: skip


def test_a_macro_fills_the_form_of_a_new_ticket_and_is_taken_off_again(open_page, desk, macros):
    page = open_page()
    page.goto("/tickets/new/")
    page.fill("#requester", "carol@example.com")
    page.fill("#subject", "A parcel")
    page.focus(".rich-area")
    page.keyboard.type("/late")
    expect(page.locator("[data-macro-preview]")).to_contain_text("We are sorry.")
    assert serious_findings(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#priority")).to_have_value("high")
    expect(page.locator("[data-submit]")).to_have_text("Create as Pending")
    page.keyboard.press("Control+z")
    expect(page.locator("#priority")).to_have_value("")
    expect(page.locator("textarea[name=body]")).to_have_value("")
    expect(page.locator("[data-submit]")).to_have_text("Create ticket")

    page.keyboard.type("/late")
    expect(page.locator("[data-macro-preview]")).to_contain_text("We are sorry.")
    page.keyboard.press("Enter")
    expect(page.locator(".macro-chip")).to_have_count(1)
    page.press("#body", "Control+Enter")
    page.wait_for_url(re.compile(r"/tickets/\d+/"))
    number = int(page.url.rstrip("/").rpartition("/")[2])
    assert apart(lambda: stored(number)) == {
        "priority": "high", "status": "pending", "tags": [], "named": ["Shipping::Late"],
        "used": [macros[0].pk],
    }  # fmt: skip


def stored(number: int) -> dict[str, Any]:
    ticket = Ticket.objects.get(pk=number)
    named = AuditEvent.objects.filter(type=EventType.AGENT_MACRO)
    return {
        "priority": ticket.priority, "status": ticket.status,
        "tags": [tag for tag in ticket.tags if tag == "escalated"],
        "named": [event.value["title"] for event in named],
        "used": list(MacroUse.objects.values_list("macro_id", flat=True)),
    }  # fmt: skip


def test_a_slash_that_was_meant_as_one_stays(open_page, desk, macros):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.focus(".rich-area")
    page.keyboard.type("see a/b and /")
    expect(page.locator("[data-macro-search]")).to_be_focused()
    page.keyboard.type("usr")
    page.keyboard.press("Escape")
    expect(page.locator("textarea[name=body]")).to_have_value("see a/b and /usr")
    expect(page.locator(".rich-area")).to_be_focused()
