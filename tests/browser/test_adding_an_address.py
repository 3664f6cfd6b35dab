"""The guided way to add an address, in a real browser, with the live test through the listener."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from playwright.sync_api import expect

from channels_in import funnel
from channels_in.accounts import default_account, forget_accounts
from channels_in.actions import AccountChanges, update_account
from tests.browser.pages import findings
from tests.channels_in.conftest import ports  # noqa: F401
from tests.factories import as_actor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def desk(admin, support):
    """An administrator and one address, before the browser opens."""
    forget_accounts()
    account = default_account()
    changes = AccountChanges(name="Support " + "with a long name " * 4, brand_color="#17413a")
    update_account(actor=as_actor(admin), account_id=account.pk, changes=changes)
    return account.pk


@pytest.fixture
def worker(transactional_db):
    """Processes what comes in, as the worker does."""
    done = threading.Event()

    def work() -> None:
        while not done.wait(0.2):
            funnel.process_due()
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    done.set()
    thread.join(10)


def test_an_address_is_added_in_four_steps_and_its_test_message_arrives(
    ports, desk, worker, open_page, settings  # noqa: F811
):  # fmt: skip
    settings.SMTP_LISTEN = f"127.0.0.1:{ports[0]}"
    page = open_page("ada")
    page.goto("/views/")
    page.click('.rail a[aria-label="Settings"]')
    page.click("text=Add an address")
    page.fill("#id_address", "help@example.com")
    page.select_option("#id_group", label="Support")
    page.click("button.primary")
    expect(page.get_by_text("How does mail get here?")).to_be_visible()
    page.click("text=Next: how mail leaves")
    page.click("text=Next: the live test")
    page.click("text=Send a test message")
    expect(page.get_by_text("Arrived, ")).to_be_visible(timeout=20_000)
    page.click("text=Done")
    expect(page.get_by_text("Working")).to_be_visible()
    expect(page.get_by_text("Live test").first).to_be_visible()


def test_axe_has_nothing_serious_to_say_about_the_settings(desk, open_page):
    page = open_page("ada")
    found = []
    for tab in (
        "", "details/", "incoming/?guided=1", "incoming/?way=mailbox", "outgoing/?kind=smtp",
        "outgoing/?kind=provider", "test/?guided=1",
    ):  # fmt: skip
        page.goto(f"/admin/channels/{desk}/{tab}")
        found += findings(page)
        assert page.evaluate("page.scrollWidth <= page.clientWidth"), tab  # the element #page
    for path in ("channels/", "channels/new/", "schedules/new/", "senders/", "senders/import/"):
        page.goto(f"/admin/{path}")
        found += findings(page)
    assert found == []
