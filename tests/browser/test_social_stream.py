"""The social stream in a browser: by the keyboard, by day and by night."""

from __future__ import annotations

import pytest

from channels_in.actions.stream import look_for_incidents
from tests.browser.pages import findings
from tests.channels_in.social.stream import burst, hear, make_account, post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told(desk):
    """Five people about the checkout, and one who is glad."""
    account = make_account()
    burst(account)
    look_for_incidents()
    hear(account, post("just got my lamp, it is beautiful, thank you!", author="gia"))


def test_posts_are_decided_about_by_the_keyboard(told, open_page):
    page = open_page()
    page.goto("/social/?order=latest")
    page.get_by_role("heading", name="Likely incident").wait_for()
    assert findings(page) == []
    page.keyboard.press("j")
    first = page.locator("[data-post].at")
    assert "beautiful" in first.inner_text()
    page.keyboard.press("x")
    page.get_by_text("Left alone by Alice").wait_for()
    page.keyboard.press("u")
    card = page.locator("[data-post]", has_text="beautiful")
    # Only the card that waits again has this: until it has come, the one before may be replaced.
    card.get_by_role("button", name="Leave alone").wait_for()
    card.get_by_text("Answer", exact=True).click()
    card.locator("textarea").fill("👩‍👩‍👧‍👦" * 10)
    assert card.locator("[data-count]").inner_text() == "290"
