"""The request form of visitors in a real browser: on a foreign site, and by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from channels_in.actions.request_forms import RequestFormDraft, save_request_form
from channels_in.models import InboundItem
from channels_in.receive import raw_bytes
from channels_in.request_forms.signals import signals_of
from channels_in.request_forms.submission import unpack
from tests.browser.pages import Held, apart, findings
from tests.factories import as_actor
from tickets.actions import (
    ConditionDraft,
    FieldDraft,
    FormDraft,
    save_ticket_field,
    save_ticket_form,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def forms(desk, admin) -> None:
    """One form that any local site may show, with a conditional field; one that none may."""
    cache.clear()
    actor = as_actor(admin)
    topic, order = (
        save_ticket_field(actor=actor, draft=draft)
        for draft in (
            FieldDraft("Topic", "tagger", ("Return", "Other"), is_visible_to_customers=True),
            FieldDraft("Order", "regexp", pattern="^BC-[0-9]{5}$", is_visible_to_customers=True),
        )
    )
    conditions = [ConditionDraft(topic.pk, "Return", order.pk, True)]
    draft = FormDraft("Contact", [topic.pk, order.pk], conditions=conditions)
    form = save_ticket_form(actor=actor, draft=draft)
    for slug, sites in (("contact", ["http://localhost:*"]), ("closed", [])):
        draft = RequestFormDraft(
            "Write to us", slug, "Tell us.", ticket_form_id=form.pk, sites=sites, color="#8f3f71"
        )
        save_request_form(actor=actor, draft=draft)


@pytest.fixture
def foreign_site(live_server) -> Iterator[str]:
    """A page of somebody else's under a strict policy, with both forms in it."""
    page = "".join(
        f'<div id="{slug}"><script src="{live_server.url}/request/embed.js" data-form="{slug}" '
        f'data-into="#{slug}" async></script></div>'
        for slug in ("contact", "closed")
    )
    policy = f"default-src 'none'; script-src {live_server.url}; frame-src {live_server.url}"

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Shop</title>{page}".encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


def stored() -> list[tuple[Any, Any]]:
    items = InboundItem.objects.order_by("id")
    return [(unpack(raw_bytes(item)), signals_of(item.envelope)) for item in items]


def test_a_visitor_writes_from_a_foreign_site(open_page, foreign_site):
    page = open_page(None, under_policy=True)
    noted: list[str] = []
    page.on("console", lambda line: noted.append(line.text) if line.type == "error" else None)
    page.goto(foreign_site)
    form = page.frame_locator("#contact iframe")
    form.get_by_label("Your name").fill("Nora")
    form.get_by_label("Your e-mail address").fill("nora@elsewhere.example")
    form.get_by_label("Subject").fill("Torn")
    form.get_by_label("How can we help?").fill("It came torn.")
    assert not form.get_by_label("Order").is_visible()
    form.get_by_label("Topic").select_option("Return")
    form.get_by_label("Order").fill("12345")
    file = {"name": "torn.txt", "mimeType": "text/plain", "buffer": b"a picture of it"}
    form.get_by_label("Add files").set_input_files(file)
    form.get_by_role("button", name="Send").click()
    form.get_by_text("This does not have the form that we expect.").wait_for()
    form.get_by_label("Order").fill("BC-12345")
    form.get_by_role("button", name="Send").dblclick()
    form.get_by_role("heading", name="Thank you, we have your request").wait_for()
    assert 0 < page.locator("#contact iframe").bounding_box()["height"] < 640
    assert page.frame_locator("#closed iframe").locator("form").count() == 0
    assert [line for line in noted if "frame-ancestors" not in line and "422" not in line] == []
    ((sent, signals),) = apart(stored)
    assert (sent.name, list(sent.fields.values())) == ("Nora", ["Return", "BC-12345"])
    assert [(each.filename, each.content) for each in sent.files] == [
        ("torn.txt", b"a picture of it")
    ]
    assert signals.shown_bits >= signals.wanted_bits == 17


def test_the_page_is_for_everybody_and_works_without_scripts(chromium, open_page, live_server):
    page = open_page(None, size="phone")
    page.goto("/request/contact/")
    assert findings(page) == []
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Write your name.").wait_for()
    assert page.evaluate("document.activeElement.name") == "name"
    assert findings(page) == []
    page.goto("/request/contact/thanks/")
    assert findings(page) == []
    plain = chromium.new_context(java_script_enabled=False, base_url=live_server.url).new_page()
    plain.goto("/request/contact/")
    for label, value in (("Your name", "Olga"), ("Your e-mail address", "o@elsewhere.example"),
                         ("Subject", "Plain"), ("How can we help?", "No scripts.")):  # fmt: skip
        plain.get_by_label(label).fill(value)
    plain.get_by_label("Add files").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    plain.get_by_role("button", name="Send").click()
    plain.get_by_text("A person looks at your request first").wait_for()
    ((sent, signals),) = apart(stored)
    assert (sent.name, len(sent.files), signals.shown_bits < 17) == ("Olga", 1, True)


def test_settings_and_new_tickets_can_be_used_by_everybody(open_page):
    page = open_page("ada")
    for path in ("/admin/request-forms/", "/admin/request-forms/1/", "/calls/new/"):
        page.goto(path)
        assert findings(page) == []
    page.goto("/tickets/new/")
    page.get_by_label("Form", exact=True).select_option(label="Contact")
    page.get_by_label("Topic").select_option("Return")
    page.get_by_label("Order", exact=False).first.wait_for()
    assert findings(page) == []


def test_what_is_answered_while_another_form_is_fetched_stands_in_it(open_page):
    page = open_page("ada")
    page.goto("/tickets/new/")
    answers = Held(page, "**/tickets/new/fields/")
    page.get_by_label("Form", exact=True).select_option(label="Contact")
    page.get_by_label("Topic").select_option("Return")
    with page.expect_response("**/tickets/new/fields/"):
        answers.let_through()
    expect(page.get_by_label("Form", exact=True).locator("[selected]")).to_have_text("Contact")
    expect(page.get_by_label("Topic")).to_have_value("Return")
    expect(page.get_by_label("Order", exact=False).first).to_be_visible()
