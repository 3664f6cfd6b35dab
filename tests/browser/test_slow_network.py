"""What a person begins on a slow connection is not lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import Held, apart
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


def test_what_is_chosen_before_the_scripts_are_there_is_saved(open_page, desk):
    page = open_page()
    scripts = Held(page, "**/static/**/*.js")
    Page.goto(page, f"/tickets/{desk['ticket'].pk}/", wait_until="commit")
    page.select_option("#p-priority", "urgent")
    with page.expect_response("**/properties/"):
        scripts.let_through()
    expect(page.locator("#p-priority")).to_have_value("urgent")
    page.reload()
    expect(page.locator("#p-priority")).to_have_value("urgent")


def test_what_is_typed_until_a_field_opens_goes_into_it(open_page, desk):
    page = open_page()
    page.goto(f"/people/{desk['ticket'].requester_id}/")
    editor = Held(page, "**/properties/name/")
    page.locator("edit-in-place[id$='-name'] [data-edit]").click()
    page.keyboard.type("Carla Jones")  # none of it is taken for the page's keys
    editor.let_through()
    expect(page.locator("edit-in-place [data-field]")).to_have_value("Carla Jones")
    page.keyboard.press("Enter")
    value = page.locator("edit-in-place[id$='-name'] [data-edit]")
    expect(value).to_contain_text("Carla Jones")
    expect(value).to_be_focused()


def test_what_is_chosen_while_another_choice_is_saved_is_saved_too(open_page, desk):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    answers = Held(page, "**/properties/")
    page.select_option("#p-type", "problem")
    page.select_option("#p-priority", "high")
    page.select_option("#p-priority", "urgent")  # before "high" is answered
    page.locator("#p-tag").press_sequentially("vi")
    answers.let_through()
    expect(page.locator("#p-tag")).to_be_focused()
    page.keyboard.type("olet")
    page.keyboard.press("Enter")
    expect(page.locator(".props .tag", has_text="violet")).to_be_visible()
    expect(page.locator("#p-type")).to_have_value("problem")
    expect(page.locator("#p-priority")).to_have_value("urgent")
    page.reload()
    expect(page.locator("#p-type")).to_have_value("problem")
    expect(page.locator("#p-priority")).to_have_value("urgent")


def test_what_was_read_while_it_was_asked_for_again_is_not_shown_again(open_page, desk, bob):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.locator(".rich-area").press_sequentially("Half a sentence")
    answer = CommentDraft(author_id=bob.pk, body="I look into it.")
    apart(lambda: update_ticket(actor=as_actor(bob), ticket_id=desk["ticket"].pk, comment=answer))
    look = "document.querySelector('ticket-composer').meanwhile.look()"
    page.evaluate(look)
    notice = page.locator(".meanwhile")
    expect(notice).to_contain_text("I look into it.")
    looks = Held(page, "**/composer/meanwhile/**")
    page.evaluate(f"window.looked = {look}; 0")
    notice.get_by_role("button", name="Got it, keep writing").click()
    expect(notice).to_have_count(0)
    looks.let_through()
    page.evaluate("window.looked")
    expect(notice).to_have_count(0)
