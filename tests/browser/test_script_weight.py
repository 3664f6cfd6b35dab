"""How much script the ticket page costs: everything it loads, compressed."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]
LIMIT = 150_000  # bytes


def test_the_ticket_page_loads_less_than_150_kb_of_script(open_page, desk):
    page = open_page()
    weights: dict[str, int] = {}

    def weigh(response):
        if response.request.resource_type == "script":
            weights[response.url.rpartition("/")[2]] = len(gzip.compress(response.body(), 6))

    page.on("response", weigh)
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.focus(".rich-area")
    page.keyboard.type(":thumbs")  # the list of emoji comes when it is asked for
    expect(page.locator(".completion [role=option]").first).to_be_visible()
    total = sum(weights.values())
    print(f"{total / 1000:.1f} kB of script in {len(weights)} files")  # noqa: T201  the figure
    assert weights["squire.mjs"] < 60_000
    assert total < LIMIT
