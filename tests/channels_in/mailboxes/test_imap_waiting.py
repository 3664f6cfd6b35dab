"""IDLE, the fetching process, and how it ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from channels_in.email.mailboxes import fetcher as fetcher_module
from channels_in.email.mailboxes.fetcher import Fetcher
from channels_in.email.mailboxes.visits import visit
from channels_in.models import InboundItem, Mailbox
from core import clock
from tests.channels_in.conftest import make_mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fetcher(trusted: None) -> Iterator[Fetcher]:
    running = Fetcher()
    running.start()
    yield running
    running.stop()


def wait_for(is_true: Callable[[], object], seconds: float = 10) -> float:
    """Seconds it took."""
    began = time.monotonic()
    while not is_true():
        assert time.monotonic() - began < seconds
        time.sleep(0.02)
    return time.monotonic() - began


def has_come(number: int) -> Callable[[], bool]:
    return lambda: InboundItem.objects.count() == number


def test_mail_arrives_within_two_seconds_while_the_server_is_waited_for(connect, post, fetcher):
    mailbox = connect()
    wait_for(lambda: Mailbox.objects.get(pk=mailbox.pk).checked_at)

    for number in (1, 2, 3):
        post.put(make_mail())
        assert wait_for(has_come(number)) < 2


def test_a_mailbox_that_is_added_changed_or_switched_off_is_noticed_in_seconds(
    connect, post, fetcher
):
    post.put(make_mail())
    mailbox = connect()
    assert wait_for(has_come(1)) < 5

    with post.client() as client:
        client.create_folder("Help")
    post.put(make_mail(), folder="Help")
    Mailbox.objects.filter(pk=mailbox.pk).update(
        folder="Help", uid_validity=None, last_uid=0, next_check_at=clock.now()
    )
    assert wait_for(has_come(2)) < 5

    Mailbox.objects.filter(pk=mailbox.pk).update(is_active=False)
    wait_for(lambda: not _mailbox_threads())
    post.put(make_mail(), folder="Help")
    time.sleep(2)
    assert InboundItem.objects.count() == 2


def _mailbox_threads() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.name.startswith("mailbox-")]


def test_stopping_is_quick_and_gives_the_mailbox_back(connect, post, fetcher):
    mailbox = connect()
    wait_for(lambda: Mailbox.objects.get(pk=mailbox.pk).checked_at)

    began = time.monotonic()
    fetcher.stop()

    assert time.monotonic() - began < 3
    assert not _mailbox_threads()
    mailbox.refresh_from_db()
    assert mailbox.next_check_at <= clock.now()
    assert mailbox.error == ""


def test_a_server_that_restarts_is_no_fault_of_the_mailbox(connect, post, fetcher, server):
    mailbox = connect()
    wait_for(lambda: Mailbox.objects.get(pk=mailbox.pk).checked_at)
    server.stop()
    server.start()

    post.put(make_mail())

    wait_for(has_come(1), 20)
    mailbox.refresh_from_db()
    assert mailbox.error == ""


def test_more_mailboxes_than_threads_are_read_in_turn(connect, post, fetcher, settings):
    settings.MAILBOX_THREADS = 1
    settings.MAILBOX_POLL_SECONDS = 1
    with post.client() as client:
        client.create_folder("Help")
    connect()
    connect(folder="Help")

    post.put(make_mail())
    post.put(make_mail(), folder="Help")

    wait_for(has_come(2), 20)


def test_a_visit_that_could_not_give_the_mailbox_back_holds_it_up_for_seconds_only(
    connect, post, trusted, monkeypatch
):
    """As when the database was away at its end; the lease alone would last 30 seconds."""
    visits = [lambda *_, **__: None]
    monkeypatch.setattr(
        fetcher_module, "visit", lambda *a, **k: (visits.pop() if visits else visit)(*a, **k)
    )
    post.put(make_mail())
    connect()
    fetcher = Fetcher()
    fetcher.start()

    wait_for(has_come(1), 10)

    fetcher.stop()
    assert visits == []
