"""Views that people make: their form, their columns and headings, and whose they are."""

from __future__ import annotations

import pytest

from core.pages import BadCursor, Keyset, keyset_page
from tests.factories import SETUP, as_actor
from tickets.actions import create_ticket_field
from tickets.actions.views import create_view, order_views
from tickets.models import Ticket, View
from tickets.selectors.neighbours import neighbours_in_view
from tickets.selectors.views import counted_views, page_of_view

pytestmark = pytest.mark.django_db

UNSOLVED = {"all": [{"field": "status", "operator": "less_than", "value": "solved"}]}


def form(**changes):
    return {
        "title": "Billing::Refunds", "audience": "me", "c": ["1:all:c"], "c1-field": "status",
        "c1-operator": "less_than", "c1-value": "solved", "column": ["nice_id", "status"],
        "sort_by": "created", "sort_order": "asc", "group_by": "priority", "group_order": "desc",
        **changes,
    }  # fmt: skip


def shown(answer) -> str:
    return answer.content.decode()


def make(person, **changes):
    draft = {"title": "Mine", "conditions": UNSOLVED, "owner_id": person.pk, **changes}
    return create_view(actor=as_actor(person), **draft)


def test_every_agent_makes_views_of_their_own(browser_of, lightly, make_ticket):
    browser = browser_of(lightly)
    answer = browser.post("/views/new/", form())
    view = View.objects.get()
    assert answer["Location"] == f"/views/{view.pk}/"
    assert (view.owner, view.group) == (lightly, None)
    assert view.columns == ["subject", "nice_id", "status"]
    assert (view.sort_by, view.group_by, view.group_order) == ("created", "priority", "desc")
    page = shown(browser.get(f"/views/{view.pk}/"))
    assert "<h3><bdi>Mine · Billing</bdi></h3>" in page
    assert '<bdi class="clip">Refunds</bdi>' in page


def test_shared_views_are_for_who_manages_rules(browser_of, alice, lead, support):
    for audience in ("all", str(support.pk)):
        assert browser_of(alice).post("/views/new/", form(audience=audience)).status_code == 422
        assert not View.objects.exists()
        browser_of(lead).post("/views/new/", form(audience=audience))
        View.objects.get(owner=None).delete()


def test_an_agent_copies_a_shared_view_but_does_not_change_it(browser_of, alice, lead):
    view = create_view(actor=as_actor(lead), title="All", conditions=UNSOLVED)
    browser = browser_of(alice)
    for path in ("edit", "removal", "position"):
        assert browser.post(f"/views/{view.pk}/{path}/", form()).status_code == 403
    assert browser.get(f"/views/{view.pk}/edit/").status_code == 403
    browser.post(f"/views/{view.pk}/copy/")
    assert View.objects.get(owner=alice).title == "All (copy)"
    view.refresh_from_db()
    assert view.title == "All"


def test_another_persons_view_is_not_there(browser_of, alice, bob, lead):
    view = make(bob)
    for person in (alice, lead):
        for path in ("edit", "removal", "copy", "position"):
            assert browser_of(person).post(f"/views/{view.pk}/{path}/").status_code == 404


def test_a_view_without_a_narrowing_condition_is_refused_and_says_why(browser_of, alice):
    data = form(**{"c1-field": "priority", "c1-operator": "is", "c1-value": "urgent"})
    answer = browser_of(alice).post("/views/new/", data)
    assert answer.status_code == 422
    assert "look at every ticket there ever was" in shown(answer)
    assert 'value="Billing::Refunds"' in shown(answer)
    data |= {"c": ["1:any:c"], "c1-field": "status", "c1-operator": "is", "c1-value": "new"}
    assert browser_of(alice).post("/views/new/", data).status_code == 422
    assert not View.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [("column", ["requester__password"]), ("sort_by", "requester__password"),
     ("group_by", "requester__password"), ("audience", "1 OR 1=1")],
)  # fmt: skip
def test_names_from_outside_the_lists_go_nowhere(browser_of, alice, name, value):
    browser_of(alice).post("/views/new/", form(**{name: value}))
    for view in View.objects.all():
        assert "password" not in f"{view.columns} {view.sort_by} {view.group_by}"


