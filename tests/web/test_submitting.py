from __future__ import annotations

import json

import pytest

from accounts.models import User
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import TicketChanges
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def ticket(make_ticket) -> Ticket:
    return make_ticket()


def submit(browser, ticket, **data: object):
    return browser.post(f"/tickets/{ticket.pk}/comments/", data, headers=FRAGMENT)


def test_a_reply_and_a_status_are_one_submit(browser_of, ticket, alice):
    answer = submit(browser_of(alice), ticket, body="Found it.", kind="public", status="solved")
    assert answer.status_code == 200
    assert json.loads(answer["HX-Trigger"])["toast"] == "Submitted as Solved"
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee_id, ticket.version) == ("solved", alice.pk, 2)
    comment = ticket.comments.last()
    assert (comment.body, comment.html, comment.is_public) == (
        "Found it.",
        "<p>Found it.</p>",
        True,
    )


def test_what_is_written_is_text(browser_of, ticket, alice):
    submit(browser_of(alice), ticket, body="<script>alert(1)</script>", kind="public")
    assert "<script" not in ticket.comments.last().html


def test_a_status_alone_can_be_submitted_and_nothing_at_all_cannot(browser_of, ticket, alice):
    browser = browser_of(alice)
    assert submit(browser, ticket, status="pending").status_code == 200
    answer = submit(browser, ticket, body="  \n ")
    assert answer.status_code == 422
    assert "Write something" in answer.content.decode()
    assert ticket.comments.count() == 1


def test_a_conflict_says_who_changed_what_and_saves_nothing(browser_of, ticket, alice, bob):
    version = ticket.version
    update_ticket(actor=as_actor(bob), ticket_id=ticket.pk, changes=TicketChanges(status="pending"))
    answer = submit(browser_of(alice), ticket, body="kept", status="solved", version=version)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Bob Baker" in text
    assert "New → Pending" in text
    assert "Your text is kept" in text
    assert ticket.comments.count() == 1
    ticket.refresh_from_db()
    assert ticket.status == "pending"


def test_a_change_elsewhere_on_the_ticket_is_no_conflict(browser_of, ticket, alice, bob):
    update_ticket(
        actor=as_actor(bob), ticket_id=ticket.pk, changes=TicketChanges(priority="urgent")
    )
    answer = submit(browser_of(alice), ticket, body="hello", status="pending", version=1)
    assert answer.status_code == 200


def test_the_same_draft_sent_twice_is_one_comment(browser_of, ticket, alice):
    browser = browser_of(alice)
    for _ in range(2):
        assert submit(browser, ticket, body="once", submit_key="k1").status_code == 200
    assert ticket.comments.filter(body="once").count() == 1
    submit(browser, ticket, body="once", submit_key="k2")
    assert ticket.comments.filter(body="once").count() == 2


def test_a_draft_that_went_on_in_another_tab_is_not_lost(browser_of, ticket, alice):
    browser = browser_of(alice)
    for body in ("begun", "begun and finished"):
        assert submit(browser, ticket, body=body, submit_key="k1").status_code == 200
    assert ticket.comments.count() == 3


def test_a_text_that_is_too_long_is_refused_and_not_cut(browser_of, ticket, alice):
    answer = submit(browser_of(alice), ticket, body="x" * 200_001)
    assert answer.status_code == 422
    assert "attach it as a file" in answer.content.decode()
    assert ticket.comments.count() == 1


def test_a_closed_ticket_takes_nothing(browser_of, make_ticket, alice):
    closed = make_ticket(status="closed")
    answer = submit(browser_of(alice), closed, body="late")
    assert answer.status_code == 409
    assert "follow-up" in answer.content.decode()
    assert closed.comments.count() == 1


def test_a_status_that_does_not_exist_is_refused(browser_of, ticket, alice):
    assert submit(browser_of(alice), ticket, status="sovled").status_code == 422
    assert submit(browser_of(alice), ticket, status="new", body="x").status_code in (200, 422)


def change(browser, ticket, name: str, **data: object):
    return browser.post(
        f"/tickets/{ticket.pk}/properties/", {"property": name, **data}, headers=FRAGMENT
    )


