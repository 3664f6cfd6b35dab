"""Every number of the report against the same number computed in plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.actor import system_actor
from accounts.errors import NotPermitted
from accounts.models import Group, User
from reports.models import TicketFact
from reports.selectors import NO_GROUP, ReportFilter, resolution_times
from reports.selectors.facts import Quantiles
from reports.selectors.resolution_times import EDGES
from reports.spans import Span

BERLIN = ZoneInfo("Europe/Berlin")
SYSTEM = system_actor("tests")
Facts = Callable[..., list[TicketFact]]

SPANS = [
    pytest.param(date(2026, 2, 11), date(2026, 4, 20), "Europe/Berlin", id="clocks-forward"),
    pytest.param(date(2025, 10, 1), date(2026, 1, 1), "America/New_York", id="clocks-back"),
    pytest.param(date(2026, 3, 1), date(2026, 4, 15), "Asia/Kathmandu", id="quarter-hours"),
    pytest.param(date(2026, 3, 29), date(2026, 3, 30), "Europe/Berlin", id="the-23-hour-day"),
    pytest.param(date(2026, 4, 5), date(2026, 4, 6), "Pacific/Chatham", id="45-minutes-off"),
    pytest.param(date(2025, 12, 1), date(2026, 5, 11), "UTC", id="all"),
]


def quantile(values: list[int], q: float) -> float | None:
    values = sorted(values)
    if not values:
        return None
    place = q * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def quantiles(seconds: Iterable[int | None]) -> Quantiles:
    values = [value for value in seconds if value is not None]
    return Quantiles(len(values), quantile(values, 0.5), quantile(values, 0.9))


def close(found: Quantiles, expected: Quantiles) -> None:
    assert found.n == expected.n
    assert found.median == pytest.approx(expected.median)
    assert found.p90 == pytest.approx(expected.p90)


def inside(facts: list[TicketFact], column: str, first: date, end: date, zone: ZoneInfo):
    return [
        fact
        for fact in facts
        if not fact.is_deleted
        and (at := getattr(fact, column)) is not None
        and first <= at.astimezone(zone).date() < end
    ]


@pytest.mark.parametrize(("first", "end", "zone_name"), SPANS)
def test_all_numbers_equal_a_plain_computation(
    random_facts: Facts, first: date, end: date, zone_name: str
) -> None:
    facts = random_facts(400, seed=7)
    zone = ZoneInfo(zone_name)
    report = resolution_times(actor=SYSTEM, wanted=ReportFilter(Span(first, end, zone)))
    before = first - (end - first)

    solved = inside(facts, "solved_at", first, end, zone)
    solved_before = inside(facts, "solved_at", before, first, zone)
    close(report.full.now, quantiles(f.full_resolution_seconds for f in solved))
    close(report.full.before, quantiles(f.full_resolution_seconds for f in solved_before))
    assert report.reopens.now == sum(f.reopens for f in solved)
    assert report.reopens.before == sum(f.reopens for f in solved_before)
    for name, at, seconds in (
        ("first_reply", "first_reply_at", "first_reply_seconds"),
        ("first_resolution", "first_solved_at", "first_resolution_seconds"),
    ):
        found = getattr(report, name)
        close(
            found.now, quantiles(getattr(f, seconds) for f in inside(facts, at, first, end, zone))
        )
        earlier = inside(facts, at, before, first, zone)
        close(found.before, quantiles(getattr(f, seconds) for f in earlier))

    by_week: dict[date, list[int]] = {}
    for fact in solved:
        day = fact.solved_at.astimezone(zone).date()
        monday = day - timedelta(days=day.weekday())
        by_week.setdefault(monday, []).append(fact.full_resolution_seconds)
    assert sum(week.quantiles.n for week in report.weeks) == len(solved)
    for week in report.weeks:
        close(week.quantiles, quantiles(by_week.get(week.monday, [])))

    created = inside(facts, "created_at", first, end, zone)
    hours = Counter(
        (local.weekday(), local.hour)
        for local in (fact.created_at.astimezone(zone) for fact in created)
    )
    assert [[hours[day, hour] for hour in range(24)] for day in range(7)] == report.hours
    assert report.created.now == len(created)
    assert report.created.before == len(inside(facts, "created_at", before, first, zone))


def test_breakdowns_equal_a_plain_computation(
    random_facts: Facts, support: Group, billing: Group
) -> None:
    facts = random_facts(400, seed=11)
    first, end = date(2026, 1, 1), date(2026, 4, 1)
    report = resolution_times(actor=SYSTEM, wanted=ReportFilter(Span(first, end, BERLIN)))
    solved = inside(facts, "solved_at", first, end, BERLIN)

    for rows, column in ((report.channels, "channel"), (report.groups, "group_id")):
        values = {getattr(fact, column) for fact in solved}
        assert {row.key for row in rows} == {str(value or NO_GROUP) for value in values}
        for row in rows:
            own = [f for f in solved if str(getattr(f, column) or NO_GROUP) == row.key]
            close(row.times.now, quantiles(f.full_resolution_seconds for f in own))
    assert {row.title for row in report.groups} == {"Support", "Billing", ""}

    seconds = [fact.full_resolution_seconds for fact in solved]
    assert [(b.lower, b.upper) for b in report.distribution] == list(
        zip((0, *EDGES), (*EDGES, None), strict=True)
    )
    for bucket in report.distribution:
        count = sum(bucket.lower <= s < (bucket.upper or float("inf")) for s in seconds)
        assert bucket.count == count
        assert bucket.share == pytest.approx(count / len(seconds))


@pytest.mark.parametrize("channel", ["", "email"])
@pytest.mark.parametrize("group", [None, "support", "none"])
def test_filters_leave_exactly_the_matching_tickets(
    random_facts: Facts, support: Group, channel: str, group: str | None
) -> None:
    facts = random_facts(300, seed=3)
    wanted_group = {None: None, "support": support.pk, "none": NO_GROUP}[group]
    matching = [
        fact
        for fact in facts
        if channel in ("", fact.channel)
        and (wanted_group is None or (fact.group_id or NO_GROUP) == wanted_group)
    ]
    first, end = date(2026, 1, 1), date(2026, 5, 1)
    wanted = ReportFilter(Span(first, end, BERLIN), channel, wanted_group)
    report = resolution_times(actor=SYSTEM, wanted=wanted)
    solved = inside(matching, "solved_at", first, end, BERLIN)
    close(report.full.now, quantiles(f.full_resolution_seconds for f in solved))
    assert report.created.now == len(inside(matching, "created_at", first, end, BERLIN))
    assert sum(bucket.count for bucket in report.distribution) == len(solved)


def test_a_span_without_tickets_is_empty(support: Group) -> None:
    wanted = ReportFilter(Span(date(2026, 1, 1), date(2026, 1, 15), BERLIN))
    report = resolution_times(actor=SYSTEM, wanted=wanted)
    assert report.is_empty
    assert report.full.now == Quantiles(0, None, None)
    assert [week.quantiles.n for week in report.weeks] == [0, 0, 0]
    assert report.channels == report.groups == []


def test_the_number_of_statements_does_not_grow(
    random_facts: Facts, django_assert_num_queries
) -> None:
    random_facts(200, seed=5)
    for days in (7, 200):
        span = Span(date(2026, 5, 1) - timedelta(days=days), date(2026, 5, 1), BERLIN)
        with django_assert_num_queries(6):
            resolution_times(actor=SYSTEM, wanted=ReportFilter(span))


def test_agents_and_customers_get_no_numbers(
    alice: User, lightly: User, carol: User, as_actor
) -> None:
    wanted = ReportFilter(Span(date(2026, 1, 1), date(2026, 2, 1), BERLIN))
    for person in (alice, lightly, carol):
        with pytest.raises(NotPermitted):
            resolution_times(actor=as_actor(person), wanted=wanted)


def test_a_lead_who_sees_some_groups_counts_only_those(
    random_facts: Facts, lead: User, support: Group, as_actor
) -> None:
    facts = random_facts(200, seed=9)
    User.objects.filter(pk=lead.pk).update(ticket_access="groups")
    wanted = ReportFilter(Span(date(2025, 10, 1), date(2026, 5, 11), BERLIN))
    report = resolution_times(actor=as_actor(lead), wanted=wanted)
    own = [fact for fact in facts if fact.group_id == support.pk and not fact.is_deleted]
    assert report.created.now == len(own)
    assert [row.title for row in report.groups] == ["Support"]


def test_a_span_is_cut_at_the_readers_midnight(random_facts: Facts) -> None:
    fact = random_facts(1, seed=1)[0]
    at = datetime(2026, 3, 31, 23, 30, tzinfo=BERLIN)
    TicketFact.objects.filter(pk=fact.pk).update(created_at=at, is_deleted=False)
    april = {"first": date(2026, 4, 1), "end": date(2026, 5, 1)}
    here = resolution_times(actor=SYSTEM, wanted=ReportFilter(Span(zone=BERLIN, **april)))
    there = ReportFilter(Span(zone=ZoneInfo("Asia/Tokyo"), **april))
    assert here.created.now == 0
    assert resolution_times(actor=SYSTEM, wanted=there).created.now == 1
