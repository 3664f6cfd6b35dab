"""`fetch_mail` and `listen_mail` as processes: ended, killed, started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from channels_in.models import InboundItem, Mailbox
from core import clock
from tests.channels_in.conftest import free_port, make_mail
from tests.channels_in.mailboxes.conftest import fetch

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
Run = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def run(trusted: None) -> Iterator[Run]:
    """Start a command of manage.py on the tests' database: `run("fetch_mail")`."""
    started: list[subprocess.Popen[bytes]] = []
    database = connection.settings_dict
    values = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
        "DATABASE_URL": f"postgres://{database['USER']}@/{database['NAME']}",
        "PGHOST": str(database["HOST"]),
        "PGPORT": str(database["PORT"] or 5432),
        "PGPASSWORD": str(database["PASSWORD"]),
        "REDIS_URL": django_settings.REDIS_URL,
        "BROKER_URL": django_settings.CELERY_BROKER_URL,
        "MAIL_SERVERS_ON_PRIVATE_NETWORKS": "1",
    }

    def do(*command: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "manage.py", *command], cwd=ROOT, env=values)
        started.append(process)
        return process

    yield do
    for process in started:
        process.kill()
        process.wait()


def wait_for_items(number: int) -> None:
    until = time.monotonic() + 40
    while InboundItem.objects.count() < number:
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize("command", ["fetch_mail", "listen_mail"])
def test_mail_is_fetched_and_sigterm_ends_it_within_five_seconds(connect, post, run, command):
    post.put(make_mail())
    mailbox = connect()
    arguments = [f"--smtp=127.0.0.1:{free_port()}"] if command == "listen_mail" else []
    process = run(command, *arguments)
    wait_for_items(1)

    process.send_signal(signal.SIGTERM)

    assert process.wait(5) == 0
    mailbox.refresh_from_db()
    assert mailbox.next_check_at <= clock.now()


def test_a_killed_process_loses_and_doubles_nothing(connect, post, run):
    for number in range(300):
        path = post.maildir / "new" / f"{1_700_000_000 + number}.M1P1.test"
        path.write_bytes(make_mail(subject=f"{number}"))
    post.server._own(post.maildir)
    mailbox = connect(afterwards="move", move_to="Done")
    process = run("fetch_mail")
    wait_for_items(1)

    process.kill()
    process.wait()
    connection.close()
    assert Mailbox.objects.get().next_check_at > clock.now()  # its lease still holds
    fetch(mailbox)

    assert InboundItem.objects.count() == 300
    assert post.flags() == []
    assert len(post.flags("Done")) == 300
