"""Connecting a network and answering on it, in a real browser; WhatsApp is a strict fake."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from channels_in import funnel
from channels_in.actions import send_due
from channels_in.meta import graph
from channels_in.networks.ways import kept_connected
from tests.browser.pages import serious_findings
from tests.channels_in.messaging import fake_whatsapp
from tests.channels_in.messaging.fake_server import serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def desk(admin, support):
    """An administrator; no account is connected yet."""
    kept_connected.forget()
    yield
    kept_connected.forget()


@pytest.fixture
def worker(transactional_db) -> Iterator[None]:
    """Takes in and sends, as the worker does."""
    done = threading.Event()

    def work() -> None:
        while not done.wait(0.1):
            funnel.process_due()
            send_due(["whatsapp"])
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    done.set()
    thread.join(10)


@pytest.fixture
def meta(monkeypatch) -> Iterator[fake_whatsapp.FakeWhatsApp]:
    api = fake_whatsapp.FakeWhatsApp()
    with serving(api) as server:
        monkeypatch.setattr(graph, "HOST", server.url)
        yield api


def reload_until(page: Page, wanted: Locator) -> None:
    """There is no websocket here that would tell the page."""
    for _ in range(30):
        page.reload()
        if wanted.count():
            return
        page.wait_for_timeout(200)
    expect(wanted).to_be_visible()


def test_whatsapp_is_connected_and_a_customer_is_answered_there(
    meta, desk, worker, open_page, live_server, settings
):
    settings.UNDO_SEND_SECONDS = 0
    page = open_page("ada")
    page.goto(reverse("admin:new_network", args=["whatsapp"]))
    typed = {
        "phone_number_id": fake_whatsapp.NUMBER_ID, "access_token": "wrong",
        "business_account_id": fake_whatsapp.BUSINESS_ID, "app_secret": fake_whatsapp.SECRET,
    }  # fmt: skip
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.click("main button.primary")
    expect(page.locator("main")).to_contain_text("Session has expired")
    page.fill("[name=access_token]", fake_whatsapp.TOKEN)
    page.fill("[name=app_secret]", fake_whatsapp.SECRET)
    page.click("main button.primary")
    address = page.locator("main code").first
    expect(address).to_contain_text("/hooks/whatsapp/")
    path = address.inner_text().partition("//")[2].partition("/")[2]
    assert meta.listens_at["override_callback_uri"].endswith(path)

    body, headers = fake_whatsapp.posted(fake_whatsapp.message("text", {"body": "Is it back?"}))
    assert httpx.post(f"{live_server.url}/{path}", content=body, headers=headers).status_code == 200
    link = page.locator(".log-link", has_text="Is it back?")
    reload_until(page, link)
    link.click()
    form = page.locator("form.composer")
    expect(form.locator(".way-only")).to_contain_text("WhatsApp · +16505551234")
    expect(form.locator('[data-rich="bold"]')).to_be_hidden()
    page.locator("[role=textbox]#body").fill("On Monday 🎉")
    assert serious_findings(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator("[role=textbox]#body")).to_be_empty()
    reload_until(page, page.locator(".delivery.sent"))
    assert [row["text"]["body"] for row in meta.sent] == ["On Monday 🎉"]
