"""Who is connected, and what routing hears of it."""

from __future__ import annotations

import pytest

from macros.models import AgentStatus
from web.live import connected
from web.live.presence import client
from web.live.presence_sweep import follow_presence
from web.tasks import follow_presence as task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody(clean_cache):
    client().delete("connected", "connected:watched")
    yield
    client().delete("connected", "connected:watched")


def test_somebody_comes_once_and_fades(alice):
    assert connected.note(alice.pk) is True
    assert connected.note(alice.pk) is False
    assert connected.connected() == {alice.pk}
    client().zadd("connected", {str(alice.pk): 1})
    assert connected.connected() == frozenset()
    assert connected.note(alice.pk) is True


def test_the_sweep_lets_who_is_connected_be_online(alice):
    connected.note(alice.pk)
    task()
    assert AgentStatus.objects.get(user=alice).state == "online"


def test_a_watch_that_has_just_begun_makes_nobody_offline(alice):
    follow_presence()
    assert connected.watched_for(60) < connected.TTL


def test_without_valkey_nobody_comes_or_goes(alice, monkeypatch):
    monkeypatch.setattr(connected, "client", lambda: (_ for _ in ()).throw(OSError("away")))
    follow_presence()
    assert not AgentStatus.objects.exists()
