"""Customers and organizations on their pages: who may look, what is found, what it costs."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.actions import add_identity, save_person_field, suspend_user
from accounts.models import Organization, PersonField, PersonMerge, User
from tests.factories import SETUP, as_actor, make_organization, make_user, sign_in
from tickets.actions import rate_ticket, update_ticket
from tickets.drafts import CommentDraft, TicketChanges

pytestmark = pytest.mark.django_db

HX = {"HX-Request": "true"}


@pytest.fixture
def desk(client, alice):
    return sign_in(client, alice)


def shown(client, path, **query) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_customers_are_listed_and_searched(desk, carol, dave, mallory, bob):
    page = shown(desk, "/people/")
    assert all(name in page for name in ("Carol Customer", "Dave Colleague", "Mallory"))
    assert "Bob Baker" not in page
    page = shown(desk, "/people/", q="nordwind car")
    assert "Carol Customer" in page
    assert "Dave Colleague" not in page
    assert "Nobody fits" in shown(desk, "/people/", q="zzz")


def test_pages_of_customers_follow_each_other(desk):
    for number in range(55):
        make_user(f"Person {number:02}", email=f"p{number}@many.example")
    first = desk.get("/people/")
    assert len(first.context["rows"]) == 50
    second = desk.get("/people/", {"cursor": first.context["page"].next_cursor})
    assert [row[0].name for row in second.context["rows"]] == [f"Person {n}" for n in range(50, 55)]
    newest = desk.get("/people/", {"sort": "latest"})
    assert newest.context["rows"][0][0].name == "Person 54"
    assert desk.get("/people/", {"cursor": "forged"}).status_code == 400


@pytest.mark.parametrize("path", ["/people/", "/people/organizations/"])
def test_lists_cost_the_same_for_few_and_for_many(
    desk, carol, make_ticket, path, django_assert_max_num_queries
):
    shown(desk, path)
    for number in range(20):
        company = make_organization(f"Company {number}", domains=[f"c{number}.example"])
        person = make_user(f"P {number}", domain=f"c{number}.example", email=f"p@c{number}.example")
        assert person.organization == company
    make_ticket(requester=person)
    with django_assert_max_num_queries(10):
        shown(desk, path)


def test_the_page_of_a_person_has_tickets_timeline_and_changes(
    desk, alice, carol, make_ticket, django_assert_max_num_queries
):
    for number in range(4):
        ticket = make_ticket(requester=carol, subject=f"Lamp {number}", channel="web")
        note = CommentDraft(author_id=alice.pk, body="An internal word", is_public=False)
        update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=note)
    solved = TicketChanges(status="solved")
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, changes=solved)
    rate_ticket(actor=as_actor(carol), ticket_id=ticket.pk, is_good=True)
    path = f"/people/{carol.pk}/"
    with django_assert_max_num_queries(16):
        page = shown(desk, path)
    assert "Lamp 0" in page
    assert "Good 1" in page
    page = shown(desk, path, tab="timeline")
    assert page.count("An internal word") == 4
    suspend_user(actor=as_actor(alice), user_id=carol.pk, reason="Threats")
    page = shown(desk, path, tab="history")
    assert "Threats" in page
    assert "Alice Archer" in page


def test_what_an_agent_may_not_see_is_in_no_list_and_no_number(desk, alice, carol, make_ticket):
    """Attacks 27 and 29: counts, tickets and messages of the person's page."""
    User.objects.filter(pk=alice.pk).update(ticket_access="assigned")
    make_ticket(requester=carol, subject="Hidden matter", body="Hidden words")
    for path in (f"/people/{carol.pk}/", f"/people/{carol.pk}/timeline/",
                 f"/people/{carol.pk}/tickets/", f"/people/{carol.pk}/?tab=timeline"):  # fmt: skip
        assert "Hidden" not in shown(desk, path)
    [row] = [row for row in desk.get("/people/").context["rows"] if row[0] == carol]
    assert row[2] == (0, 0)


def test_a_value_is_edited_where_it_stands(desk, carol, nordwind, lead):
    save_person_field(actor=as_actor(lead), owner="person", key="plan", title="Plan", type="text")
    path = f"/people/{carol.pk}/properties/"
    assert 'name="value"' in shown(desk, f"{path}notes/")
    for name, value in [("notes", "Likes tea"), ("tags", "VIP, late"), ("language", "de"),
                        ("time_zone", "Europe/Berlin"), ("custom-plan", "Gold"),
                        ("organization", "nordWIND"), ("name", "Carola")]:  # fmt: skip
        answer = desk.post(f"{path}{name}/", {"value": value}, headers=HX)
        assert answer.status_code == 200, name
        assert f'id="person-{carol.pk}-profile"' in answer.content.decode()
    carol.refresh_from_db()
    assert (carol.notes, carol.tags, carol.language) == ("Likes tea", ["vip", "late"], "de")
    assert (carol.name, carol.time_zone, carol.custom_fields) == (
        "Carola", "Europe/Berlin", {"plan": "Gold"},
    )  # fmt: skip
    assert carol.organization == nordwind


