"""Operations on a ticket in a real browser: merge, snooze, conflict, incidents, and axe on all."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from macros.actions.bulk import run_bulk
from tests.browser.pages import findings, tab_to
from tests.factories import as_actor
from tests.workers import apart
from tickets.actions import (
    FieldDraft,
    FormDraft,
    mark_spam,
    save_ticket_field,
    save_ticket_form,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache", "house"),
]


@pytest.fixture
def house(desk, make_ticket, admin, alice, lead, dave) -> dict[str, Any]:
    """Beside the desk: a form with a field, a problem with two incidents, a deleted ticket."""
    actor = as_actor(admin)
    draft = FieldDraft("Cause", type="multiselect", options=("Glue", "Paint"))
    field = save_ticket_field(actor=actor, draft=draft)
    form = save_ticket_form(actor=actor, draft=FormDraft("Fault", [field.pk]))
    problem = make_ticket(subject="Glue", type="problem", form_id=form.pk)
    for requester in (dave, problem.requester):
        make_ticket(
            subject="Loose", type="incident", problem_id=problem.pk, requester=requester,
            assignee_id=alice.pk,
        )  # fmt: skip
    mark_spam(actor=as_actor(alice), ticket_id=make_ticket(subject="Buy now").pk)
    return {"problem": problem, "field": field, "form": form}


def test_a_merge_and_its_undo_need_no_mouse(open_page, desk):
    ticket, other = desk["ticket"].pk, desk["other"].pk
    page = open_page()
    page.goto(f"/tickets/{ticket}/")
    page.keyboard.press("Shift+M")
    expect(page.locator("#merge-q")).to_be_focused()
    page.keyboard.type("chair")
    expect(page.locator("#merge-found .pick-row")).to_have_count(1)
    tab_to(page, "Chair")
    page.keyboard.press("Space")
    expect(page.locator("#merge-plan")).to_contain_text(f"#{other} Chair is closed")
    tab_to(page, f"Merge into #{ticket}")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text(f"Merged into #{ticket}")
    expect(page.locator(".merge-note")).to_contain_text(f"#{other} was merged in")
    page.wait_for_load_state("networkidle")  # the panel is drawn anew after the merge
    tab_to(page, "Undo", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#page-dialog")).to_contain_text("is again what it was")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{other}/")
    expect(page.locator(".props .pill").first).to_have_text("Open")


def test_a_snooze_is_chosen_and_taken_back_by_keys(open_page, desk):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.keyboard.press("z")
    expect(page.locator('[name="until"][value="tomorrow"]')).to_be_focused()
    tab_to(page, "reply", key="ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".props .snoozed")).to_contain_text("until the customer replies")
    expect(page.locator("#page-dialog")).not_to_be_visible()
    page.keyboard.press("Alt+z")
    expect(page.locator(".props .snoozed")).to_have_count(0)


def test_the_second_of_two_people_is_told_and_keeps_the_words(open_page, desk):
    path = f"/tickets/{desk['ticket'].pk}/"
    alice, bob = open_page("alice"), open_page("bob")
    for page in (alice, bob):
        page.goto(path)
        page.keyboard.press("e")
        expect(page.locator("#subject")).to_be_focused()
    bob.fill("#subject", "Bob's lamp")
    bob.keyboard.press("Enter")
    expect(bob.locator(".subject h1")).to_have_text("Bob's lamp")
    expect(bob.locator("#subject-edit")).to_be_focused()
    alice.fill("#subject", "Alice's lamp")
    alice.keyboard.press("Enter")
    expect(alice.locator(".subject-problem")).to_contain_text("Bob Baker changed this")
    expect(alice.locator(".subject-problem")).to_contain_text("Bob's lamp")
    expect(alice.locator("#subject")).to_have_value("Alice's lamp")
    alice.locator("#subject").focus()
    alice.keyboard.press("Enter")
    expect(alice.locator(".subject h1")).to_have_text("Alice's lamp")


def test_tags_are_completed_and_fields_of_the_form_saved_at_once(open_page, desk, house):
    page = open_page()
    page.goto(f"/tickets/{house['problem'].pk}/")
    page.locator("#p-tag").focus()
    page.keyboard.type("vi")
    expect(page.get_by_role("option", name="vip")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".props .tag", has_text="vip")).to_be_visible()
    with page.expect_response("**/properties/"):
        page.get_by_label("Paint").check()
    page.reload()
    expect(page.get_by_label("Paint")).to_be_checked()


def test_all_incidents_are_solved_in_one_go(open_page, house):
    page = open_page()
    page.goto(f"/tickets/{house['problem'].pk}/")
    page.get_by_role("link", name="Solve all").click()
    page.locator("#solve-text").fill("It holds again.")
    page.get_by_role("button", name="Solve 2 incidents").click()
    expect(page.locator(".toast")).to_contain_text("2 incidents are being solved")
    apart(run_bulk)
    page.reload()
    expect(page.locator(".props .mini .pill")).to_have_text(["Solved", "Solved"])


def test_axe_has_nothing_serious_to_say_of_any_of_it(open_page, desk, house):
    page = open_page("ada")
    number = desk["ticket"].pk
    found = []
    page.goto(f"/tickets/{number}/")
    for key in ("z", "Shift+M", "t", "!"):
        page.keyboard.press(key)
        expect(page.locator("#page-dialog")).to_be_visible()
        found += findings(page)
        page.keyboard.press("Escape")
        expect(page.locator("#page-dialog")).not_to_be_visible()
    for path in (
        f"/tickets/{number}/history/", f"/tickets/{number}/print/?notes=1", "/tickets/deleted/",
        f"/tickets/{house['problem'].pk}/", f"/tickets/{house['problem'].pk}/incidents/",
        "/admin/tickets/fields/", f"/admin/tickets/fields/{house['field'].pk}/",
        "/admin/tickets/forms/", f"/admin/tickets/forms/{house['form'].pk}/",
    ):  # fmt: skip
        page.goto(path)
        found += findings(page)
    assert found == []
