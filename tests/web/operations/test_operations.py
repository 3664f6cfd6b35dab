"""Doors of operations on a ticket: dialogs, words with a way back, refusals with the text kept."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_in.models import SenderRule
from core import clock
from macros.actions.bulk import run_bulk
from tests.factories import as_actor
from tests.macros.rules import CHANGED, effect, trigger
from tickets.actions import (
    FieldDraft,
    FormDraft,
    delete_ticket,
    merge_tickets,
    save_ticket_field,
    save_ticket_form,
    update_ticket,
)
from tickets.drafts import TicketChanges
from tickets.errors import InvalidChange
from tickets.models import UNTIL_REPLY, MergeRecord, Ticket, TicketLink, TimeEntry
from web.agent.operations.timing import seconds_from, visit_token

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def post(browser_of, alice):
    """`post("/tickets/1/snooze/", until="reply")` by alice, as a fragment."""

    def send(path: str, person=alice, **data):
        return browser_of(person).post(path, data, headers=FRAGMENT)

    return send


def change(person, ticket, **changes) -> None:
    update_ticket(actor=as_actor(person), ticket_id=ticket.pk, changes=TicketChanges(**changes))


def fresh(ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def property_of(post, ticket, name: str, **data):
    data = {"property": name, "version": fresh(ticket).version, **data}
    return post(f"/tickets/{ticket.pk}/properties/", **data)


# Properties


def test_requester_and_company_are_changed_together(post, make_ticket, mallory, nordwind):
    ticket = make_ticket(cc_ids=(mallory.pk,))
    assert property_of(post, ticket, "requester", requester=mallory.email).status_code == 200
    ticket = fresh(ticket)
    assert (ticket.requester_id, ticket.organization_id) == (mallory.pk, None)
    assert not ticket.participants.exists()
    property_of(post, ticket, "organization", organization="nordwind")
    assert fresh(ticket).organization_id == nordwind.pk
    assert property_of(post, ticket, "organization", organization="Nowhere").status_code == 422


def test_the_subject_is_saved_alone_and_kept_when_refused(post, make_ticket, bob):
    ticket = make_ticket(subject="Old")
    path = f"/tickets/{ticket.pk}/subject/"
    answer = post(path, property="subject", version=1, subject=" Parcel ")
    assert (answer.status_code, fresh(ticket).subject) == (200, "Parcel")
    change(bob, ticket, subject="Bob's words")
    answer = post(path, property="subject", version=2, subject="My words")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="My words"' in page
    assert "Bob Baker changed this" in page
    assert fresh(ticket).subject == "Bob's words"


def test_what_was_chosen_is_kept_on_a_conflict_and_can_be_saved_all_the_same(
    post, make_ticket, bob, admin
):
    draft = FieldDraft("Story", type="textarea")
    field = save_ticket_field(actor=as_actor(admin), draft=draft)
    ticket = make_ticket()
    change(bob, ticket, custom_fields={str(field.pk): "Bob's"})
    data = {"property": "custom_field", "field": field.pk, "value": "Alice's long text"}
    answer = post(f"/tickets/{ticket.pk}/properties/", version=1, **data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Alice&#x27;s long text" in page.split("You wrote:")[1].split("</p>")[0]
    assert "Save mine all the same" in page
    post(f"/tickets/{ticket.pk}/properties/", version=2, **data)
    assert fresh(ticket).custom_fields == {str(field.pk): "Alice's long text"}


def test_the_panel_shows_the_forms_fields_and_what_solving_needs(post, make_ticket, admin):
    actor = as_actor(admin)
    fields = [
        save_ticket_field(actor=actor, draft=FieldDraft(title, is_required_to_solve=True))
        for title in ("Order", "Cause")
    ]
    draft = FormDraft("Return", field_ids=[fields[1].pk])
    form = save_ticket_form(actor=actor, draft=draft)
    ticket = make_ticket()
    page = property_of(post, ticket, "form", form=form.pk).content.decode()
    assert "Cause" in page
    assert "Order" not in page
    assert page.count("data-missing") == 1


def test_a_task_is_due_at_a_time_of_ones_own_zone(post, make_ticket, alice):
    alice.time_zone = "Asia/Tokyo"
    alice.save()
    ticket = make_ticket(type="task")
    property_of(post, ticket, "due", due="2026-12-01T08:30")
    assert fresh(ticket).due_at.isoformat() == "2026-11-30T23:30:00+00:00"
    page = property_of(post, ticket, "due", due="2020-01-01").content.decode()
    assert "overdue" in page


def test_links_are_made_by_number_and_taken_away(post, make_ticket, confined_bob):
    ticket, other = make_ticket(), make_ticket()
    path = f"/tickets/{ticket.pk}/links/"
    assert post(path, link=f"#{other.pk}", kind="child").status_code == 200
    link = TicketLink.objects.get()
    assert (link.source_id, link.target_id, link.kind) == (other.pk, ticket.pk, "parent")
    assert post(path, link=ticket.pk).status_code == 422
    assert post(path, link="no number").status_code == 422
    assert post(f"{path}{link.pk}/removal/", person=confined_bob).status_code == 404
    post(f"{path}{link.pk}/removal/")
    assert not TicketLink.objects.exists()


@pytest.mark.parametrize("what", ["tags", "tickets", "organizations"])
def test_suggestions_show_only_what_one_may_see(
    browser_of, make_ticket, confined_bob, alice, what, nordwind
):
    make_ticket(subject="Nordwind zebra", tags=("nordwind",))
    path = f"/tickets/suggestions/{what}/?q=nordwind"
    assert 'role="option"' in browser_of(alice).get(path).content.decode()
    if what == "tickets":
        assert 'role="option"' not in browser_of(confined_bob).get(path).content.decode()


# Snooze


def test_a_snooze_says_until_when_and_how_to_undo_it(post, make_ticket):
    ticket = make_ticket()
    answer = post(f"/tickets/{ticket.pk}/snooze/", until="reply")
    said = json.loads(answer["HX-Trigger"])
    assert (answer.status_code, fresh(ticket).snoozed_until) == (204, UNTIL_REPLY)
    assert said["undoable"]["words"] == "Snoozed until the customer replies"
    undone = post(said["undoable"]["url"])
    assert (undone.status_code, fresh(ticket).snoozed_until) == (204, None)


def test_undoing_a_second_snooze_gives_the_first_one_back(post, make_ticket, alice):
    ticket = make_ticket()
    first = clock.now() + timedelta(hours=5)
    change(alice, ticket, snoozed_until=first)
    answer = post(f"/tickets/{ticket.pk}/snooze/", until="week")
    post(json.loads(answer["HX-Trigger"])["undoable"]["url"])
    assert fresh(ticket).snoozed_until == first


@pytest.mark.parametrize("data", [{"until": "at", "until_at": "soon"}, {"until": "odd"},
                                  {"until": "at", "until_at": "2001-01-01T10:00"}])  # fmt: skip
def test_an_odd_moment_is_refused_in_the_dialog(post, make_ticket, data):
    answer = post(f"/tickets/{make_ticket().pk}/snooze/", **data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


# Merge


def test_merging_leads_to_the_ticket_that_stays(post, make_ticket, dave):
    target, source = make_ticket(requester=dave), make_ticket(subject="Also this")
    path = f"/tickets/{target.pk}/merge/"
    answer = post(path, way="in", **{"with": [source.pk]})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/tickets/{target.pk}/")
    assert fresh(source).merged_into_id == target.pk


def test_a_plan_names_ccs_and_leaves_out_what_one_may_not_see(
    browser_of, make_ticket, alice, confined_bob, dave, carol
):
    target, source = make_ticket(requester=dave), make_ticket(subject="Also this")
    path = f"/tickets/{target.pk}/merge/preview/?way=in&with={source.pk}"
    page = browser_of(alice).get(path, headers=FRAGMENT).content.decode()
    assert f"#{source.pk}" in page
    assert carol.email in page
    assert browser_of(confined_bob).get(path).status_code == 404


def test_tickets_to_merge_are_found_by_words_and_closed_ones_left_out(
    browser_of, make_ticket, alice, dave
):
    target = make_ticket(requester=dave)
    open_one = make_ticket(subject="Lost zebra")
    closed = make_ticket(subject="Old zebra", status="closed")
    path = f"/tickets/{target.pk}/merge/candidates/?q=zebra&with={open_one.pk}"
    page = browser_of(alice).get(path, headers=FRAGMENT).content.decode()
    assert f'value="{open_one.pk}" checked' in page
    assert f'value="{closed.pk}"' not in page
    assert (
        "Choose tickets above"
        in browser_of(alice).get(f"/tickets/{target.pk}/merge/", headers=FRAGMENT).content.decode()
    )


def test_a_merge_is_undone_from_either_ticket(post, make_ticket, alice, dave):
    target, source = make_ticket(requester=dave), make_ticket()
    merge_tickets(actor=as_actor(alice), source_id=source.pk, target_id=target.pk)
    record = MergeRecord.objects.get()
    answer = post(f"/tickets/merges/{record.pk}/undo/")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/tickets/{source.pk}/")
    assert fresh(source).status == "new"
    assert post(f"/tickets/merges/{record.pk}/undo/").status_code == 422


# Problem and incidents


def test_all_incidents_are_solved_with_one_reply(post, make_ticket, alice, carol, dave):
    problem = make_ticket(type="problem", assignee_id=alice.pk)
    for requester in (carol, dave):
        incident = make_ticket(requester=requester)
        answer = post(f"/tickets/{problem.pk}/incidents/", incident=f"#{incident.pk}")
        assert answer.status_code == 200
    words = {"text": "Hello {{ticket.requester.first_name}}, it works again.", "kind": "public"}
    answer = post(f"/tickets/{problem.pk}/incidents/solution/", problem_too="on", **words)
    assert answer.status_code == 204
    run_bulk()
    incidents = Ticket.objects.filter(problem=problem)
    assert set(incidents.values_list("status", flat=True)) == {"solved"}
    said = {incident.comments.order_by("-id").first().body for incident in incidents}
    assert said == {"Hello Carol, it works again.", "Hello Dave, it works again."}
    assert fresh(problem).status == "solved"


# Time


def test_time_goes_along_with_a_submit_of_its_own_page(post, make_ticket, alice, bob):
    ticket = make_ticket()
    with clock.frozen(clock.now() - timedelta(minutes=5)):
        token = visit_token(alice.pk, ticket.pk)
    data = {"body": "Hello", "kind": "internal", "visit": token, "visit_seconds": "72"}
    post(f"/tickets/{ticket.pk}/comments/", **data)
    entry = TimeEntry.objects.get()
    assert (entry.seconds, entry.user_id) == (72, alice.pk)
    assert entry.comment.body == "Hello"
    post(f"/tickets/{ticket.pk}/time/count/", person=bob, visit=token, visit_seconds="60")
    post(f"/tickets/{ticket.pk}/time/count/", visit="forged", visit_seconds="60")
    assert TimeEntry.objects.count() == 1


def test_time_is_added_corrected_and_refused_in_its_dialog(post, make_ticket):
    path = f"/tickets/{make_ticket().pk}/time/"
    assert post(path, duration="1 h 30", note="Call").status_code == 200
    entry = TimeEntry.objects.get()
    assert (entry.seconds, entry.note) == (5400, "Call")
    post(path, entry=entry.pk, duration="15", note="Call")
    entry.refresh_from_db()
    assert entry.seconds == 900
    assert post(path, duration="soon").status_code == 422
    post(path, entry=entry.pk, remove="1")
    assert not TimeEntry.objects.exists()


@pytest.mark.parametrize(("text", "seconds"), [("15", 900), ("1:30", 90), ("1:00:05", 3605),
                                               ("2 h", 7200), ("2 h 15 min", 8100),
                                               ("6 min", 360), ("1 h 05 min", 3900)])  # fmt: skip
def test_times_are_read_as_people_write_them(text, seconds):
    assert seconds_from(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "-5", "1:2:3:4", "1.5"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(InvalidChange):
        seconds_from(text)


# Spam, deletion, history, print


def test_spam_suspends_and_blocks_and_all_of_it_is_undone(post, make_ticket, carol):
    ticket = make_ticket()
    answer = post(f"/tickets/{ticket.pk}/spam/", suspend="on", block="on")
    assert (answer.status_code, fresh(ticket).deletion_reason) == (204, "spam")
    carol.refresh_from_db()
    assert carol.is_suspended
    assert SenderRule.objects.get().pattern == carol.email
    undone = post(f"/tickets/{ticket.pk}/spam/undo/")
    assert undone.json()["go"] == f"/tickets/{ticket.pk}/"
    carol.refresh_from_db()
    assert (carol.is_suspended, fresh(ticket).is_deleted) == (False, False)
    assert not SenderRule.objects.exists()


def test_the_bin_shows_who_deleted_what_in_as_many_queries_for_many(
    browser_of, post, make_ticket, lead, alice
):
    browser = browser_of(lead)

    def shown(times: int) -> tuple[str, int]:
        for _ in range(times):
            delete_ticket(actor=as_actor(lead), ticket_id=make_ticket(subject="Gone").pk)
        with CaptureQueriesContext(connection) as queries:
            page = browser.get("/tickets/deleted/").content.decode()
        return page, len(queries)

    page, few = shown(2)
    assert page.count("Gone") == 2
    assert "by Lena Lead" in page
    assert shown(5)[1] == few
    assert "Gone" not in browser_of(alice).get("/tickets/deleted/").content.decode()


def test_history_answers_who_changed_the_priority(browser_of, make_ticket, alice, bob):
    ticket = make_ticket()
    change(bob, ticket, priority="high")
    change(alice, ticket, type="question")
    browser = browser_of(alice)
    page = browser.get(f"/tickets/{ticket.pk}/history/?field=priority").content.decode()
    rows = page.split('<ol class="history">')[1]
    assert "Bob Baker" in rows
    assert "High" in rows
    assert "Alice Archer" not in rows
    page = browser.get(f"/tickets/{ticket.pk}/history/?who={alice.pk}").content.decode()
    assert "Question" in page.split('<ol class="history">')[1]
    odd = browser.get(f"/tickets/{ticket.pk}/history/?field=password&kind=x&who=y")
    assert odd.status_code == 200


def test_a_long_history_costs_as_many_queries_as_a_short_one(browser_of, make_ticket, alice):
    ticket = make_ticket()
    browser = browser_of(alice)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/tickets/{ticket.pk}/history/")
        return len(queries)

    change(alice, ticket, priority="low")
    short = cost()
    for n in range(12):
        change(alice, ticket, priority=("high", "low")[n % 2], tags=(f"t{n}",))
    assert cost() == short <= 14


def test_the_print_has_no_picture_no_script_and_notes_only_when_asked(
    browser_of, make_ticket, alice
):
    html = '<p>Hi</p><img src="https://x.example/1.png">'
    ticket = make_ticket(comment={"html": html})
    note = {"body": "Secret note", "kind": "internal"}
    browser = browser_of(alice)
    browser.post(f"/tickets/{ticket.pk}/comments/", note, headers=FRAGMENT)
    page = browser.get(f"/tickets/{ticket.pk}/print/").content.decode()
    assert "<img" not in page
    assert "<script" not in page
    assert "Secret note" not in page
    assert "Secret note" in browser.get(f"/tickets/{ticket.pk}/print/?notes=1").content.decode()


# The way back of properties and links


def undo_of(answer) -> str:
    return json.loads(answer["HX-Trigger"])["undoable"]["url"]


def test_a_property_is_taken_back_and_what_rules_made_of_it_stays(post, make_ticket, alice, bob):
    ticket = make_ticket(assignee_id=alice.pk, priority="low")
    trigger("Raise", [CHANGED], effect("current_tags", ["raised"]))
    answer = property_of(post, ticket, "priority", priority="urgent")
    assert (fresh(ticket).priority, fresh(ticket).tags) == ("urgent", ["raised"])
    url = undo_of(answer)
    assert post(url, person=bob).status_code == 409
    assert post(url).json()["toast"] == "Taken back"
    assert (fresh(ticket).priority, fresh(ticket).tags) == ("low", ["raised"])
    assert post(url).status_code == 409


def test_a_property_that_somebody_changed_since_stays(post, make_ticket, alice, bob):
    ticket = make_ticket(assignee_id=alice.pk)
    url = undo_of(property_of(post, ticket, "priority", priority="urgent"))
    change(bob, ticket, priority="normal")
    assert post(url).status_code == 409
    assert fresh(ticket).priority == "normal"
    unchanged = property_of(post, ticket, "priority", priority="normal")
    assert "undoable" not in unchanged["HX-Trigger"]


def test_links_come_and_go_back(post, make_ticket):
    ticket, other = make_ticket(), make_ticket(subject="Other")
    path = f"/tickets/{ticket.pk}/links/"
    added = post(path, link=str(other.pk), kind="related")
    link = TicketLink.objects.get()
    assert post(undo_of(added)).status_code == 200
    assert not TicketLink.objects.exists()
    post(path, link=str(other.pk), kind="related")
    removed = post(f"{path}{TicketLink.objects.get().pk}/removal/")
    assert post(undo_of(removed)).status_code == 200
    again = TicketLink.objects.get()
    assert (again.source_id, again.target_id, again.kind) == (
        link.source_id, link.target_id, link.kind,
    )  # fmt: skip
    assert post(f"{path}undo/?source=x&kind=friend").status_code == 409
