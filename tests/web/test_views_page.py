from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import SETUP
from tickets.actions import update_ticket
from tickets.drafts import TicketChanges

pytestmark = pytest.mark.django_db


def test_the_first_view_opens(browser_of, alice, views):
    first = views["your-unsolved"].pk
    assert browser_of(alice).get("/views/")["Location"] == f"/views/{first}/"


def test_without_views_the_page_says_what_to_do(browser_of, alice):
    assert "There are no views yet" in browser_of(alice).get("/views/").content.decode()


def test_counts_are_exact(browser_of, alice, views, make_ticket):
    for _ in range(3):
        make_ticket()
    counts = browser_of(alice).get("/views/counts/").json()
    assert counts[str(views["unassigned"].pk)] == 3
    assert counts[str(views["your-unsolved"].pk)] == 0
    assert counts["suspended"] == 0


def test_a_light_agent_is_not_told_of_suspended_messages(browser_of, lightly, views):
    browser = browser_of(lightly)
    assert "suspended" not in browser.get("/views/counts/").json()
    assert "/suspended/" not in browser.get(f"/views/{views['pending'].pk}/").content.decode()


def test_another_persons_view_does_not_exist(browser_of, alice, bob, views):
    view = views["unassigned"]
    view.owner = bob
    view.save()
    browser = browser_of(alice)
    assert browser.get(f"/views/{view.pk}/").status_code == 404
    assert browser.get(f"/views/{view.pk}/changes/?ids=1").status_code == 404


def test_everything_people_wrote_is_shown_as_text(browser_of, alice, views, make_ticket, carol):
    evil = "<img src=x onerror=alert(1)>"
    carol.name = carol.organization.name = evil
    carol.save()
    carol.organization.save()
    make_ticket(subject=evil, body=evil, tags=("<b>tag</b>",))
    page = browser_of(alice).get(f"/views/{views['unassigned'].pk}/").content.decode()
    assert "<img src=x" not in page
    assert "<b>tag" not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") >= 4


def queries(browser, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


def test_fifty_rows_cost_as_many_queries_as_five(browser_of, alice, views, make_ticket, support):
    browser = browser_of(alice)
    path = f"/views/{views['all-unsolved'].pk}/"
    for _ in range(5):
        make_ticket(group_id=support.pk, assignee_id=alice.pk)
    five = queries(browser, path)
    for _ in range(45):
        make_ticket(group_id=support.pk, assignee_id=alice.pk)
    assert queries(browser, path) == five
    assert five <= 10  # one of them for the bell, one for what is new


def test_pages_go_on_and_back_without_losing_a_row(browser_of, alice, views, make_ticket):
    numbers = {make_ticket().pk for _ in range(60)}
    browser = browser_of(alice)
    path = f"/views/{views['unassigned'].pk}/"
    first = browser.get(path)
    following = browser.get(f"{path}?cursor={first.context['page'].next_cursor}")
    seen = [ticket.pk for answer in (first, following) for ticket in answer.context["page"].rows]
    assert len(seen) == 60
    assert set(seen) == numbers
    back = browser.get(f"{path}?cursor={following.context['page'].previous_cursor}")
    assert back.context["page"].rows == first.context["page"].rows


def test_a_made_up_page_marker_is_refused(browser_of, alice, views):
    path = f"/views/{views['unassigned'].pk}/?cursor=WzAsMV0"
    assert browser_of(alice).get(path).status_code == 400


def test_changes_name_the_rows_that_are_in_the_view_now(browser_of, alice, views, make_ticket):
    stays, goes = make_ticket(subject="Stays"), make_ticket(subject="Goes")
    update_ticket(actor=SETUP, ticket_id=goes.pk, changes=TicketChanges(status="solved"))
    ids = f"{stays.pk},{goes.pk},x,99999999999999999999999"
    path = f"/views/{views['unassigned'].pk}/changes/?ids={ids}"
    page = browser_of(alice).get(path).content.decode()
    assert f'data-row="{stays.pk}"' in page
    assert f'data-row="{goes.pk}"' not in page


def test_an_empty_view_teaches_the_next_step(browser_of, alice, views):
    page = browser_of(alice).get(f"/views/{views['your-unsolved'].pk}/").content.decode()
    assert "Nothing waits for you" in page
