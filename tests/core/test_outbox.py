"""The outbox hands every message over at least once, whatever breaks on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from core import clock, outbox
from core.models import OutboxMessage
from tests.workers import at_once

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
taken: list[dict] = []
also_taken: list[dict] = []


def take(messages):
    taken.extend(message.payload for message in messages)


def take_too(messages):
    also_taken.extend(message.payload for message in messages)


def break_down(messages):
    raise ConnectionError("the other side is away")


@pytest.fixture(autouse=True)
def _empty(db):
    taken.clear()
    also_taken.clear()


@pytest.fixture
def subscribe(settings):
    """`subscribe("topic", take, break_down)` instead of the house's own wiring."""

    def to(topic, *subscribers):
        settings.OUTBOX_SUBSCRIBERS = {
            topic: [f"{__name__}.{subscriber.__name__}" for subscriber in subscribers]
        }

    return to


def drain(at=NOW):
    with clock.frozen(at):
        return outbox.drain()


def post(topic, *payloads, at=NOW):
    with clock.frozen(at):
        for payload in payloads:
            outbox.post(topic, payload)


def test_messages_go_to_every_subscriber_in_order_and_are_gone(subscribe):
    subscribe("t", take, take_too)
    post("t", {"n": 1}, {"n": 2})
    post("t", {"n": 3})
    assert drain() == 3
    assert taken == also_taken == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert not OutboxMessage.objects.exists()
    assert drain() == 0


def test_a_topic_without_subscribers_is_let_go(subscribe):
    subscribe("other")
    post("t", {"n": 1})
    drain()
    assert not OutboxMessage.objects.exists()


def test_a_rolled_back_transaction_posts_nothing():
    with transaction.atomic():
        outbox.post("t", {"n": 1})
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()


def test_a_failing_subscriber_keeps_the_message_with_the_reason(subscribe, caplog):
    subscribe("t", break_down)
    post("t", {"n": 1})
    drain()
    row = OutboxMessage.objects.get()
    assert (row.attempts, row.error) == (1, "ConnectionError: the other side is away")
    assert "outbox.failed" in caplog.text


def test_back_off_doubles_up_to_an_hour(subscribe):
    subscribe("t", break_down)
    post("t", {"n": 1})
    at, waits = NOW, []
    for _ in range(14):
        drain(at)
        row = OutboxMessage.objects.get()
        waits.append(int((row.available_at - at).total_seconds()))
        at = row.available_at
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600]


def test_a_message_is_handed_over_once_its_subscriber_recovers(subscribe):
    subscribe("t", break_down)
    post("t", {"n": 1})
    drain()
    subscribe("t", take)
    drain(NOW + timedelta(seconds=1))
    assert taken == []
    drain(NOW + timedelta(seconds=2))
    assert taken == [{"n": 1}]


def test_one_topics_failure_holds_up_no_other(subscribe, settings):
    settings.OUTBOX_SUBSCRIBERS = {
        "bad": [f"{__name__}.break_down"], "good": [f"{__name__}.take"],
    }  # fmt: skip
    post("bad", {"n": 1})
    post("good", {"n": 2})
    drain()
    assert taken == [{"n": 2}]
    assert OutboxMessage.objects.get().topic == "bad"


def test_an_earlier_subscriber_may_get_a_message_twice_but_never_not_at_all(subscribe):
    subscribe("t", take, break_down)
    post("t", {"n": 1})
    drain()
    subscribe("t", take, take_too)
    drain(NOW + timedelta(seconds=2))
    assert taken == [{"n": 1}, {"n": 1}]
    assert also_taken == [{"n": 1}]


def test_more_messages_than_a_batch_are_all_handed_over(subscribe):
    subscribe("t", take)
    post("t", *({"n": n} for n in range(2 * outbox.BATCH + 1)))
    assert drain() == 2 * outbox.BATCH + 1
    assert [payload["n"] for payload in taken] == list(range(2 * outbox.BATCH + 1))


def test_a_post_wakes_a_worker_once_it_is_committed(
    monkeypatch, django_capture_on_commit_callbacks
):
    nudged = []
    monkeypatch.setattr(outbox, "nudge", nudged.append)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.post("t", {"n": 1})
        assert nudged == []
    assert nudged == [outbox.DRAIN_TASK]


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_hold_the_same_message(subscribe):
    subscribe("t", take)
    post("t", *({"n": n} for n in range(300)), at=NOW)
    at_once(*[drain] * 3)
    drain()
    assert sorted(payload["n"] for payload in taken) == list(range(300))


def test_what_somebody_waits_for_is_handed_over_right_after_its_commit(
    subscribe, django_capture_on_commit_callbacks
):
    subscribe("words", take)
    with outbox.at_once("words"):
        with django_capture_on_commit_callbacks(execute=True):
            outbox.post("words", {"n": 1})
            outbox.post("other", {"n": 2})
            assert taken == []
        assert taken == []
    assert taken == [{"n": 1}]
    assert OutboxMessage.objects.get().topic == "other"


def test_haste_that_fails_leaves_the_message_to_the_sweep(
    subscribe, django_capture_on_commit_callbacks
):
    subscribe("words", break_down)
    with outbox.at_once("words"), django_capture_on_commit_callbacks(execute=True):
        outbox.post("words", {"n": 1})
    row = OutboxMessage.objects.get()
    assert (row.attempts, row.error) == (1, "ConnectionError: the other side is away")


def test_what_is_rolled_back_is_not_handed_over(subscribe, django_capture_on_commit_callbacks):
    subscribe("words", take)
    commits = django_capture_on_commit_callbacks(execute=True)
    with outbox.at_once("words"), commits, transaction.atomic():
        outbox.post("words", {"n": 1})
        transaction.set_rollback(True)
    assert taken == []