def test_properties_are_saved_one_at_a_time(browser_of, ticket, alice, bob, support, billing):
    browser = browser_of(alice)
    change(browser, ticket, "assignment", assignment=f"{billing.pk}/{bob.pk}")
    change(browser, ticket, "priority", priority="high")
    change(browser, ticket, "type", type="task")
    change(browser, ticket, "due", due="2030-02-01")
    change(browser, ticket, "add_tag", add_tag="One two")
    change(browser, ticket, "remove_tag", remove_tag="two")
    ticket.refresh_from_db()
    assert (ticket.group_id, ticket.assignee_id) == (billing.pk, bob.pk)
    assert (ticket.priority, ticket.type, ticket.tags) == ("high", "task", ["one"])
    assert ticket.due_at.isoformat().startswith("2030-02-01")


def test_people_are_added_and_taken_off(browser_of, ticket, alice, bob):
    browser = browser_of(alice)
    change(browser, ticket, "add_cc", add_cc="Accounts@Nordwind.example ")
    change(browser, ticket, "add_follower", add_follower=str(bob.pk))
    roles = set(ticket.participants.values_list("user__email", "role"))
    assert roles == {("accounts@nordwind.example", "cc"), (bob.email, "follower")}
    person = User.objects.get(email="accounts@nordwind.example")
    change(browser, ticket, "remove_cc", remove_cc=str(person.pk))
    change(browser, ticket, "remove_follower", remove_follower=str(bob.pk))
    assert not ticket.participants.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("priority", {"priority": "sky-high"}),
        ("assignment", {"assignment": "x/y"}),
        ("assignment", {"assignment": "999999/1"}),
        ("assignment", {"assignment": "999999"}),
        ("add_follower", {"add_follower": "999999"}),
        ("add_cc", {"add_cc": "not an address"}),
        ("add_follower", {"add_follower": "carol"}),
        ("due", {"due": "tomorrow"}),
        ("problem", {"problem": "12 OR 1=1"}),
        ("problem", {"problem": "999999999"}),
        ("custom_field", {"field": "1__x", "value": "1"}),
        ("requester_id", {"requester_id": "1"}),
    ],
)
def test_a_value_that_makes_no_sense_changes_nothing(browser_of, ticket, alice, name, data):
    answer = change(browser_of(alice), ticket, name, **data)
    assert answer.status_code in (200, 422)
    ticket.refresh_from_db()
    assert ticket.version == 1


def test_a_property_changed_meanwhile_is_not_overwritten(browser_of, ticket, alice, bob):
    update_ticket(
        actor=as_actor(bob), ticket_id=ticket.pk, changes=TicketChanges(priority="urgent")
    )
    answer = change(browser_of(alice), ticket, "priority", priority="low", version=1)
    assert answer.status_code == 409
    assert "Bob Baker changed this in the meantime" in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.priority == "urgent"


def test_a_new_ticket_begins_with_the_customers_address(browser_of, alice, support):
    form = {
        "requester": "New.Person@example.net", "requester_name": "New Person", "subject": "Call",
        "body": "Called about <b>a lamp</b>", "kind": "internal", "tags": "phone, lamp",
        "assignment": f"{support.pk}/{alice.pk}", "priority": "low", "submit_key": "n1",
    }  # fmt: skip
    browser = browser_of(alice)
    answer = browser.post("/tickets/new/", form)
    ticket = Ticket.objects.get()
    assert answer["Location"] == f"/tickets/{ticket.pk}/"
    assert (ticket.requester.email, ticket.requester.name) == (
        "new.person@example.net",
        "New Person",
    )
    assert (ticket.status, ticket.tags, ticket.is_public) == ("open", ["phone", "lamp"], False)
    assert browser.post("/tickets/new/", form)["Location"] == f"/tickets/{ticket.pk}/"
    assert Ticket.objects.count() == 1


def test_a_mistake_brings_the_form_back_with_everything_in_it(browser_of, alice):
    form = {"requester": "nobody known", "subject": "Kept <b>", "body": "Kept text", "tags": "kept"}
    answer = browser_of(alice).post("/tickets/new/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kept text" in page
    assert 'value="Kept &lt;b&gt;"' in page
    assert not Ticket.objects.exists()


def test_people_are_suggested_by_name_or_address(browser_of, alice, carol):
    page = browser_of(alice).get("/tickets/new/people/?requester=caro").content.decode()
    assert carol.email in page
