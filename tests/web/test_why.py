"""“Why?” on the ticket page, what rules made of its updates, and who may ask"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from macros.actions import delete_trigger
from macros.models import RuleRun, Trigger
from tests.factories import SETUP, as_actor, make_user
from tests.macros.rules import CREATED, condition, effect, notice, submit, trigger
from tickets.actions import create_view
from tickets.models import Delivery, Ticket

pytestmark = pytest.mark.django_db

UNSOLVED = {"all": [{"field": "status", "operator": "less_than", "value": "solved"}]}


@pytest.fixture
def ticket(make_ticket, support) -> Ticket:
    """In Support, made urgent by a trigger that also tags it and writes to its requester."""
    trigger("VIP first", [CREATED, condition("subject_includes_word", "includes", "parcel")],
            effect("priority", "urgent"), effect("current_tags", ["vip"]),
            notice("requester"))  # fmt: skip
    return Ticket.objects.get(pk=make_ticket(group_id=support.pk).pk)


def addresses(ticket: Ticket) -> list[str]:
    """Everything that can be asked about it."""
    at, run = f"/tickets/{ticket.pk}", RuleRun.objects.get(ticket=ticket)
    delivery = Delivery.objects.get(ticket=ticket, subject="Look")
    return [
        f"{at}/why/priority/", f"{at}/why/tag/?tag=vip", f"{at}/why/mail/?delivery={delivery.pk}",
        f"{at}/why/update/?audit={ticket.audits.get().pk}", f"{at}/rules/",
        f"{at}/rules/{run.pk}/",
    ]  # fmt: skip


def test_the_answer_is_a_page_and_for_an_open_page_a_fragment(browser_of, alice, ticket):
    browser = browser_of(alice)
    page = browser.get(f"/tickets/{ticket.pk}/why/priority/").content.decode()
    assert "<html" in page
    assert "Priority is “Urgent” because the trigger “VIP first” (revision 1) set it on" in page
    fragment = browser.get(f"/tickets/{ticket.pk}/why/priority/", headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert "Subject contains at least one of the words" in fragment.content.decode()


def test_everybody_of_the_staff_who_sees_the_ticket_may_ask(
    browser_of, alice, lightly, lead, admin, ticket
):
    for person in (alice, lightly, lead, admin):
        for address in addresses(ticket):
            answer = browser_of(person).get(address)
            assert answer.status_code == 200, (person, address)
            assert "VIP first" in answer.content.decode(), (person, address)


def test_who_does_not_see_the_ticket_learns_nothing(
    browser_of, confined_bob, carol, mallory, ticket
):
    for person, statuses in ((confined_bob, {404}), (carol, {302, 403}), (mallory, {302, 403}),
                             (None, {302})):  # fmt: skip
        for address in addresses(ticket):
            answer = browser_of(person).get(address)
            assert answer.status_code in statuses, (person, address)
            assert "VIP first" not in answer.content.decode()


def test_nothing_of_another_ticket_is_told(browser_of, alice, ticket, make_ticket):
    other = make_ticket()
    asked = addresses(ticket)
    for address in (asked[2], asked[3], asked[5]):
        moved = address.replace(f"/tickets/{ticket.pk}/", f"/tickets/{other.pk}/")
        assert browser_of(alice).get(moved).status_code == 404


@pytest.mark.parametrize(
    "about",
    ["version", "tag/", "mail/?delivery=x", "update/", "place/", "sla/", "custom_fields_1/",
     "mail/?delivery=99999999999999999999", "tag/?tag=%00", "place/?view=1"],
)  # fmt: skip
def test_what_cannot_be_asked_is_not_found(browser_of, alice, ticket, about):
    address = f"/tickets/{ticket.pk}/why/{about if '/' in about else about + '/'}"
    assert browser_of(alice).get(address).status_code == 404


def test_only_who_manages_rules_gets_links_to_rules_that_are_there(browser_of, alice, lead, ticket):
    link = '<a class="link" href="/admin/rules/triggers/'
    at = f"/tickets/{ticket.pk}/why/priority/"
    assert link not in browser_of(alice).get(at).content.decode()
    assert link in browser_of(lead).get(at).content.decode()
    delete_trigger(actor=SETUP, trigger_id=Trigger.objects.get(title="VIP first").pk)
    assert link not in browser_of(lead).get(at).content.decode()


def test_titles_and_tags_are_text(browser_of, alice, make_ticket):
    evil = "<img src=x onerror=alert(1)>"
    trigger(evil, [CREATED, condition("subject_includes_word", "is", evil)],
            effect("current_tags", ["<b>x"]))  # fmt: skip
    ticket = make_ticket(subject=evil)
    browser = browser_of(alice)
    for about in ("tag/?tag=%3Cb%3Ex", "subject/", f"update/?audit={ticket.audits.get().pk}"):
        page = browser.get(f"/tickets/{ticket.pk}/why/{about}").content.decode()
        assert "<img src=x" not in page
        assert "<b>x" not in page
    page = browser.get(f"/tickets/{ticket.pk}/rules/").content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_the_ticket_page_asks_beside_each_property_and_names_rules_in_its_history(
    browser_of, alice, ticket
):
    page = browser_of(alice).get(f"/tickets/{ticket.pk}/").content.decode()
    for about in ("status", "requester_id", "assignee_id", "type", "priority"):
        assert f'data-why href="/tickets/{ticket.pk}/why/{about}/"' in page, about
    assert f'data-why href="/tickets/{ticket.pk}/why/tag/?tag=vip"' in page
    assert 'title="the trigger “VIP first” (revision 1)"' in page
    assert f"/why/update/?audit={ticket.audits.get().pk}" in page


def test_what_a_rule_did_is_not_told_as_the_doing_of_who_made_the_update(
    browser_of, alice, make_ticket
):
    trigger("Low when pending", [condition("status", "value", "pending")],
            effect("priority", "low"))  # fmt: skip
    ticket = make_ticket()
    submit(ticket, alice, status="pending")
    page = browser_of(alice).get(f"/tickets/{ticket.pk}/").content.decode()
    line = page.split('class="event"')[-1].split("</div>")[0]
    own, by_rule = line.split("Low when pending</bdi>")
    assert "Alice Archer" in own
    assert "New → Pending" in own
    assert "priority Low" in by_rule
    assert "priority Low" not in own


def test_a_reply_s_details_ask_why_each_person_got_it(browser_of, alice, ticket):
    submit(ticket, alice, "We look into it.")
    delivery = Delivery.objects.get(ticket=ticket, kind="comment")
    page = browser_of(alice).get(f"/tickets/{ticket.pk}/").content.decode()
    assert f"/why/mail/?delivery={delivery.pk}" in page


def test_the_place_stands_beside_the_neighbours(browser_of, alice, admin, ticket, make_ticket):
    make_ticket()
    view = create_view(actor=as_actor(admin), title="Open ones", conditions=UNSOLVED)
    browser = browser_of(alice)
    beside = browser.get(f"/tickets/{ticket.pk}/neighbours/?view={view.pk}").content.decode()
    assert "2 of 2" in beside
    assert f"/why/place/?view={view.pk}" in beside
    page = browser.get(f"/tickets/{ticket.pk}/why/place/?view={view.pk}").content.decode()
    assert "It is number 2 of 2 in “Open ones”." in page


def test_the_place_in_somebody_else_s_view_cannot_be_asked(browser_of, alice, bob, ticket):
    view = create_view(actor=as_actor(bob), title="Mine", conditions=UNSOLVED, owner_id=bob.pk)
    address = f"/tickets/{ticket.pk}/why/place/?view={view.pk}"
    assert browser_of(alice).get(address).status_code == 404


def test_what_did_not_fire_is_shown_with_the_condition_that_failed(browser_of, lightly, ticket):
    run = RuleRun.objects.get(ticket=ticket)
    browser = browser_of(lightly)
    short = browser.get(f"/tickets/{ticket.pk}/rules/").content.decode()
    assert "did not fire: show why" in short
    assert "This was not so:" not in short
    whole = browser.get(f"/tickets/{ticket.pk}/rules/{run.pk}/").content.decode()
    assert "This was not so:" in whole


def test_a_rule_s_runs_are_listed_for_who_manages_rules(browser_of, alice, lead, ticket):
    rule_id = RuleRun.objects.get(ticket=ticket).results[0][0]
    address = f"/admin/rules/triggers/{rule_id}/runs/"
    page = browser_of(lead).get(address).content.decode()
    assert f"/tickets/{ticket.pk}/rules/" in page
    assert "kept for 7 days" in page
    assert browser_of(alice).get(address).status_code == 403
    assert browser_of(lead).get(f"{address}?cursor=nonsense").status_code == 400
    assert browser_of(lead).get("/admin/rules/triggers/999999/runs/").status_code == 404
    index = browser_of(lead).get("/admin/rules/triggers/").content.decode()
    assert f'href="{address}"' in index


def test_a_page_of_runs_costs_the_same_for_one_and_for_many(browser_of, lead, make_ticket):
    rule = trigger("All", [CREATED], effect("priority", "high"))
    address = f"/admin/rules/triggers/{rule.pk}/runs/"
    browser = browser_of(lead)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    make_ticket()
    few = queries()
    for number in range(6):
        make_ticket(requester=make_user(f"N{number} Customer", domain=f"n{number}.example"))
    assert queries() == few
