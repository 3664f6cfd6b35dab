"""Promises replayed are the promises that were kept in the books."""

from __future__ import annotations

import pytest

from core import clock
from macros.actions import tick_sla
from macros.actions.rehearsals import begin_rehearsal, rehearse_some
from macros.actions.rules import definition_of
from macros.actions.sla import SlaPolicyDraft
from macros.models import Metric, MetricEvent, MetricEventType, SlaState
from macros.rehearsal.past import walk
from macros.rehearsal.policies import PolicyRehearsal
from macros.rehearsal.reading import read_batch
from macros.rehearsal.running import read_only
from macros.rehearsal.tally import Tally
from tests.factories import as_actor
from tests.macros.rehearsal.stories import MONDAY
from tests.macros.sla.conftest import Desk, make_policy, target

COMPARED = (MetricEventType.ACTIVATE, MetricEventType.FULFILL, MetricEventType.BREACH,
            MetricEventType.APPLY_SLA, MetricEventType.PAUSE)  # fmt: skip


@pytest.fixture
def desk(alice, carol) -> Desk:
    return Desk(alice, carol)


def facts(events) -> list[tuple]:
    """What can be compared of events, whoever wrote them."""
    return sorted(
        (each.metric, each.instance_id, each.type, each.time)
        for each in events
        if each.type in COMPARED
    )


class Books(PolicyRehearsal):
    """Keeps the books for the test to look into."""

    def _count(self, books) -> None:
        self.books = books
        super()._count(books)


@pytest.mark.parametrize("seed", range(10))
def test_the_books_of_a_random_life_agree_with_those_that_were_kept(story, seed):
    with clock.frozen(MONDAY):
        policy = make_policy(*(
            target(metric, minutes, priority)
            for metric in Metric.values
            for priority, minutes in (("", 100), ("high", 60), ("urgent", 30))
        ))  # fmt: skip
    told = story(200 + seed, submits=25)
    with clock.frozen(told.ends_at):
        tick_sla()
    tally = Tally()
    with clock.frozen(told.ends_at), read_only():
        player = Books(definition_of(policy), policy.pk, 0, MONDAY, tally)
        for ticket, updates in walk(read_batch([told.ticket.pk], since=0)):
            player.take(ticket, updates)

    state = SlaState.objects.get(ticket=told.ticket)
    assert player.books.measures.as_json() == state.metrics
    kept = MetricEvent.objects.filter(ticket=told.ticket)
    assert facts(player.books.events) == facts(kept)
    broken = {(each.metric, each.instance_id) for each in kept if each.type == "breach"}
    assert tally.counts["broken"] == len(broken)


def test_a_draft_says_which_promises_would_have_been_broken(desk, lead):
    ticket = desk.open(0, priority="high")
    desk.answers(90)
    desk.asks(100)
    desk.answers(110)
    draft = SlaPolicyDraft(
        title="An hour", conditions={},
        targets=[target("first_reply_time", 60, "high"), target("next_reply_time", 60, "high"),
                 target("first_reply_time", 60, "low")],
    )  # fmt: skip
    with desk.at(200):
        row = begin_rehearsal(actor=as_actor(lead), draft=draft)
        while rehearse_some():
            pass
    row.refresh_from_db()
    counts = row.result["counts"]
    assert (counts["broken:first_reply_time:high"], counts["kept:next_reply_time:high"]) == (1, 1)
    assert (counts["broken"], counts["kept"], counts["tickets"]) == (1, 1, 1)
    example = row.result["examples"][0]
    assert (example["ticket"], example["metric"]) == (ticket.pk, "first_reply_time")
    with desk.at(60):
        assert example["at"] == clock.now().isoformat()
    with desk.at(90):
        assert example["ended"] == clock.now().isoformat()


def test_a_draft_takes_its_place_among_the_others(desk, lead):
    make_policy(target("first_reply_time", 10, "high"), title="First")
    desk.open(0, priority="high")
    desk.answers(90)
    draft = SlaPolicyDraft(
        title="Second", conditions={}, targets=[target("first_reply_time", 60, "high")]
    )
    with desk.at(200):
        row = begin_rehearsal(actor=as_actor(lead), draft=draft)
        while rehearse_some():
            pass
    row.refresh_from_db()
    assert "broken" not in row.result["counts"]
