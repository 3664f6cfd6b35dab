"""The grammar of views and rules; its two back ends agree on whatever there may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actor import system_actor
from core import clock
from tests.factories import as_actor
from tickets.actions import create_tickets, create_view
from tickets.conditions import InvalidCondition, as_q, matches, parse
from tickets.conditions.registry import FIELDS, OPERATORS, Kind
from tickets.drafts import CommentDraft, TicketDraft
from tickets.errors import NotPermitted
from tickets.models import Priority, Status, Ticket, View
from tickets.selectors.views import counted_views, tickets_in_view, visible_views

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
TAGS = ["vip", "refund", "late", "naïve", "a_b"]


def values_of(field):
    match field.kind:
        case Kind.ORDERED | Kind.CHOICE:
            return st.sampled_from(field.choices)
        case Kind.REFERENCE:
            return st.sampled_from(["current_user", "current_groups", None, 1, 2, 10**6])
        case Kind.TAGS:
            return st.lists(st.sampled_from(TAGS), min_size=1, max_size=3)
        case Kind.FLAG:
            return st.booleans()
    return st.sampled_from([0, 1, 24, 71, 72, 73, 500])


def condition_of(field):
    return st.fixed_dictionaries(
        {
            "field": st.just(field.name),
            "operator": st.sampled_from(OPERATORS[field.kind]),
            "value": values_of(field),
        }
    )


CONDITION = st.one_of([condition_of(field) for field in FIELDS.values()])
CONDITIONS = st.fixed_dictionaries(
    {"all": st.lists(CONDITION, max_size=3), "any": st.lists(CONDITION, max_size=3)}
)


@pytest.fixture
def many_tickets(carol, dave, alice, bob, support, billing):
    """Tickets in every status, of two people, with and without everything a condition asks for."""
    statuses = ["new", "open", "pending", "hold", "solved", "closed"]

    def draft(number):
        requester = carol if number % 2 else dave
        return TicketDraft(
            subject=f"Matter {number}", requester_id=requester.pk,
            comment=CommentDraft(
                author_id=requester.pk, body="Hello", is_public=number % 7 != 0, channel="email"
            ),
            status=statuses[number % 6],
            priority=["", *Priority.values][number % 5],
            type=["", "question", "incident", "problem"][number % 4],
            channel=["email", "web", "chat"][number % 3],
            assignee_id=[None, alice.pk, bob.pk][number % 3] if number % 6 else None,
            group_id=[None, support.pk, billing.pk][number % 3],
            tags=tuple(TAGS[: number % 4]),
        )  # fmt: skip

    for age in (0, 3, 24, 72):
        with clock.frozen(NOW - timedelta(hours=age)):
            drafts = [draft(age + number) for number in range(12)]
            create_tickets(actor=system_actor("tests"), drafts=drafts)
    return list(Ticket.objects.order_by("id"))


@pytest.fixture
def agreement(many_tickets, alice, billing):
    """Whether both back ends choose the same of the tickets."""
    actors = [as_actor(alice), system_actor("rules")]

    def hold(raw) -> bool:
        conditions = parse(raw)
        for actor in actors:
            in_database = set(
                Ticket.objects.filter(as_q(conditions, actor)).values_list("id", flat=True)
            )
            in_memory = {t.pk for t in many_tickets if matches(conditions, t, actor)}
            assert in_database == in_memory
        return True

    return hold


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=CONDITIONS)
def test_memory_and_database_choose_the_same_tickets(agreement, raw):
    with clock.frozen(NOW):
        assert agreement(raw)


VALUES = {
    Kind.REFERENCE: ["current_user", "current_groups", "", 1],
    Kind.TAGS: ["vip", ["vip", "late"], ["unheard"]],
    Kind.FLAG: [True, False, "true"],
    Kind.HOURS: [0, 3, 24],
}


def test_every_operator_of_every_field_agrees(agreement):
    with clock.frozen(NOW):
        for field in FIELDS.values():
            for operator, value in product(
                OPERATORS[field.kind], field.choices or VALUES[field.kind]
            ):
                raw = {"field": field.name, "operator": operator, "value": value}
                assert agreement({"all": [raw]})


def test_status_less_than_solved_is_the_everyday_filter(many_tickets, alice):
    raw = {"all": [{"field": "status", "operator": "less_than", "value": "solved"}]}
    found = Ticket.objects.filter(as_q(parse(raw), as_actor(alice)))
    assert set(found.values_list("status", flat=True)) == {"new", "open", "pending", "hold"}
    assert Status.unsolved() == ("new", "open", "pending", "hold")


@pytest.mark.parametrize(
    "raw",
    [
        {"all": [{"field": "requester__password", "operator": "is", "value": "x"}]},
        {"all": [{"field": "assignee_id__password__startswith", "operator": "is", "value": "x"}]},
        {"all": [{"field": "status", "operator": "startswith", "value": "x"}]},
        {"all": [{"field": "status", "operator": "is", "value": "odd"}]},
        {"all": [{"field": "group_id", "operator": "is", "value": "1; DROP TABLE"}]},
        {"all": [{"field": "group_id", "operator": "is", "value": {"$gt": 1}}]},
        {"all": [{"field": "current_tags", "operator": "includes", "value": []}]},
        {"all": [{"field": "created_hours_ago", "operator": "less_than", "value": "soon"}]},
        {"all": ["status"]},
        {"all": [{"field": "status", "operator": "is", "value": "new"}] * 101},
        [],
        None,
    ],
)
def test_conditions_outside_the_grammar_are_refused(raw):
    with pytest.raises(InvalidCondition):
        parse(raw)


# Views


def views_with(actor, *raws):
    return [
        create_view(actor=actor, title=f"View {number}", conditions=raw)
        for number, raw in enumerate(raws)
    ]


def test_counts_of_views_are_exact_and_cost_one_statement(
    many_tickets, admin, alice, bob, django_assert_num_queries
):
    views = views_with(
        as_actor(admin),
        {"all": [{"field": "status", "operator": "less_than", "value": "solved"}]},
        {"all": [{"field": "assignee_id", "operator": "is", "value": "current_user"}]},
        {"all": [{"field": "assignee_id", "operator": "not_present"}]},
        {"any": [{"field": "current_tags", "operator": "includes", "value": "vip late"}]},
        {"all": [{"field": "group_id", "operator": "is", "value": "current_groups"}]},
        {"all": [{"field": "priority", "operator": "is", "value": "urgent"}]},
        {"all": [{"field": "status", "operator": "is", "value": "new"},
                 {"field": "status", "operator": "is", "value": "closed"}]},
    )  # fmt: skip
    with clock.frozen(NOW):
        for person in (alice, bob, admin):
            actor = as_actor(person)
            with django_assert_num_queries(1):
                counted = counted_views(views, actor)
            brute = [
                sum(matches(parse(view.conditions), ticket, actor) for ticket in many_tickets)
                for view in views
            ]
            assert [entry.count for entry in counted] == brute
            assert brute[-1] == 0


def test_counts_leave_out_what_the_agent_may_not_see(many_tickets, admin, bob, billing):
    type(bob).objects.filter(pk=bob.pk).update(ticket_access="groups")
    (view,) = views_with(
        as_actor(admin), {"all": [{"field": "status", "operator": "less_than", "value": "closed"}]}
    )
    actor = as_actor(bob)
    visible = [
        ticket
        for ticket in many_tickets
        if ticket.status != "closed" and (ticket.group_id == billing.pk or ticket.assignee == bob)
    ]
    assert counted_views([view], actor)[0].count == len(visible)
    assert set(tickets_in_view(view, actor)) == set(visible)


def test_a_view_is_seen_by_everyone_its_group_or_its_owner(admin, alice, bob, support):
    actor = as_actor(admin)
    raw = {"all": [{"field": "status", "operator": "is", "value": "new"}]}
    for_all = create_view(actor=actor, title="All", conditions=raw)
    for_support = create_view(actor=actor, title="Support", conditions=raw, group_id=support.pk)
    own = create_view(actor=as_actor(bob), title="Mine", conditions=raw, owner_id=bob.pk)
    assert visible_views(as_actor(alice)) == [for_all, for_support]
    assert visible_views(as_actor(bob)) == [for_all, own]


def test_an_agent_makes_views_for_themselves_alone(alice, bob):
    raw = {"all": [{"field": "status", "operator": "is", "value": "new"}]}
    for owner_id in (None, bob.pk):
        with pytest.raises(NotPermitted):
            create_view(actor=as_actor(alice), title="x", conditions=raw, owner_id=owner_id)
    assert not View.objects.exists()
