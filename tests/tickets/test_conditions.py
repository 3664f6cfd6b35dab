"""The grammar of views and rules; its two back ends agree on whatever there may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actions import save_person_field
from accounts.actor import system_actor
from accounts.models import Organization, User
from core import clock
from tests.factories import as_actor, make_user
from tickets.actions import create_ticket_field, create_tickets, create_view
from tickets.conditions import InvalidCondition, as_q, matches, parse
from tickets.conditions.business import forget_schedules
from tickets.conditions.custom import custom_fields
from tickets.conditions.registry import FIELDS, OPERATORS, Kind
from tickets.drafts import CommentDraft, TicketDraft
from tickets.errors import NotPermitted
from tickets.models import UNTIL_REPLY, Priority, Schedule, Status, Ticket, View
from tickets.selectors.views import counted_views, tickets_in_view, visible_views
from tickets.view_conditions import with_awake

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)  # a Monday
TAGS = ["vip", "refund", "late", "naïve", "a_b"]
TEXTS = ["matter", "MATTER 1", "1%", "support@example.com", "de", "elsewhere", "e"]
STORED_FIELDS = [field for field in FIELDS.values() if field.path]


def values_of(field):
    match field.kind:
        case Kind.ORDERED | Kind.CHOICE:
            return list(field.choices)
        case Kind.REFERENCE:
            return ["current_user", "current_groups", None, "", 1, 2, 10**6]
        case Kind.TAGS if field.choices:
            return [field.choices[0], list(field.choices)]
        case Kind.TAGS:
            return ["vip", ["vip", "late"], ["unheard"]]
        case Kind.FLAG:
            return [True, False, "true"]
        case Kind.NUMBER:
            return [0, 1, "2.5", 5, -1] if field.custom_id else [0, 1, 5]
        case Kind.TEXT | Kind.WORDS:
            return TEXTS
        case Kind.SEARCH:
            return ["parcel", "weeks waiting", "unheard", "parcel -weeks", "!?"]
        case Kind.DATE:
            return ["2026-03-02", "2026-02-20", "2026-03-10"]
        case Kind.MOMENT:
            return [None]
        case Kind.HOURS:
            return [0, 1, 3, 24, 71, 72, 500]


def value_for(field, operator):
    if operator.startswith("within_"):
        return st.sampled_from([0, 1, 10, 400])
    return st.sampled_from(values_of(field))


def condition_of(fields):
    def one(pair):
        field, operator = pair
        return st.fixed_dictionaries(
            {
                "field": st.just(field.name),
                "operator": st.just(operator),
                "value": value_for(field, operator),
            }
        )

    pairs = [(field, operator) for field in fields for operator in OPERATORS[field.kind]]
    return st.sampled_from(pairs).flatmap(one)


def conditions_of(fields):
    """Conditions and groups of them, nested."""
    condition = condition_of(fields)

    def group(nodes):
        lists = st.lists(nodes, max_size=3)
        return st.fixed_dictionaries({"all": lists, "any": lists})

    return group(st.recursive(condition, group, max_leaves=6))


CUSTOM = [
    ("size", "tagger", ["small", "large"], ["small", "large", None]),
    ("note", "text", [], ["Matter", "1%", None]),
    ("story", "textarea", [], ["A long matter", "else", None]),
    ("amount", "integer", [], [0, 5, -1, None]),
    ("price", "decimal", [], ["2.50", "0.1", None]),
    ("is_gift", "checkbox", [], [True, False, None]),
    ("parts", "multiselect", ["Lid", "Big handle"], [["Lid"], ["Lid", "Big handle"], None]),
    ("day", "date", [], ["2026-03-02", "2026-02-20", None]),
]


@pytest.fixture
def custom(admin):
    """One custom field of each type, with the values that tickets have of it."""
    made = [
        (
            create_ticket_field(
                actor=as_actor(admin), key=key, title=key, type=kind, options=tuple(options)
            ),
            values,
        )
        for key, kind, options, values in CUSTOM
    ]
    return made


@pytest.fixture
def schedules(db):
    """Nine to five in Berlin for the house, evenings in New York besides."""
    for name, zone, start, end in (
        ("B", "Europe/Berlin", 9, 17),
        ("N", "America/New_York", 20, 24),
    ):
        intervals = [[day * 1440 + start * 60, day * 1440 + end * 60] for day in range(1, 6)]
        Schedule.objects.create(
            name=name, time_zone=zone, intervals=intervals, created_at=NOW, updated_at=NOW
        )
    forget_schedules()
    yield list(Schedule.objects.order_by("id"))
    forget_schedules()


@pytest.fixture
def many_tickets(carol, dave, alice, bob, support, billing, custom, schedules):
    """Tickets in every status, of two people, with and without everything a condition asks for."""
    statuses = ["new", "open", "pending", "hold", "solved", "closed"]

    def draft(number):
        requester = carol if number % 2 else dave
        values = {str(field.pk): choices[number % len(choices)] for field, choices in custom}
        return TicketDraft(
            subject=f"Matter {number}%", requester_id=requester.pk,
            comment=CommentDraft(
                author_id=requester.pk, body="Hello", is_public=number % 7 != 0, channel="email"
            ),
            status=statuses[number % 6],
            priority=["", *Priority.values][number % 5],
            type=["", "question", "incident", "problem"][number % 4],
            channel=["email", "web", "chat"][number % 3],
            recipient=["", "support@example.com"][number % 2],
            language=["", "de", "en"][number % 3],
            assignee_id=[None, alice.pk, bob.pk][number % 3] if number % 6 else None,
            group_id=[None, support.pk, billing.pk][number % 3],
            tags=tuple(TAGS[: number % 4]),
            custom_fields={key: value for key, value in values.items() if value is not None},
        )  # fmt: skip

    for age in (0, 3, 24, 72):
        with clock.frozen(NOW - timedelta(hours=age)):
            drafts = [draft(age + number) for number in range(12)]
            create_tickets(actor=system_actor("tests"), drafts=drafts)
    for number, ticket in enumerate(Ticket.objects.order_by("id")):
        # Columns that only rules and time fill.
        Ticket.objects.filter(pk=ticket.pk).update(
            schedule=[None, *schedules][number % 3],
            reopens=number % 3,
            replies=number % 4,
            snoozed_until=[None, NOW + timedelta(hours=5), UNTIL_REPLY][number % 3],
            sla_next_breach_at=[None, NOW + timedelta(hours=number - 20)][number % 2],
        )
    return list(Ticket.objects.order_by("id").select_related("requester", "organization"))


@pytest.fixture
def agreement(many_tickets, alice, billing):
    """Whether both back ends choose the same of the tickets."""
    actors = [as_actor(alice), system_actor("rules")]

    def hold(raw) -> bool:
        conditions = parse(raw)
        asks_for_people = any(condition.field.refers_to for condition in conditions)
        for actor in actors if asks_for_people else actors[:1]:
            in_database = set(
                Ticket.objects.filter(as_q(conditions, actor)).values_list("id", flat=True)
            )
            in_memory = {t.pk for t in many_tickets if matches(conditions, t, actor)}
            assert in_database == in_memory
        return True

    return hold


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_memory_and_database_choose_the_same_tickets(agreement, data):
    fields = [*STORED_FIELDS, *custom_fields().values()]
    with clock.frozen(NOW):
        assert agreement(data.draw(conditions_of(fields)))


def test_every_operator_of_every_field_agrees(agreement):
    with clock.frozen(NOW):
        for field in (*STORED_FIELDS, *custom_fields().values()):
            for operator in OPERATORS[field.kind]:
                values = [0, 1, 10] if operator.startswith("within_") else values_of(field)
                for value in values:
                    raw = {"field": field.name, "operator": operator, "value": value}
                    assert agreement({"all": [raw]}), raw


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
    known = {"field": "requester_id", "operator": "present"}
    views = views_with(
        as_actor(admin),
        {"all": [{"field": "status", "operator": "less_than", "value": "solved"}]},
        {"all": [{"field": "assignee_id", "operator": "is", "value": "current_user"}]},
        {"all": [{"field": "assignee_id", "operator": "not_present"}]},
        {"all": [known], "any": [{"field": "current_tags", "operator": "includes",
                                  "value": "vip late"}]},
        {"all": [{"field": "group_id", "operator": "is", "value": "current_groups"}]},
        {"all": [known, {"field": "priority", "operator": "is", "value": "urgent"}]},
        {"all": [{"field": "status", "operator": "is", "value": "new"},
                 {"field": "status", "operator": "is", "value": "closed"}]},
    )  # fmt: skip
    with clock.frozen(NOW):
        for person in (alice, bob, admin):
            actor = as_actor(person)
            with django_assert_num_queries(1):
                counted = counted_views(views, actor)
            brute = [
                sum(matches(asked, ticket, actor) for ticket in many_tickets)
                for asked in (with_awake(parse(view.conditions)) for view in views)
            ]
            assert [entry.count for entry in counted] == brute
            assert brute[-1] == 0


def test_counts_leave_out_what_the_agent_may_not_see(many_tickets, admin, bob, billing):
    type(bob).objects.filter(pk=bob.pk).update(ticket_access="groups")
    asked = [
        {"field": "status", "operator": "less_than", "value": "closed"},
        {"field": "snoozed_until", "operator": "present", "value": None},
    ]
    (view,) = views_with(as_actor(admin), {"all": asked})
    actor = as_actor(bob)
    visible = [
        ticket
        for ticket in many_tickets
        if ticket.status != "closed"
        and ticket.snoozed_until
        and (ticket.group_id == billing.pk or ticket.assignee == bob)
    ]
    assert visible
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


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (("requester.custom_fields.plan", "is", "gold"), ["gold"]),
        (("requester.custom_fields.plan", "is_not", "gold"), ["bare", "silver"]),
        (("requester.custom_fields.plan", "is", ""), ["bare"]),
        (("requester.custom_fields.seats", "greater_than", 5), ["gold"]),
        (("requester.custom_fields.seats", "not_present", None), ["bare"]),
        (("organization.custom_fields.key_account", "is", True), ["gold"]),
        (("organization.custom_fields.key_account", "is", False), ["bare", "silver"]),
        (("requester_tags", "includes", "vip"), ["silver"]),
        (("requester_tags", "not_present", None), ["bare", "gold"]),
    ],
)  # fmt: skip
def test_rules_can_ask_for_fields_and_tags_of_people_and_companies(
    lead, alice, nordwind, make_ticket, condition, met
):
    for owner, key, kind, options in [
        ("person", "plan", "dropdown", ["gold", "silver"]), ("person", "seats", "number", []),
        ("organization", "key_account", "checkbox", []),
    ]:  # fmt: skip
        save_person_field(
            actor=as_actor(lead), owner=owner, key=key, title=key, type=kind, options=options
        )
    Organization.objects.filter(pk=nordwind.pk).update(custom_fields={"key_account": True})
    gold = make_user("Gold", domain="nordwind.example")
    silver, bare = make_user("Silver"), make_user("Bare")
    User.objects.filter(pk=gold.pk).update(custom_fields={"plan": "gold", "seats": 12})
    User.objects.filter(pk=silver.pk).update(
        custom_fields={"plan": "silver", "seats": 5}, tags=["vip"]
    )
    for person in (gold, silver, bare):
        make_ticket(requester=person, subject=person.name.lower())
    field, operator, value = condition
    parsed = parse({"all": [{"field": field, "operator": operator, "value": value}]})
    actor = as_actor(alice)
    tickets = Ticket.objects.select_related("requester", "organization")
    found = tickets.filter(as_q(parsed, actor)).order_by("subject")
    assert [ticket.subject for ticket in found] == met
    in_memory = [each.subject for each in tickets if matches(parsed, each, actor)]
    assert sorted(in_memory) == met
