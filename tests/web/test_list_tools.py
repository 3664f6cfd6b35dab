"""What a list offers beside its rows: order, density, export, all its numbers, previews."""

from __future__ import annotations

import csv
import io

import pytest

from accounts.models import User
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft

pytestmark = pytest.mark.django_db


def subjects(answer):
    return [ticket.subject for ticket in answer.context["page"].rows]


@pytest.fixture
def unsolved(views):
    return f"/views/{views['all-unsolved'].pk}/"


def test_a_list_is_ordered_by_the_head_of_a_column(browser_of, alice, unsolved, make_ticket):
    for subject, priority in (("b", "low"), ("a", "urgent"), ("c", "")):
        make_ticket(subject=subject, priority=priority)
    browser = browser_of(alice)
    assert subjects(browser.get(f"{unsolved}?sort=nice_id&order=asc")) == ["b", "a", "c"]
    assert subjects(browser.get(f"{unsolved}?sort=priority")) == ["a", "b", "c"]
    page = browser.get(f"{unsolved}?sort=priority&order=asc")
    assert subjects(page) == ["c", "b", "a"]
    html = page.content.decode()
    assert 'aria-sort="ascending"' in html
    assert "&amp;sort=priority&amp;order=asc" in html


@pytest.mark.parametrize(
    "query", ["sort=assignee__password", "sort=id;", "sort=subject", "sort=updated&order=up"]
)
def test_an_order_that_no_table_has_is_refused(browser_of, alice, unsolved, query):
    for tail in ("", "ids/", "export/", "changes/"):
        assert browser_of(alice).get(f"{unsolved}{tail}?{query}").status_code == 400


def test_the_neighbours_follow_the_order_of_the_list(browser_of, alice, views, make_ticket):
    first, second, third = (make_ticket(subject=name) for name in "abc")
    way = f"view={views['all-unsolved'].pk}&sort=nice_id&order=asc"
    page = browser_of(alice).get(f"/tickets/{second.pk}/neighbours/?{way}")
    beside = page.context["beside"]
    assert (beside.previous, beside.next) == (first.pk, third.pk)
    assert f"/tickets/{third.pk}/?{way.replace('&', '&amp;')}" in page.content.decode()


def test_density_is_each_persons_own(browser_of, alice, bob, unsolved):
    browser = browser_of(alice)
    answer = browser.post("/views/density/", {"density": "compact", "next": unsolved})
    assert answer["Location"] == unsolved
    assert 'data-density="compact"' in browser.get(unsolved).content.decode()
    assert 'data-density="comfortable"' in browser_of(bob).get(unsolved).content.decode()
    assert browser.post("/views/density/", {"density": "huge"}).status_code == 400
    assert User.objects.get(pk=alice.pk).list_density == "compact"


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_view_is_exported_with_its_columns_and_no_live_formula(
    browser_of, alice, unsolved, make_ticket
):
    make_ticket(subject='=HYPERLINK("https://evil.example")', tags=("vip",))
    make_ticket(subject="-1+1")
    answer = browser_of(alice).get(f"{unsolved}export/?sort=nice_id&order=asc")
    assert 'filename="all-unsolved' in answer["Content-Disposition"]
    head, first, second = rows_of(answer)
    assert head[:3] == ["Number", "Subject", "Requester"]
    assert first[1] == '\'=HYPERLINK("https://evil.example")'
    assert second[1] == "'-1+1"
    assert "vip" in first


def test_nobody_exports_or_counts_what_they_may_not_see(
    browser_of, confined_bob, unsolved, make_ticket, support, billing
):
    hidden, own = make_ticket(group_id=support.pk), make_ticket(group_id=billing.pk)
    browser = browser_of(confined_bob)
    assert [row[0] for row in rows_of(browser.get(f"{unsolved}export/"))[1:]] == [str(own.pk)]
    assert browser.get(f"{unsolved}ids/").json() == {"ids": [own.pk], "is_all": True}
    assert browser.get(f"/tickets/{hidden.pk}/preview/").status_code == 404


def test_a_preview_is_the_last_word(browser_of, alice, make_ticket):
    ticket = make_ticket(body="Where is it?")
    page = browser_of(alice).get(f"/tickets/{ticket.pk}/preview/").content.decode()
    assert "Where is it?" in page
    note = CommentDraft(author_id=alice.pk, body="<b>Look</b> here", is_public=False)
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=note)
    page = browser_of(alice).get(f"/tickets/{ticket.pk}/preview/").content.decode()
    assert "&lt;b&gt;Look&lt;/b&gt; here" in page
    assert "Internal note" in page