def test_the_preview_counts_exactly_before_anything_is_saved(browser_of, alice, make_ticket):
    for _ in range(3):
        make_ticket()
    make_ticket(status="solved")
    page = shown(browser_of(alice).post("/views/new/", form(op="preview")))
    assert '<span class="strong num">3</span>' in page
    assert not View.objects.exists()


def test_columns_are_added_moved_and_removed(browser_of, alice):
    browser = browser_of(alice)

    def after(op):
        page = shown(browser.post("/views/new/", form(op=op)))
        return [part.split('" selected>')[0].rpartition('value="')[2]
                for part in page.split('name="column"')[1:]]  # fmt: skip

    assert after("k.up:status") == ["status", "nice_id"]
    assert after("k.remove:status") == ["nice_id"]
    assert len(after("k.add")) == 3


def test_a_table_shows_the_views_columns_and_custom_fields(browser_of, alice, admin, make_ticket):
    field = create_ticket_field(actor=as_actor(admin), key="risk", title="Risk <b>", type="text")
    make_ticket(custom_fields={str(field.pk): "<i>high</i>"})
    view = make(alice, columns=["nice_id", f"custom_fields_{field.pk}"])
    page = shown(browser_of(alice).get(f"/views/{view.pk}/"))
    assert "Risk &lt;b&gt;" in page
    assert "&lt;i&gt;high&lt;/i&gt;" in page
    assert "c-nice_id" in page
    assert "c-assignee" not in page


def test_rows_stand_under_headings_in_their_order(browser_of, alice, make_ticket):
    for priority in ("low", "urgent", "", "low"):
        make_ticket(priority=priority)
    view = make(alice, group_by="priority", group_order="desc")
    page = shown(browser_of(alice).get(f"/views/{view.pk}/"))
    places = [page.index(f"<bdi>{word}</bdi></th></tr>") for word in ("Urgent", "Low")]
    assert places == sorted(places)
    assert page.index("<bdi>No priority</bdi></th></tr>") > places[-1]


@pytest.mark.parametrize("group_by", ["status", "priority", "type", "group", "assignee",
                                      "requester", "organization"])  # fmt: skip
@pytest.mark.parametrize("group_order", ["asc", "desc"])
def test_pages_under_headings_show_each_ticket_once(
    alice, bob, support, billing, carol, mallory, make_ticket, group_by, group_order
):
    people = [(support, alice), (billing, bob), (None, None)]
    for number in range(9):
        group, agent = people[number % 3]
        make_ticket(
            requester=(carol, mallory)[number % 2], priority=("", "low", "urgent")[number % 3],
            type=("", "question")[number % 2], group_id=group and group.pk,
            assignee_id=agent and agent.pk,
        )  # fmt: skip
    actor = as_actor(alice)
    view = make(alice, group_by=group_by, group_order=group_order, sort_by="created")
    seen, cursor = [], ""
    while cursor is not None:
        page = page_of_view(view, actor, cursor=cursor, size=2)
        seen += [row.pk for row in page.rows]
        cursor, last = page.next_cursor, page
    assert len(seen) == 9
    assert len(set(seen)) == 9
    assert seen == [row.pk for row in page_of_view(view, actor, size=50).rows]
    back = page_of_view(view, actor, cursor=last.previous_cursor, size=2)
    assert [row.pk for row in back.rows] == seen[6:8]
    beside = neighbours_in_view(view, actor, Ticket.objects.get(pk=seen[4]))
    assert (beside.previous, beside.next) == (seen[3], seen[5])


def test_a_marker_of_another_order_is_refused(alice, make_ticket):
    for _ in range(3):
        make_ticket()
    plain = keyset_page(Ticket.objects.all(), Keyset("id"), size=1)
    view = make(alice, group_by="status")
    with pytest.raises(BadCursor):
        page_of_view(view, as_actor(alice), cursor=plain.next_cursor)


