"""A side conversation in a real browser: begun, answered by mail, read, closed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from channels_in import funnel
from channels_in.accounts import default_account, forget_accounts
from channels_in.email.addresses import side_reply_address
from channels_in.receive import RawMessage, receive
from tests.browser.pages import findings, tab_to
from tests.channels_in.conftest import make_mail
from tickets.models import SideConversation, Ticket

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache", "account"),
]


@pytest.fixture
def account(transactional_db, desk):
    forget_accounts()
    default_account()
    yield
    forget_accounts()


def answer_by_mail(text: str) -> str:
    """Carrie's mail program answers to the address it was told; returns the ticket's status."""
    side = SideConversation.objects.get()
    to = side_reply_address(side.pk, side.participants.get().user_id, "support@example.com")
    raw = make_mail(sender="Carrie <carrie@carrier.example>", to=to, text=text)
    receive([RawMessage(default_account(), raw, {"via": "smtp", "to": [to]})])
    funnel.process_due()
    return Ticket.objects.get(pk=side.ticket_id).status


def outside(work, *args):
    """Playwright's loop runs in this thread, where Django allows no queries."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *args).result()


def test_it_is_begun_answered_by_mail_and_read(open_page, desk):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.click("[data-open-side]")
    expect(page.locator("#side-to")).to_be_focused()
    assert findings(page, sizes=["desk"]) == []
    page.keyboard.type("carrie@carrier.example,")
    expect(page.locator(".side-to .cc-chip")).to_have_count(1)
    page.fill("#side-subject", "Parcel 12")
    page.fill("#side-body", "Where is it?")
    page.press("#side-body", "Control+Enter")
    expect(page.locator(".side-msg.ours")).to_contain_text("Where is it?")
    expect(page.locator(".event").last).to_contain_text("began the side conversation “Parcel 12”")
    assert outside(answer_by_mail, "In Leipzig.") == "open"
    page.reload()
    expect(page.locator(".side-count")).to_have_text("1 unread")
    expect(page.locator(".side-row.unread")).to_contain_text("In Leipzig.")
    assert findings(page) == []
    page.click(".side-row")
    expect(page.locator(".side-msg.theirs")).to_contain_text("In Leipzig.")
    expect(page.locator(".side-count")).to_be_hidden()
    expect(page.locator(".event").last).to_contain_text("answered in the side conversation")
    assert findings(page) == []
    page.click(".side-panel >> text=Close")
    expect(page.locator(".side-panel >> text=Reopen")).to_be_visible()
    expect(page.locator(".msg", has_text="In Leipzig.")).to_have_count(0)


def test_on_a_phone_a_mistake_keeps_what_was_written(open_page, desk):
    page = open_page(size="phone")
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.click("[data-open-side]")
    page.fill("#side-body", "Half a question")
    page.click("[data-side-send]")
    expect(page.locator(".side-form [role=alert]").first).to_contain_text("whom this goes to")
    expect(page.locator("#side-body")).to_have_text("Half a question")
    assert findings(page) == []
    page.reload()
    page.click("[data-open-side]")
    expect(page.locator("#side-body")).to_have_text("Half a question")


def test_what_was_sent_is_taken_back_by_key_and_written_on(open_page, desk, settings):
    settings.UNDO_SEND_SECONDS = 60
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.click("[data-open-side]")
    page.fill("#side-to", "carrie@carrier.example")
    page.fill("#side-subject", "Parcel 12")
    page.click("#side-body")
    page.keyboard.type("It is **urgent**, I attach the label.")
    page.press("#side-body", "Control+Enter")
    expect(page.locator(".side-form .doubts")).to_contain_text("attach")
    page.click(".side-form .doubts >> text=Send anyway")
    expect(page.locator(".side-msg.ours b, .side-msg.ours strong")).to_have_text("urgent")
    expect(page.locator(".side-msg.ours leaves-in")).to_be_visible()
    page.keyboard.press("Alt+z")
    expect(page.locator("#side-subject")).to_have_value("Parcel 12")
    expect(page.locator("#side-body")).to_contain_text("It is urgent")
    expect(page.locator(".side-to .cc-chip")).to_have_count(1)
    assert outside(SideConversation.objects.count) == 0


def test_a_message_is_forwarded_by_keyboard(open_page, desk):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.locator(".msg.customer [data-comment-menu]").first.press("Enter")
    tab_to(page, "Forward", key="ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#side-to")).to_be_focused()
    expect(page.locator("#side-subject")).to_have_value("Fwd: Lamp")
    page.keyboard.type("carrie@carrier.example,")
    expect(page.locator("#side-body")).to_contain_text("---- Forwarded message ----")
    tab_to(page, "Message")
    page.keyboard.press("Control+Home")
    page.keyboard.type("Is it with you?")
    page.keyboard.press("Control+Enter")
    sent = page.locator(".side-msg.ours")
    expect(sent).to_contain_text("Is it with you?")
    expect(sent).to_contain_text("From: Carol Customer")
    expect(sent).to_contain_text("I have been waiting for two weeks.")
    expect(page.locator(".side-panel")).to_contain_text("carrie@carrier.example")