@pytest.mark.parametrize(
    ("name", "value"),
    [("time_zone", "Mars/Base"), ("organization", "Nobody Ltd"), ("name", " "),
     ("identity", "not an address"), ("identity", "dave@nordwind.example")],
)  # fmt: skip
def test_a_mistake_comes_back_in_its_editor_with_what_was_typed(desk, carol, dave, name, value):
    answer = desk.post(f"/people/{carol.pk}/properties/{name}/", {"value": value}, headers=HX)
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == f"#person-{carol.pk}-{name}"
    assert f'value="{value}"' in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_addresses_are_added_chosen_vouched_for_and_removed(desk, carol):
    path = f"/people/{carol.pk}"
    desk.post(
        f"{path}/properties/identity/", {"kind": "email", "value": "c@two.example"}, headers=HX
    )
    second = carol.identities.get(value="c@two.example")
    for verb in ("make", "verify"):
        desk.post(f"{path}/identities/{second.pk}/{verb}/", headers=HX)
    second.refresh_from_db()
    assert (second.is_primary, second.is_verified) == (True, True)
    assert desk.post(f"{path}/identities/{second.pk}/steal/").status_code == 404
    desk.post(f"{path}/identities/{second.pk}/remove/", headers=HX)
    carol.refresh_from_db()
    assert carol.email == "carol@nordwind.example"


def test_staff_are_looked_at_and_not_edited(desk, bob, admin, carol):
    """Attack 33, by every address that changes a person."""
    own = admin.identities.get()
    assert "data-edit" not in shown(desk, f"/people/{admin.pk}/")
    paths = ["properties/notes/", "properties/identity/", "suspension/", "release/",
             f"identities/{own.pk}/remove/"]  # fmt: skip
    for path in paths:
        answer = desk.post(f"/people/{admin.pk}/{path}", {"value": "x@evil.example"})
        assert answer.status_code == 403, path
    assert desk.post(f"/people/{admin.pk}/merge/", {"other": carol.pk}).status_code == 404
    assert desk.post(f"/people/{carol.pk}/merge/", {"other": admin.pk}).status_code == 404
    foreign = f"/people/{carol.pk}/identities/{own.pk}/remove/"
    assert desk.post(foreign).status_code == 404
    assert admin.identities.count() == 1


def test_a_light_agent_reads_and_changes_nothing(client, lightly, carol):
    sign_in(client, lightly)
    page = shown(client, f"/people/{carol.pk}/")
    assert "data-edit" not in page
    assert client.get("/people/new/").status_code == 403
    assert client.post(f"/people/{carol.pk}/suspension/").status_code == 403
    assert client.post("/people/organizations/new/", {"name": "X"}).status_code == 403


def test_a_merge_is_previewed_done_and_undone(desk, carol, make_ticket):
    double = make_user("Carol Customer", email="carol@elsewhere.example", is_verified=False)
    ticket = make_ticket(requester=double)
    path = f"/people/{carol.pk}/merge/"
    preview = shown(desk, path, other=double.pk)
    assert "the same name" in preview
    assert "I have checked that this is one person" in preview
    refused = desk.post(path, {"other": double.pk})
    assert refused.status_code == 422
    assert "not verified" in refused.content.decode()
    done = desk.post(path, {"other": double.pk, "confirmed": "1"})
    assert done["Location"] == f"/people/{carol.pk}/"
    ticket.refresh_from_db()
    assert ticket.requester == carol
    assert "was merged into" in shown(desk, f"/people/{double.pk}/")
    merge = PersonMerge.objects.get()
    assert f"/people/merges/{merge.pk}/undo/" in shown(desk, f"/people/{carol.pk}/")
    desk.post(f"/people/merges/{merge.pk}/undo/")
    ticket.refresh_from_db()
    assert ticket.requester == double
    assert desk.post(f"/people/merges/{merge.pk}/undo/").status_code == 302


