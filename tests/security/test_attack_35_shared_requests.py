"""Attack 35: who reads and answers requests of a colleague: what the company shares × what the
person may × every way in. Guessing numbers, leaving the company and forged mail bring nothing.
"""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import (
    OrganizationChanges,
    UserChanges,
    delete_organization,
    update_organization,
    update_user,
)
from accounts.actor import actor_for, customer_actor
from accounts.errors import InvalidPerson, NotPermitted
from accounts.models import Organization, User
from tests.factories import SETUP, api_client, as_actor, make_user, sign_in
from tickets import policies
from tickets.actions import keep_upload, update_ticket
from tickets.drafts import CommentDraft
from tickets.models import Attachment, Ticket
from tickets.selectors.search import search_tickets

pytestmark = pytest.mark.django_db
# (what the company shares, what the person may) → (reads, answers)
GRANTS = {
    ("", ""): (False, False),
    ("", "view"): (True, False),
    ("", "comment"): (True, True),
    ("view", ""): (True, False),
    ("view", "comment"): (True, True),
    ("comment", ""): (True, True),
    ("comment", "view"): (True, True),
}


@pytest.fixture
def colleague(nordwind) -> User:
    return make_user("Cora Colleague", domain="nordwind.example")


@pytest.fixture
def request_of_carol(make_ticket, carol, alice, nordwind) -> Ticket:
    """Carol's, of the same company, with a file, an answer and a note."""
    ticket = make_ticket(assignee_id=alice.pk)
    assert ticket.organization == carol.organization == nordwind
    file = keep_upload(actor=as_actor(alice), file=ContentFile(b"bytes"), filename="a.txt")
    reply = CommentDraft(author_id=alice.pk, body="Here it is", upload_ids=(file.pk,))
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=reply)
    note = CommentDraft(author_id=alice.pk, body="zebra secret", is_public=False)
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=note)
    return ticket


def grant(company: Organization, person: User, sharing: str, access: str) -> None:
    update_organization(
        actor=SETUP, organization_id=company.pk, changes=OrganizationChanges(sharing=sharing)
    )
    update_user(actor=SETUP, user_id=person.pk, changes=UserChanges(organization_access=access))
    person.refresh_from_db()


@pytest.mark.parametrize(("grants", "expected"), GRANTS.items())
def test_every_way_in_asks_the_same(
    grants, expected, nordwind, colleague, request_of_carol, make_ticket
):
    grant(nordwind, colleague, *grants)
    reads, answers = expected
    ticket, browser = request_of_carol, sign_in(Client(), colleague)
    hidden = make_ticket(is_public=False)
    found, refused = (200, 403) if reads else (404, 404)
    path = f"/requests/{ticket.pk}/"
    page = browser.get(path)
    assert page.status_code == found
    assert (b'name="body"' in page.content) is answers
    assert b"zebra" not in page.content
    file = Attachment.objects.get(comment__ticket=ticket)
    assert browser.get(f"/files/{file.pk}/a.txt").status_code == found
    assert path not in browser.get("/requests/").content.decode()
    assert (path in browser.get("/requests/?show=colleagues").content.decode()) is reads
    said = browser.post(f"{path}replies/", {"body": "Me too"}).status_code
    assert said == (302 if answers else refused)
    assert browser.post(f"{path}solution/").status_code == refused
    assert browser.post(f"{path}rating/", {"score": "bad"}).status_code == refused
    api = api_client(colleague)
    assert api.get(f"/api/v2/tickets/{ticket.pk}.json").status_code == found
    body = {"ticket": {"comment": {"body": "By API"}}}
    put = api.put(f"/api/v2/tickets/{ticket.pk}.json", body, format="json").status_code
    assert put == (200 if answers else refused)
    taken = api.put(
        f"/api/v2/tickets/{ticket.pk}.json", {"ticket": {"status": "solved"}}, format="json"
    )
    assert taken.status_code == refused
    assert (ticket in search_tickets("parcel", as_actor(colleague))) is reads
    assert not policies.visible_tickets(as_actor(colleague)).filter(pk=hidden.pk).exists()
    ticket.refresh_from_db()
    assert ticket.status != "solved"
    assert ticket.comments.filter(author=colleague).count() == 2 * answers


def test_whoever_leaves_the_company_reads_nothing_of_it_any_more(
    nordwind, colleague, request_of_carol
):
    grant(nordwind, colleague, "comment", "comment")
    browser, path = sign_in(Client(), colleague), f"/requests/{request_of_carol.pk}/"
    assert browser.get(path).status_code == 200
    update_user(actor=SETUP, user_id=colleague.pk, changes=UserChanges(organization_id=0))
    assert browser.get(path).status_code == 404


def test_other_companies_and_people_of_none_read_nothing(nordwind, request_of_carol, mallory):
    update_organization(
        actor=SETUP, organization_id=nordwind.pk, changes=OrganizationChanges(sharing="comment")
    )
    update_user(actor=SETUP, user_id=mallory.pk, changes=UserChanges(organization_access="comment"))
    path = f"/requests/{request_of_carol.pk}/"
    assert sign_in(Client(), mallory).get(path).status_code == 404


def test_a_mail_brings_no_colleague_in(nordwind, colleague, request_of_carol):
    grant(nordwind, colleague, "comment", "comment")
    by_mail = customer_actor(colleague, channel="email")
    assert not policies.visible_tickets(by_mail).exists()
    assert policies.visible_tickets(actor_for(colleague)).exists()


def test_only_who_edits_people_shares(nordwind, colleague, lightly, alice):
    changes = OrganizationChanges(sharing="view")
    for person in (colleague, lightly):
        with pytest.raises(NotPermitted):
            update_organization(
                actor=as_actor(person), organization_id=nordwind.pk, changes=changes
            )
    with pytest.raises(NotPermitted):
        update_user(
            actor=as_actor(colleague), user_id=colleague.pk,
            changes=UserChanges(organization_access="view"),
        )  # fmt: skip
    with pytest.raises(InvalidPerson):
        update_organization(
            actor=as_actor(alice), organization_id=nordwind.pk,
            changes=OrganizationChanges(sharing="everything"),
        )  # fmt: skip
    nordwind.refresh_from_db()
    assert nordwind.sharing == ""


def test_a_company_is_deleted_and_its_people_and_tickets_stay(
    nordwind, colleague, carol, alice, request_of_carol
):
    grant(nordwind, colleague, "comment", "view")
    agent = sign_in(Client(), alice)
    path = f"/people/organizations/{nordwind.pk}/removal/"
    asked = agent.get(path)
    assert asked.status_code == 200
    assert "1 ticket stays" in asked.content.decode()
    assert agent.post(path).status_code == 302
    for person in (colleague, carol):
        person.refresh_from_db()
        event = person.people_events.latest("id")
        assert person.organization is None
        assert (event.field_name, event.previous_value) == ("organization", "Nordwind")
    request_of_carol.refresh_from_db()
    assert request_of_carol.organization is None
    assert not policies.visible_tickets(as_actor(colleague)).exists()
    with pytest.raises(Organization.DoesNotExist):
        delete_organization(actor=as_actor(alice), organization_id=nordwind.pk)


def test_the_pages_cost_the_same_however_many_colleagues_ask(
    nordwind, colleague, request_of_carol, make_ticket
):
    grant(nordwind, colleague, "view", "")
    browser = sign_in(Client(), colleague)

    def cost() -> int:
        with CaptureQueriesContext(connection) as counted:
            browser.get("/requests/?show=colleagues")
        return len(counted)

    before = cost()
    for number in range(3):
        make_ticket(subject=f"Lamp {number}")
    assert cost() == before
