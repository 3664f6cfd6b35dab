"""The widget in a real browser, on a foreign site with a strict policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import FrameLocator, Page, expect

from channels_in.actions.chat import answer_chat, end_chat, mark_house_read
from channels_in.models import Chat, ChatWidget
from tests.browser.live_house import live_house
from tests.browser.pages import AXE, LOOK_OVER, RULES
from tests.browser.shop import foreign_shop
from tests.factories import as_actor
from tests.journeys.house import wait_for
from tickets.models import Comment, SatisfactionRating
from web.live import connected

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NO_WEBSOCKETS = """window.WebSocket = class {
    constructor() { setTimeout(() => this.onclose({ code: 1006 })); }
    send() {}
    close() {}
}"""


@pytest.fixture
def by_agent(alice) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Something done while the browser's loop holds this thread."""
    with ThreadPoolExecutor(1) as other:

        def run(act: Callable[[], Any]) -> Any:
            def done() -> Any:
                try:
                    return act()
                finally:
                    connection.close()

            return other.submit(done).result(15)

        yield run


@pytest.fixture
def shop(widget: ChatWidget, support, alice, by_agent, chromium) -> Iterator[str]:
    with live_house() as desk, foreign_shop(desk, by_agent(lambda: widget.account.address)) as url:

        def allow() -> None:
            ChatWidget.objects.update(sites=[url], asks_name="no", asks_email="no")
            connected.note(alice.pk)

        by_agent(allow)
        yield url
        for context in chromium.contexts:
            context.close()


