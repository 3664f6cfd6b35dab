"""Nudges may be lost and never fail a request."""

from __future__ import annotations

import pytest
import redis
from kombu.exceptions import OperationalError

from core import nudge

TASK = "core.tasks.drain_outbox"


class Sent(list):
    def send_task(self, name: str) -> None:
        self.append(name)


@pytest.fixture
def sent(services, monkeypatch):
    sent = Sent()
    monkeypatch.setattr(nudge, "current_app", sent)
    nudge.take(TASK)
    yield sent
    nudge.take(TASK)


def test_many_nudges_for_one_waiting_task_are_one(sent):
    for _ in range(3):
        nudge.nudge(TASK)
    assert sent == [TASK]


def test_a_task_that_has_begun_can_be_nudged_again(sent):
    nudge.nudge(TASK)
    nudge.take(TASK)
    nudge.nudge(TASK)
    assert sent == [TASK, TASK]


def test_a_nudge_without_valkey_is_noted_and_forgotten(sent, monkeypatch, caplog):
    away = redis.Redis.from_url("unix:///nonexistent/valkey.sock")
    monkeypatch.setattr(nudge, "_client", lambda: away)
    nudge.nudge(TASK)
    nudge.take(TASK)
    assert sent == []
    assert "nudge.lost" in caplog.text


def test_a_broker_that_refuses_is_noted_and_forgotten(sent, monkeypatch, caplog):
    def refuse(name):
        raise OperationalError("connection refused")

    monkeypatch.setattr(sent, "send_task", refuse)
    nudge.nudge(TASK)
    assert "nudge.lost" in caplog.text


def test_a_ticket_is_made_when_valkey_is_away(
    make_ticket, monkeypatch, django_capture_on_commit_callbacks
):
    away = redis.Redis.from_url("unix:///nonexistent/valkey.sock")
    monkeypatch.setattr(nudge, "_client", lambda: away)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        make_ticket()
    assert callbacks
