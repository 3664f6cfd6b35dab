"""Who gets which page. Hidden things are 404, forbidden ones 403, visitors go to the sign-in
page.
"""

from __future__ import annotations

import pytest

from tickets.models import Ticket, TicketLink


@pytest.fixture
def ticket(make_ticket, support) -> Ticket:
    return make_ticket(group_id=support.pk)


def paths(ticket: Ticket, views) -> list[str]:
    number = ticket.pk
    view = views["all-unsolved"].pk
    return [
        "/views/", f"/views/{view}/", f"/views/{view}/changes/?ids={number}", "/views/counts/",
        f"/tickets/{number}/", f"/tickets/{number}/parts/", f"/tickets/{number}/viewers/",
        f"/tickets/{number}/neighbours/?view={view}", "/search/?q=parcel",
    ]  # fmt: skip


@pytest.mark.django_db
def test_visitors_are_sent_to_the_sign_in_page_and_come_back(browser_of, ticket, views):
    for path in [*paths(ticket, views), "/tickets/new/", "/files/1/a.txt"]:
        answer = browser_of(None).get(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/sign-in/?next="), path


@pytest.mark.django_db
def test_a_visitors_fragment_is_told_that_the_text_is_kept(browser_of, ticket):
    answer = browser_of(None).post(
        f"/tickets/{ticket.pk}/comments/", {"body": "hello"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 401
    assert "Your text is kept" in answer.content.decode()


@pytest.mark.django_db
def test_customers_never_reach_the_workspace(browser_of, ticket, views, carol):
    browser = browser_of(carol)
    for path in [*paths(ticket, views), "/tickets/new/", "/tickets/new/people/?requester=al"]:
        answer = browser.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/requests/"), path
    for path in ["/uploads/", f"/tickets/{ticket.pk}/comments/", "/deliveries/1/retry/"]:
        assert browser.post(path).status_code == 403, path


@pytest.mark.django_db
def test_agents_of_every_group_see_the_pages(browser_of, ticket, views, alice, bob, lightly):
    for person in (alice, bob, lightly):
        browser = browser_of(person)
        for path in paths(ticket, views)[1:]:
            assert browser.get(path).status_code == 200, (person, path)


@pytest.mark.django_db
def test_a_ticket_outside_ones_groups_does_not_exist(browser_of, ticket, views, confined_bob):
    browser = browser_of(confined_bob)
    number = ticket.pk
    for part in ("", "parts/", "viewers/", "neighbours/"):
        assert browser.get(f"/tickets/{number}/{part}").status_code == 404, part
    for part in ("comments/", "properties/", "participants/"):
        data = {"body": "x", "property": "priority", "priority": "low", "user": "1"}
        assert browser.post(f"/tickets/{number}/{part}", data).status_code == 404, part
    listed = browser.get(f"/views/{views['all-unsolved'].pk}/").content.decode()
    assert ticket.subject not in listed
    assert ticket.subject not in browser.get("/search/?q=parcel").content.decode()
    assert ticket.subject not in browser.get(f"/search/?q={number}").content.decode()
    changed = browser.get(f"/views/{views['all-unsolved'].pk}/changes/?ids={number}")
    assert ticket.subject not in changed.content.decode()


@pytest.mark.django_db
def test_a_linked_ticket_outside_ones_groups_is_not_named(
    browser_of, ticket, make_ticket, billing, confined_bob
):
    own = make_ticket(subject="Own matter", group_id=billing.pk)
    TicketLink.objects.create(source=own, target=ticket, kind="related", created_at=own.created_at)
    page = browser_of(confined_bob).get(f"/tickets/{own.pk}/").content.decode()
    assert "Own matter" in page
    assert ticket.subject not in page


@pytest.mark.django_db
def test_a_light_agent_writes_notes_and_nothing_else(browser_of, ticket, lightly):
    browser = browser_of(lightly)
    page = browser.get(f"/tickets/{ticket.pk}/").content.decode()
    assert "Internal note" in page
    assert 'value="public"' not in page
    assert 'name="status"' not in page
    url = f"/tickets/{ticket.pk}/comments/"
    assert browser.post(url, {"kind": "public", "body": "hello"}).status_code == 403
    assert browser.post(url, {"kind": "internal", "status": "solved"}).status_code == 403
    assert ticket.comments.count() == 1
    assert browser.post(url, {"kind": "internal", "body": "hello"}).status_code == 302
    assert ticket.comments.filter(is_public=False).count() == 1
    change = {"property": "priority", "priority": "low"}
    assert browser.post(f"/tickets/{ticket.pk}/properties/", change).status_code == 403
    assert browser.get("/tickets/new/").status_code == 403


@pytest.mark.django_db
def test_writing_needs_post(browser_of, ticket, alice):
    browser = browser_of(alice)
    for part in ("comments/", "properties/", "participants/"):
        assert browser.get(f"/tickets/{ticket.pk}/{part}").status_code == 405


@pytest.mark.django_db
def test_writing_needs_the_csrf_token(ticket, alice):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    answer = browser.post(f"/tickets/{ticket.pk}/comments/", {"body": "forged"})
    assert answer.status_code == 403
    assert "out of date" in answer.content.decode()
    assert ticket.comments.count() == 1


@pytest.mark.django_db
def test_pages_are_kept_by_no_cache(browser_of, ticket, alice):
    answer = browser_of(alice).get(f"/tickets/{ticket.pk}/")
    assert answer["Cache-Control"] == "private, no-store"
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_no_page_has_inline_scripts_or_styles(browser_of, ticket, views, alice):
    browser = browser_of(alice)
    for path in [*paths(ticket, views)[1:], "/tickets/new/"]:
        page = browser.get(path).content.decode()
        assert " style=" not in page, path
        assert " onclick=" not in page, path
        assert "<script>" not in page, path


@pytest.mark.django_db
def test_numbers_that_no_database_has_are_404(browser_of, views, alice):
    browser = browser_of(alice)
    for number in ("0", "9" * 30):
        for path in (f"/tickets/{number}/", f"/views/{number}/", f"/files/{number}/a.txt"):
            assert browser.get(path).status_code == 404, path
    for query in ("?view=x", "?view=" + "9" * 40, "?view=-1"):
        assert browser.get("/tickets/1/neighbours/" + query).status_code == 404
