"""Macros in the composer and on their pages; dynamic content in the settings."""

from __future__ import annotations

from typing import Any

import pytest

from macros.actions import ContentDraft, MacroDraft, create_macro, save_content
from macros.models import DynamicContent, Macro, MacroUse
from tests.factories import as_actor
from tickets.models import AuditEvent, EventType

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def text(words: str) -> dict[str, Any]:
    return {"field": "comment_value", "value": {"mode": "append", "text": words}}


def made(user, title="Late", *effects, **draft) -> Macro:
    given = MacroDraft(title=title, effects=list(effects) or [text("Sorry.")], **draft)
    return create_macro(actor=as_actor(user), draft=given)


def row(name: str, value: str, key: str = "1", **parts: str) -> dict[str, str]:
    """A step of the form as a browser sends it."""
    return {"e": key, f"e{key}-field": name, f"e{key}-was": name, f"e{key}-value": value,
            **{f"e{key}-{part}": words for part, words in parts.items()}}  # fmt: skip


# -- the composer


def test_applying_answers_with_the_form_and_changes_nothing(browser_of, alice, make_ticket):
    ticket = make_ticket()
    macro = made(alice, "Late", text("Dear {{ticket.requester.first_name}}"),
                 {"field": "priority", "value": "high"})  # fmt: skip
    answer = browser_of(alice).post(
        f"/tickets/{ticket.pk}/macros/application/",
        {"add": macro.pk, "before": "Hi. ", "after": "", "kind": "public"},
    ).json()  # fmt: skip
    assert (answer["before"], answer["after"]) == ("Hi. Dear Carol", "")
    assert answer["macro"] == f"{macro.pk}:1"
    assert "Priority" in answer["chips"]
    ticket.refresh_from_db()
    assert (ticket.version, ticket.priority, MacroUse.objects.count()) == (1, "", 0)


def test_a_submit_with_macros_is_one_audit(browser_of, alice, make_ticket):
    ticket = make_ticket()
    macro = made(alice, "Late", {"field": "priority", "value": "high"})
    browser_of(alice).post(
        f"/tickets/{ticket.pk}/comments/",
        {"body": "Dear Carol", "kind": "public", "status": "pending", "version": 1,
         "macro": f"{macro.pk}:1"},
    )  # fmt: skip
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.status, ticket.comments.count()) == ("high", "pending", 2)
    assert AuditEvent.objects.get(type=EventType.AGENT_MACRO).value["macro_id"] == macro.pk


def test_a_submit_of_nothing_but_a_macro_is_enough(browser_of, alice, make_ticket):
    ticket = make_ticket()
    macro = made(alice, "Late", {"field": "priority", "value": "high"})
    browser_of(alice).post(f"/tickets/{ticket.pk}/comments/", {"macro": f"{macro.pk}:1"})
    ticket.refresh_from_db()
    assert ticket.priority == "high"


def test_another_agents_macro_is_neither_shown_nor_applied(browser_of, alice, bob, make_ticket):
    ticket, macro = make_ticket(), made(bob, "Bobs secret")
    browser = browser_of(alice)
    listed = browser.get(f"/tickets/{ticket.pk}/macros/").content.decode()
    applied = browser.post(f"/tickets/{ticket.pk}/macros/application/", {"add": macro.pk})
    page = browser.get(f"/macros/{macro.pk}/")
    assert "Bobs secret" not in listed + applied.content.decode() + page.content.decode()
    assert (applied.status_code, page.status_code) == (409, 404)


def test_macros_open_no_ticket_one_may_not_see(browser_of, confined_bob, make_ticket, support):
    ticket = make_ticket(group_id=support.pk)
    macro = made(confined_bob, "Echo", text("{{ticket.title}} {{ticket.requester.email}}"))
    browser = browser_of(confined_bob)
    for path, send in (("", browser.get), ("preview/", browser.post), ("chips/", browser.get),
                       ("application/", browser.post)):  # fmt: skip
        answer = send(f"/tickets/{ticket.pk}/macros/{path}", {"add": macro.pk})
        assert answer.status_code == 404
    assert "did not arrive" not in browser.get(
        f"/macros/{macro.pk}/test/?ticket={ticket.pk}"
    ).content.decode()  # fmt: skip


