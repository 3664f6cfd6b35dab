"""A conversation in a real browser: long ones, what is new, and two people on one ticket."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from core import clock
from tests.browser.pages import findings
from tests.factories import SETUP, as_actor
from tickets.actions import install_stock_views, mark_read
from tickets.models import Comment, Ticket

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def desk(alice, bob, carol, lead, make_ticket, support):
    """A conversation of 120 messages, of which alice has read 80."""
    install_stock_views(actor=SETUP)
    with clock.frozen(clock.now() - timedelta(days=2)):
        ticket = make_ticket(subject="Long", body="message 0", group_id=support.pk)
    people = (carol, bob)
    comments = Comment.objects.bulk_create(
        Comment(
            ticket=ticket, author=people[n % 2], is_from_agent=n % 2 == 1, is_public=n % 7 != 0,
            body=f"message {n}", reply_text=f"message {n}", channel="email",
            created_at=ticket.created_at + timedelta(minutes=n),
        )
        for n in range(1, 120)
    )  # fmt: skip
    Ticket.objects.filter(pk=ticket.pk).update(latest_comment_at=comments[-1].created_at)
    mark_read(actor=as_actor(alice), comment_id=comments[79].pk)
    return {"ticket": ticket, "comments": comments}


def shown(page) -> list[str]:
    return page.locator(".msg .text").all_inner_texts()


def place_of(page, text: str) -> float:
    return page.get_by_text(text, exact=True).bounding_box()["y"]


def test_it_opens_at_what_is_new_and_more_comes_without_moving_what_is_read(open_page, desk):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    expect(page.locator("#unread")).to_be_in_viewport()
    expect(page.get_by_text("message 81", exact=True)).to_be_in_viewport()
    assert len(shown(page)) == 40
    page.locator("[data-more=before]").scroll_into_view_if_needed()
    before = place_of(page, "message 80")
    page.click("[data-more=before]")
    expect(page.locator(".msg")).to_have_count(80)
    assert abs(place_of(page, "message 80") - before) < 2
    page.keyboard.press("Shift+G")
    expect(page.get_by_text("message 119", exact=True)).to_be_in_viewport()
    assert findings(page) == []


def test_a_link_names_a_message_and_the_filter_is_remembered(open_page, desk):
    page = open_page()
    comment = desk["comments"][9]
    page.goto(f"/tickets/{desk['ticket'].pk}/#comment-{comment.pk}")
    expect(page.locator(f"#comment-{comment.pk}.pointed")).to_be_in_viewport()
    page.keyboard.press("f")
    expect(page.locator(".conv-filter [aria-pressed=true]").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".msg:not(.note)")).to_have_count(0)
    expect(page.locator(".msg.note")).to_have_count(17)
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    expect(page.locator(".msg.note")).to_have_count(17)
    page.click("text=Show everything")
    expect(page.locator(".msg")).to_have_count(40)


def test_a_colleague_types_and_answers_and_nothing_of_mine_moves(open_live_page, desk):
    mine, theirs = open_live_page("alice"), open_live_page("bob")
    path = f"/tickets/{desk['ticket'].pk}/"
    mine.goto(path)
    mine.fill("#body", "Half a sentence")
    theirs.goto(path)
    expect(mine.locator(".viewers")).to_contain_text("Bob is viewing")
    theirs.locator("#body").press_sequentially("On it", delay=10)
    expect(mine.locator(".viewers")).to_contain_text("Bob is typing")
    mine.locator(".stream").evaluate("stream => { stream.scrollTop = -600 }")
    seen = mine.locator(".msg").nth(12).locator(".text").inner_text()
    before = place_of(mine, seen)
    theirs.keyboard.press("Control+Enter")
    expect(mine.locator("[data-jump=end]")).to_have_text("1 new message")
    assert abs(place_of(mine, seen) - before) < 2
    expect(mine.locator("textarea[name=body]")).to_have_value("Half a sentence")
    mine.click("[data-jump=end]")
    expect(mine.get_by_text("On it", exact=True)).to_be_in_viewport()


def test_looking_at_it_marks_it_read(open_page, desk):
    page, last = open_page(), desk["comments"][-1].pk
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    with page.expect_response(lambda answer: f"comment={last}" in (answer.request.post_data or "")):
        page.keyboard.press("Shift+G")
    page.reload()
    expect(page.get_by_text("message 119", exact=True)).to_be_in_viewport()
    expect(page.locator("#unread")).to_have_count(0)


def test_the_message_menu_by_keyboard_quotes_splits_and_redacts(open_page, desk):
    page = open_page("lena")
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    last = page.locator(".msg", has_text="message 119")
    last.locator("[data-comment-menu]").focus()
    page.keyboard.press("Enter")
    items = page.locator("comment-menu .menu-item:not([hidden])")
    expect(items.first).to_be_focused()
    assert findings(page) == []
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(last.locator("[data-comment-menu]")).to_be_focused()
    page.keyboard.press("Enter")
    page.click("comment-menu >> text=Redact")
    dialog = page.locator("dialog.comment-dialog")
    expect(dialog).to_be_visible()
    assert findings(page) == []
    page.fill("#redact-new", "message 119")
    page.check("[name=confirmed]")
    page.click("dialog.comment-dialog >> text=Redact >> nth=-1")
    expect(dialog).to_be_hidden()
    expect(page.locator(".msg.redacted .text")).to_have_text("█████")


def test_a_split_is_shown_and_taken_back(open_page, desk):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.keyboard.press("Shift+G")
    page.locator(".msg", has_text="message 118").locator("[data-comment-menu]").click()
    page.click("comment-menu >> text=Split into")
    assert findings(page) == []
    page.fill("#split-subject", "Another matter")
    page.check("[name=what][value=move]")
    page.click("dialog.comment-dialog button.primary")
    expect(page.locator(".held-back", has_text="split into another ticket")).to_be_visible()
    page.click("app-toast .toast-act")
    expect(page.locator(".msg .text", has_text="message 118")).to_be_visible()
