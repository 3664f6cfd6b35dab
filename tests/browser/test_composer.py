"""Writing: rich text by key, clean paste, completion, drafts that survive, nobody answers twice."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.pages import findings, serious_findings
from tests.factories import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]

WORD = """<html><head><style>p{color:red}</style></head><body>
<p class=MsoNormal style="margin:0">Dear <b><span style="color:red">all</span></b>,<o:p></o:p></p>
<p class=MsoListParagraph style="mso-list:l0 level1"><span style="mso-list:Ignore">·</span>one</p>
<p class=MsoListParagraph style="mso-list:l0 level1"><span style="mso-list:Ignore">·</span>two</p>
<p class=MsoNormal><a href="https://x.example/a" onclick="x()">link</a>
<a href="javascript:x()">bad</a><img src="https://t.example/pixel.gif"></p></body></html>"""
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste",
    {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def page(open_page, desk):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.focus(".rich-area")
    return page


def html_of(page) -> str:
    return page.locator("input[name=html]").input_value()


def test_markdown_paste_and_links_become_clean_html(page):
    keys = page.keyboard
    keys.type("Hi **Carol** and *you*, `x`")
    for line in ("", "- one", "two", "", "1. first", "", "> theirs", "", "end"):
        keys.press("Enter")
        keys.type(line)
    typed = (
        "<p>Hi <b>Carol</b> and <i>you</i>, <code>x</code></p><ul><li>one</li><li>two</li></ul>"
        "<ol><li>first</li></ol><blockquote><p>theirs</p></blockquote><p>end</p>"
    )
    assert html_of(page) == typed
    keys.press("Shift+Home")
    page.evaluate(PASTE, ["", "https://x.example/end"])
    expect(page.locator(".rich-area a")).to_have_attribute("href", "https://x.example/end")
    keys.press("Control+a")
    keys.press("Delete")
    page.evaluate(PASTE, [WORD, "Dear all"])
    expect(page.locator(".rich-area li")).to_have_count(2)
    assert html_of(page) == (
        "<p>Dear <b>all</b>,</p><ul><li>one</li><li>two</li></ul>"
        '<p><a href="https://x.example/a">link</a> bad</p>'
    )
    assert serious_findings(page) == []


def test_a_note_mentions_a_colleague_and_is_submitted_by_key(page, desk, bob):
    page.keyboard.press("Control+Shift+K")
    expect(page.locator("dialog[data-link]")).to_be_visible()
    assert findings(page, sizes=["desk"]) == []
    page.keyboard.press("Escape")
    page.click('[data-compose="internal"]')
    expect(page.locator("[data-submit]")).to_have_text("Submit note as Open")
    page.keyboard.type("@bo")
    expect(page.locator(".completion [role=option]")).to_contain_text("Bob Baker")
    assert findings(page, sizes=["desk"]) == []
    page.keyboard.press("Enter")
    page.keyboard.type("see :tada")
    page.keyboard.press("Tab")
    page.keyboard.press("Alt+Shift+P")
    expect(page.locator(".msg.note [data-mention]")).to_have_text("@Bob Baker")
    expect(page.locator(".props")).to_contain_text("Pending")
    expect(page.locator("textarea[name=body]")).to_have_value("")


def test_a_draft_survives_a_killed_tab_a_server_that_is_away_and_an_expired_sign_in(
    open_page, page, desk, sessions, live_server
):
    number = desk["ticket"].pk
    state = page.locator("[data-draft-state]")
    page.fill(".composer .cc-input", "boss@x.example")
    page.press(".composer .cc-input", "Enter")
    page.focus(".rich-area")
    page.keyboard.type("One **bold** word")
    expect(state).to_have_text("Draft saved")
    page.close(run_before_unload=False)  # killed: nothing more is said to the server

    other = open_page()  # another machine: nothing is kept in its browser
    other.goto(f"/tickets/{number}/")
    expect(other.locator(".rich-area b")).to_have_text("bold")
    expect(other.locator(".composer .cc-chip")).to_contain_text("boss@x.example")
    other.route("**/composer/draft/", lambda route: route.abort())
    other.focus(".rich-area")
    other.keyboard.press("Control+End")
    other.keyboard.type(" and more")
    state = other.locator("[data-draft-state]")
    expect(state).to_have_text("No connection: the draft is kept in this browser")
    other.unroute("**/composer/draft/")
    other.reload()
    expect(other.locator(".rich-area")).to_have_text("One bold word and more")
    expect(state).to_have_text("Draft saved")

    other.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    other.focus(".rich-area")
    other.keyboard.press("Control+End")
    other.keyboard.type("!")
    expect(state).to_have_text("Signed out: the draft is kept in this browser")
    other.keyboard.press("Control+Enter")
    expect(other.locator(".composer-notice")).to_contain_text("signed out")
    other.goto(f"/sign-in/?next=/tickets/{number}/")
    other.fill("#email", "alice@example.com")
    other.fill("#password", PASSWORD)
    other.click("button.primary")
    expect(other.locator(".rich-area")).to_have_text("One bold word and more!")
    expect(other.locator("[data-draft-state]")).to_have_text("Draft saved")


def test_a_second_window_is_noticed_and_the_person_chooses(page, desk):
    page.keyboard.type("Mine")
    expect(page.locator("[data-draft-state]")).to_have_text("Draft saved")
    second = page.context.new_page()
    second.goto(page.url)
    second.focus(".rich-area")
    second.keyboard.press("Control+End")
    second.keyboard.type(" goes on")
    expect(second.locator("[data-draft-state]")).to_have_text("Draft saved")
    page.bring_to_front()
    page.focus(".rich-area")
    page.keyboard.press("Control+End")
    page.keyboard.type(" differs")
    expect(page.locator("[data-rival-text]")).to_have_text("Mine goes on")
    page.click("text=Take that text")
    expect(page.locator(".rich-area")).to_have_text("Mine goes on")


def test_nobody_answers_what_they_have_not_read(page, open_page, desk):
    number = desk["ticket"].pk
    page.keyboard.type("My answer")
    theirs = open_page("bob")
    theirs.goto(f"/tickets/{number}/")
    theirs.focus(".rich-area")
    theirs.keyboard.type("Answered already")
    theirs.keyboard.press("Control+Enter")
    expect(theirs.locator(".msg").last).to_contain_text("Answered already")
    page.keyboard.press("Control+Enter")
    notice = page.locator(".meanwhile")
    expect(notice).to_contain_text("Bob Baker")
    expect(notice).to_contain_text("Answered already")
    assert findings(page) == []
    expect(page.locator("textarea[name=body]")).to_have_value("My answer")
    page.keyboard.press("Enter")  # "Send anyway" has the focus
    expect(page.locator(".msg").last).to_contain_text("My answer")
    expect(page.locator("textarea[name=body]")).to_have_value("")