def test_titles_and_texts_are_shown_as_text(browser_of, alice, make_ticket):
    ticket = make_ticket(subject=SCRIPT)
    macro = made(alice, SCRIPT, text(f"{SCRIPT} {{{{ticket.title}}}}"), description=SCRIPT)
    browser = browser_of(alice)
    pages = [
        browser.get(f"/tickets/{ticket.pk}/macros/"),
        browser.post(f"/tickets/{ticket.pk}/macros/preview/", {"add": macro.pk}),
        browser.get(f"/tickets/{ticket.pk}/macros/chips/?macro={macro.pk}:1"),
        browser.get("/macros/"),
        browser.get(f"/macros/{macro.pk}/"),
        browser.get(f"/macros/{macro.pk}/history/"),
        browser.get(f"/macros/{macro.pk}/test/?ticket={ticket.pk}"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert SCRIPT not in page.content.decode()


def test_a_reply_is_kept_as_a_personal_macro(browser_of, alice):
    data = {"title": "Thanks", "body": "Thank you {{x}}", "kind": "public"}
    assert browser_of(alice).post("/macros/kept-replies/", data).status_code == 201
    macro = Macro.objects.get()
    assert (macro.owner_id, macro.title) == (alice.pk, "Thanks")
    refused = browser_of(alice).post("/macros/kept-replies/", {"title": "", "body": "x"})
    assert refused.status_code == 422


# -- the pages


def test_a_macro_is_made_with_the_form(browser_of, alice):
    answer = browser_of(alice).post(
        "/macros/new/",
        {"title": "Shipping::Late", "restriction": "personal", "is_active": "on",
         **row("comment_value", "", mode="append", text="Sorry, {{ticket.id}}.")},
    )  # fmt: skip
    assert answer.status_code == 302
    assert Macro.objects.get().effects == [text("Sorry, {{ticket.id}}.")]


def test_agents_are_offered_no_sharing_and_cannot_force_it(browser_of, alice):
    browser = browser_of(alice)
    assert "Everyone</option>" not in browser.get("/macros/new/").content.decode()
    answer = browser.post(
        "/macros/new/", {"title": "X", "restriction": "everyone", **row("priority", "high")}
    )
    assert answer.status_code == 422
    assert Macro.objects.count() == 0


def test_shared_macros_can_be_read_and_not_changed_by_agents(browser_of, alice, lead):
    macro = made(lead, "Shared", scope="everyone")
    browser = browser_of(alice)
    page = browser.get(f"/macros/{macro.pk}/").content.decode()
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    for path in ("", "activation/", "position/", "removal/"):
        data = {"title": "Mine", "restriction": "personal", "is_active": "on",
                **row("priority", "high")}  # fmt: skip
        assert browser.post(f"/macros/{macro.pk}/{path}", data).status_code == 403
    browser.post(f"/macros/{macro.pk}/revert/", {"revision": "1"})
    macro.refresh_from_db()
    assert (macro.title, macro.is_active, macro.revision) == ("Shared", True, 1)


def test_the_list_is_searched_filtered_ordered_and_switched(browser_of, lead):
    one, two = made(lead, "Alpha", scope="everyone"), made(lead, "Beta", scope="everyone")
    made(lead, "Own")
    browser = browser_of(lead)
    assert "Beta" not in browser.get("/macros/?q=alph").content.decode()
    assert "Alpha" not in browser.get("/macros/?for=personal").content.decode()
    browser.post(f"/macros/{two.pk}/position/", {"move": "up"})
    browser.post(f"/macros/{one.pk}/activation/", {"active": "0"})
    rows = Macro.objects.filter(owner=None).order_by("position")
    assert [(macro.title, macro.is_active) for macro in rows] == [("Beta", True), ("Alpha", False)]


# -- dynamic content


def test_a_text_is_written_in_two_languages_and_named_by_a_macro(
    browser_of, lead, alice, make_ticket, carol
):
    browser = browser_of(lead)
    data = {"name": "Closing", "placeholder": "closing", "default_locale": "en",
            "locale": ["en", "de"],
            "text": ["Thanks {{ticket.id}}", "Danke {{ticket.id}}"]}  # fmt: skip
    assert browser.post("/admin/rules/content/new/", data).status_code == 302
    content = DynamicContent.objects.get()
    made(lead, "Bye", text("{{dc.closing}}"), scope="everyone")
    page = browser.get(f"/admin/rules/content/{content.pk}/").content.decode()
    assert "Danke" in page
    assert "Bye" in page
    carol.language = "de-AT"
    carol.save(update_fields=["language"])
    ticket = make_ticket()
    shown = browser_of(alice).post(
        f"/tickets/{ticket.pk}/macros/preview/", {"add": Macro.objects.get().pk}
    )
    assert f"Danke {ticket.pk}" in shown.content.decode()
    browser.post(f"/admin/rules/content/{content.pk}/removal/")
    assert DynamicContent.objects.count() == 1


def test_dynamic_content_is_for_who_manages_rules(browser_of, alice, lead):
    content = save_content(
        actor=as_actor(lead), draft=ContentDraft("Closing", "closing", "en", {"en": "Bye"})
    )
    browser = browser_of(alice)
    assert browser.get("/admin/rules/content/").status_code == 403
    answer = browser.post(f"/admin/rules/content/{content.pk}/", {"name": "x"})
    assert answer.status_code == 403
    content.refresh_from_db()
    assert content.name == "Closing"