def test_a_new_person_is_added_and_a_known_address_leads_to_its_owner(desk, dave, nordwind):
    values = {"name": "Nora New", "email": "NORA@new.example", "phone": "+49 151 2345",
              "organization": "Nordwind", "tags": "vip", "notes": "Calls at noon"}  # fmt: skip
    answer = desk.post("/people/new/", values)
    nora = User.objects.get(email="nora@new.example")
    assert answer["Location"] == f"/people/{nora.pk}/"
    assert (nora.organization, nora.tags, nora.notes) == (nordwind, ["vip"], "Calls at noon")
    assert nora.identities.filter(kind="phone", value="+491512345").exists()
    refused = desk.post("/people/new/", {"name": "Dave Two", "email": dave.email, "notes": "Kept"})
    assert refused.status_code == 422
    assert f"/people/{dave.pk}/" in refused.content.decode()
    assert "Kept" in refused.content.decode()
    assert not User.objects.filter(name="Dave Two").exists()


def test_a_phone_number_that_cannot_be_leaves_no_half_person(desk):
    assert desk.post("/people/new/", {"name": "Half", "phone": "12"}).status_code == 422
    assert not User.objects.filter(name="Half").exists()


def test_an_organization_is_made_edited_and_takes_people_in(desk, carol, make_ticket):
    loose = make_user("Lou Loose", email="lou@south.example")
    answer = desk.post("/people/organizations/new/", {"name": "South", "domains": "south.example"})
    south = Organization.objects.get(name="South")
    assert answer["Location"] == f"/people/organizations/{south.pk}/"
    assert "1 person writes from its domains" in shown(desk, f"/people/organizations/{south.pk}/")
    desk.post(f"/people/organizations/{south.pk}/people/")
    loose.refresh_from_db()
    assert loose.organization == south
    values = {
        "name": "South Ltd",
        "domains": "south.example\nsouth.test",
        "tags": "key",
        "notes": "N",
    }
    desk.post(f"/people/organizations/{south.pk}/edit/", values)
    south.refresh_from_db()
    assert (south.name, south.domains) == ("South Ltd", ["south.example", "south.test"])
    make_ticket(requester=loose, subject="From the south")
    for tab, words in [("people", "Lou Loose"), ("tickets", "From the south"), ("history", "key")]:
        assert words in shown(desk, f"/people/organizations/{south.pk}/", tab=tab)
    refused = desk.post("/people/organizations/new/", {"name": "south ltd"})
    assert refused.status_code == 422
    assert "South Ltd" in shown(desk, "/people/organizations/suggest/", q="south")


def test_the_customer_stands_beside_the_ticket(desk, carol, make_ticket):
    add_identity(actor=SETUP, user=carol, kind="phone", value="+49 151 2345")
    tickets = [make_ticket(requester=carol, subject=f"Lamp {n}") for n in range(9)]
    page = shown(desk, f"/tickets/{tickets[0].pk}/")
    assert "+491512345" in page
    assert "Show all 9" in page
    assert f"/people/{carol.pk}/timeline/" in page


def test_hostile_words_stay_text_everywhere(desk, alice):
    evil = make_user("<img src=x onerror=alert(1)>", email="evil@elsewhere.example")
    User.objects.filter(pk=evil.pk).update(notes="<script>x</script>", tags=["<b>t</b>"])
    suspend_user(actor=as_actor(alice), user_id=evil.pk, reason="<i>r</i>")
    for path in ("/people/", f"/people/{evil.pk}/", f"/people/{evil.pk}/?tab=history"):
        page = shown(desk, path)
        for markup in ("<img src=x", "<script>x", "<b>t", "<i>r"):
            assert markup not in page


def test_fields_of_people_are_made_in_the_settings_and_asked_by_rules(client, lead, carol, desk):
    assert desk.get("/admin/people/fields/").status_code == 403
    chief = sign_in(Client(), lead)
    values = {"owner": "person", "title": "Customer number", "type": "text", "is_active": "on"}
    assert chief.post("/admin/people/fields/new/", values)["Location"] == "/admin/people/fields/"
    assert "requester.custom_fields.customer_number" in shown(chief, "/admin/people/fields/")
    assert "Customer number" in shown(desk, f"/people/{carol.pk}/")
    field = PersonField.objects.get()
    again = {"title": "Number", "type": "date", "key": "other", "owner": "organization"}
    chief.post(f"/admin/people/fields/{field.pk}/", again)
    field.refresh_from_db()
    assert (field.title, field.type, field.key, field.is_active) == (
        "Number", "text", "customer_number", False,
    )  # fmt: skip
    refused = chief.post("/admin/people/fields/new/", values | {"type": "dropdown"})
    assert refused.status_code == 422
