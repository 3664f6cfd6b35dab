"""The embedded services start, are shared, survive kill -9, and stop with the last user."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from helpdesk import embedded
from tests.architecture.source import ROOT

USER = """
import sys, pathlib
from helpdesk import embedded
places = embedded.start(pathlib.Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
"""


def start_user(data: Path) -> subprocess.Popen[str]:
    """A process that uses the services until its input is closed."""
    user = subprocess.Popen(
        [sys.executable, "-c", USER, str(data)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert user.stdout
    assert user.stdout.readline() == "ready\n"
    return user


def leave(user: subprocess.Popen[str]) -> None:
    assert user.stdin
    user.stdin.close()
    assert user.wait(timeout=60) == 0


def postmaster(places: embedded.Places) -> int:
    return int((places.postgres / "postmaster.pid").read_text().split()[0])


def valkey(places: embedded.Places) -> int:
    with redis.Redis.from_url(places.redis_url) as client:
        return int(client.info("server")["process_id"])


def ask(places: embedded.Places, sql: str) -> str:
    with psycopg.connect(
        host=str(places.sockets), user="postgres", dbname="helpdesk", autocommit=True
    ) as connection:
        cursor = connection.execute(sql)
        return str(cursor.fetchone()[0]) if cursor.description else ""


def is_up(places: embedded.Places) -> tuple[bool, bool]:
    return embedded._postgres_answers(places), embedded._valkey_answers(places)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A folder with a space in its path, and a row; what a failed test leaves up is stopped."""
    data = tmp_path_factory.mktemp("data") / "my help desk"
    user = start_user(data)
    ask(embedded.Places(data), "CREATE TABLE kept AS SELECT 42 AS n")
    leave(user)
    yield data
    embedded.stop(embedded.Places(data))


def test_they_start_are_shared_and_stop_with_the_last_user(data):
    places = embedded.Places(data)
    first = start_user(data)
    second = start_user(data)
    assert is_up(places) == (True, True)
    assert ask(places, "SHOW server_version_num") >= "180000"
    leave(first)
    assert is_up(places) == (True, True)
    leave(second)
    assert is_up(places) == (False, False)


def test_they_come_back_with_their_data_after_a_restart_that_clears_tmp(data):
    places = embedded.Places(data)
    shutil.rmtree(places.sockets)
    user = start_user(data)
    assert ask(places, "SELECT n FROM kept") == "42"
    leave(user)


def test_a_killed_user_holds_nothing_back(data):
    places = embedded.Places(data)
    killed, other = start_user(data), start_user(data)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    leave(other)
    assert is_up(places) == (False, False)


def test_a_watcher_told_twice_to_end_stops_them_all_the_same(data):
    places = embedded.Places(data)
    watcher = subprocess.Popen([sys.executable, ROOT / "helpdesk" / "embedded.py", data])
    until = time.monotonic() + 60
    while not all(is_up(places)) and time.monotonic() < until:
        time.sleep(0.05)
    watcher.terminate()
    while is_up(places) == (True, True) and time.monotonic() < until:
        time.sleep(0.01)
    watcher.terminate()
    assert watcher.wait(60) == 0
    assert is_up(places) == (False, False)


def test_killed_servers_are_started_again_with_their_data(data):
    places = embedded.Places(data)
    user = start_user(data)
    os.kill(postmaster(places), signal.SIGKILL)
    os.kill(valkey(places), signal.SIGKILL)
    until = time.monotonic() + 10
    while any(is_up(places)) and time.monotonic() < until:
        time.sleep(0.05)
    assert sorted(embedded.revive(places)) == ["postgres", "valkey"]
    assert is_up(places) == (True, True)
    assert ask(places, "SELECT n FROM kept") == "42"
    leave(user)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(embedded.EmbeddedServiceError, match="cannot be written"):
        embedded.start(in_the_way / "data")


def test_sockets_have_short_paths_that_are_safe_in_an_address(tmp_path):
    plain = embedded.Places(Path("/srv/helpdesk/var"))
    assert plain.sockets == Path("/srv/helpdesk/var/run")
    for awkward in (Path("/srv/my help desk"), Path("/" + "x" * 200), Path("/srv/ü?db=3")):
        sockets = embedded.Places(awkward).sockets
        assert len(str(sockets / ".s.PGSQL.5432")) < 107
        assert " " not in embedded.Places(awkward).redis_url
    assert embedded.Places(Path("/a b")).sockets != embedded.Places(Path("/a c")).sockets