def inside(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[data-desk-chat-frame]")


def begin(page: Page, words: str) -> FrameLocator:
    frame = inside(page)
    frame.get_by_role("button", name="Open chat").click()
    frame.get_by_role("button", name="Talk to a person").click()
    write(frame, words)
    return frame


def write(frame: FrameLocator, words: str) -> None:
    frame.get_by_label("Your message").fill(words)
    frame.get_by_label("Your message").press("Enter")


def test_a_chat_on_a_foreign_site_from_hello_to_rating(shop, chromium, alice, by_agent):
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    complaints: list[str] = []
    page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
    page.goto(shop)
    frame = begin(page, "My parcel is late")
    expect(frame.get_by_text("You are next.")).to_be_visible()
    expect(frame.locator(".own .mark")).to_have_text("Sent")

    chat = by_agent(lambda: Chat.objects.select_related("ticket").get())
    by_agent(lambda: answer_chat(actor=as_actor(alice), chat_id=chat.pk, body="Let me look."))
    expect(frame.get_by_text("Let me look.")).to_be_visible()
    by_agent(lambda: mark_house_read(actor=as_actor(alice), chat_id=chat.pk, comment_id=2**40))
    expect(frame.locator(".own .mark")).to_have_text("Read")

    frame.get_by_label("Your message").fill("not sent yet")
    page.click("#next")  # the next page of the shop: the same chat, and the unsent words
    frame = inside(page)
    expect(frame.get_by_text("Let me look.")).to_be_visible()
    expect(frame.get_by_label("Your message")).to_have_value("not sent yet")

    frame.get_by_label("Close chat").first.click()
    by_agent(lambda: answer_chat(actor=as_actor(alice), chat_id=chat.pk, body="It comes today."))
    expect(frame.get_by_role("button", name="Open chat, 1 unread")).to_be_visible()
    by_agent(lambda: end_chat(actor=as_actor(alice), chat_id=chat.pk, status="solved"))
    frame.get_by_role("button", name="Open chat, 1 unread").click()
    frame.get_by_role("button", name="Good", exact=True).click()
    frame.get_by_role("button", name="Send", exact=True).click()
    expect(frame.get_by_text("Thank you!")).to_be_visible()

    assert complaints == []
    assert by_agent(lambda: SatisfactionRating.objects.get().score) == "good"
    assert by_agent(lambda: Chat.objects.get().visitor.page_url) == f"{shop}/other"


def test_two_tabs_and_a_reload_show_one_conversation(shop, chromium, alice, by_agent):
    context = chromium.new_context()
    one, two = context.new_page(), context.new_page()
    one.goto(shop)
    begin(one, "From the first tab")
    expect(inside(one).locator(".own .mark")).to_have_text("Sent")
    two.goto(shop)
    inside(two).get_by_role("button", name="Open chat").click()
    expect(inside(two).get_by_text("From the first tab")).to_be_visible()
    write(inside(two), "From the second tab")
    expect(inside(one).get_by_text("From the second tab")).to_have_count(1)
    one.reload()
    expect(inside(one).locator(".said")).to_have_count(2)

    assert by_agent(lambda: list(Comment.objects.order_by("id").values_list("body", flat=True)
                                 .filter(ticket__channel="chat"))) == [
        "From the first tab", "From the second tab",
    ]  # fmt: skip


def test_what_is_said_without_a_connection_is_sent_once_when_it_is_back(shop, chromium, by_agent):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(shop)
    frame = begin(page, "Before")
    expect(frame.locator(".own .mark")).to_have_text("Sent")
    context.set_offline(True)
    page.evaluate("document.querySelector('iframe[data-desk-chat-frame]').contentWindow")
    write(frame, "While away")
    expect(frame.get_by_text("While away")).to_be_visible()
    context.set_offline(False)
    page.reload()
    expect(inside(page).get_by_text("While away")).to_be_visible()
    expect(inside(page).locator(".own .mark").last).to_have_text("Sent")

    comments = Comment.objects.filter(body="While away")
    wait_for(lambda: by_agent(comments.exists), 15)  # taken is stored; a moment later it is one
    assert by_agent(comments.count) == 1


def test_a_chat_goes_both_ways_where_a_proxy_lets_no_websocket_through(
    shop, chromium, alice, by_agent
):
    page = chromium.new_context().new_page()
    page.add_init_script(NO_WEBSOCKETS)
    asked: list[float] = []
    page.on("request", lambda each: "/conversation/" in each.url and asked.append(monotonic()))
    page.goto(shop)
    frame = begin(page, "Message 0")
    expect(frame.locator(".own .mark")).to_have_text("Sent", timeout=15_000)
    chat = by_agent(lambda: Chat.objects.select_related("ticket").get())
    by_agent(lambda: answer_chat(actor=as_actor(alice), chat_id=chat.pk, body="Let me look."))
    expect(frame.get_by_text("Let me look.")).to_be_visible()
    by_agent(lambda: mark_house_read(actor=as_actor(alice), chat_id=chat.pk, comment_id=2**40))
    expect(frame.locator(".own .mark")).to_have_text("Read")
    for number in (1, 2, 3):  # while the page asks: it must not ask more often ever after
        write(frame, f"Message {number}")
    expect(frame.locator(".own .mark").last).to_have_text("Sent")
    with page.expect_request("**/conversation/**"):
        before = len(asked)
    with page.expect_request("**/conversation/**"):
        pass

    assert asked[-1] - asked[before] >= 2.5
    assert by_agent(lambda: list(chat.ticket.comments.order_by("created_at", "id")
                                 .values_list("body", flat=True))) == [
        "Message 0", "Let me look.", "Message 1", "Message 2", "Message 3",
    ]  # fmt: skip
    chat = by_agent(lambda: Chat.objects.get())
    assert chat.visitor_got == chat.visitor_read > 0


def test_no_other_site_may_show_the_widget(shop, chromium, by_agent):
    by_agent(lambda: ChatWidget.objects.update(sites=["https://shop.example"]))
    page = chromium.new_page()
    refused: list[str] = []
    page.on("console", lambda line: "frame-ancestors" in line.text and refused.append(line.text))
    page.goto(shop)
    page.wait_for_timeout(600)

    assert refused
    assert page.locator("iframe[data-desk-chat-frame]").is_hidden()


def test_axe_finds_nothing_by_day_and_by_night_in_any_direction(shop, chromium):
    page = chromium.new_context(bypass_csp=True).new_page()
    page.goto(f"{shop}/?ar")
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.reload()
        handle = page.wait_for_selector("iframe[data-desk-chat-frame]", state="attached")
        frame = handle.content_frame()
        frame.wait_for_selector(".launcher")
        if scheme == "light":
            frame.click(".launcher")
            found += axe(frame)
            frame.click(".home .primary")
            frame.fill("textarea", "parcel")
            frame.press("textarea", "Enter")
        frame.wait_for_selector(".own .mark:not(:empty)")
        found += axe(frame)

    assert found == []


def axe(frame: Any) -> list[str]:
    if frame.evaluate("!window.axe"):
        frame.evaluate(AXE)
    return frame.evaluate(LOOK_OVER, RULES)