def test_views_are_ordered_by_their_people(browser_of, alice, lead):
    shared = create_view(actor=as_actor(lead), title="All", conditions=UNSOLVED)
    first, second = make(alice, title="First"), make(alice, title="Second")
    browser_of(alice).post(f"/views/{second.pk}/position/", {"move": "up"})
    mine = View.objects.filter(owner=alice).order_by("position", "id")
    assert list(mine) == [second, first]
    shared.refresh_from_db()
    assert shared.position == 1
    page = shown(browser_of(alice).get("/views/manage/"))
    assert page.index("Second") < page.index("First")


def test_order_views_needs_the_right_to_each(alice, lead):
    from accounts.errors import NotPermitted

    shared = [create_view(actor=as_actor(lead), title=t, conditions=UNSOLVED) for t in "AB"]
    with pytest.raises(NotPermitted):
        order_views(actor=as_actor(alice), view_ids=[shared[1].pk, shared[0].pk])
    order_views(actor=as_actor(lead), view_ids=[shared[1].pk, shared[0].pk])
    assert list(View.objects.order_by("position")) == [shared[1], shared[0]]


def test_deleting_a_view_asks_first_and_leaves_the_tickets(browser_of, alice, make_ticket):
    make_ticket()
    view = make(alice)
    assert "Delete “Mine”?" in shown(browser_of(alice).get(f"/views/{view.pk}/removal/"))
    browser_of(alice).post(f"/views/{view.pk}/removal/")
    assert not View.objects.exists()
    assert Ticket.objects.count() == 1


def test_letters_that_no_column_holds_break_no_preview(browser_of, alice):
    odd = form(op="preview", **{"c": ["1:all:c", "2:all:c"], "c2-field": "subject_includes_word",
                                "c2-operator": "includes", "c2-value": "a\x00b"})  # fmt: skip
    browser = browser_of(alice)
    assert "0</span> tickets" in shown(browser.post("/views/new/", odd))
    assert browser.post("/views/new/", {**odd, "op": ""}).status_code == 302


def test_a_view_is_saved_over_anothers_change_only_by_who_has_read_of_it(browser_of, lead, admin):
    view = make(lead, owner_id=None)
    opened = view.stamp
    theirs = form(title="Theirs", audience="all", stamp=opened)
    assert browser_of(admin).post(f"/views/{view.pk}/edit/", theirs).status_code == 302
    answer = browser_of(lead).post(f"/views/{view.pk}/edit/", {**theirs, "title": "Mine"})
    assert answer.status_code == 422
    assert "Somebody else has changed this view" in shown(answer)
    view.refresh_from_db()
    assert view.title == "Theirs"
    again = {**theirs, "title": "Mine", "stamp": view.stamp}
    assert f'name="stamp" value="{view.stamp}"' in shown(answer)
    assert browser_of(lead).post(f"/views/{view.pk}/edit/", again).status_code == 302


def test_moving_a_view_is_in_nobodys_way(lead):
    one, two = make(lead, owner_id=None), make(lead, owner_id=None)
    order_views(actor=as_actor(lead), view_ids=[two.pk, one.pk])
    stamp = one.stamp
    one.refresh_from_db()
    assert (one.stamp, one.position > two.position - 2) == (stamp, True)


def test_a_view_that_names_a_deleted_field_says_so_and_takes_no_other_along(
    browser_of, make_ticket, alice
):
    field = create_ticket_field(actor=SETUP, key="n", title="N", type="decimal")
    asked = {"field": f"custom_fields_{field.pk}", "operator": "less_than", "value": 5}
    broken = make(alice, conditions={"all": [*UNSOLVED["all"], asked]})
    whole = make(alice)
    make_ticket()
    field.delete()
    assert [row.count for row in counted_views([broken, whole], as_actor(alice))] == [0, 1]
    page = shown(browser_of(alice).get(f"/views/{broken.pk}/"))
    assert "asks for something that is gone" in page
    assert f"/views/{broken.pk}/edit/" in page
