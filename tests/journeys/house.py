"""A whole help desk for tests: `bin/up` in a folder of its own, on free ports."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg

from helpdesk.embedded import Places

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 150  # the demo data included, on a busy machine


@dataclass(frozen=True)
class House:
    """One running `bin/up`."""

    port: int
    smtp_port: int
    data: Path
    process: subprocess.Popen[bytes]
    log: Path
    environment: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def value(self, query: str) -> Any:
        """The first column of the first row of a query on the help desk's database."""
        rows = self.rows(query)
        return rows[0][0] if rows else None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query on the help desk's database."""
        with self._connect() as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]

    def execute(self, statement: str) -> None:
        """Change something in the help desk's database that no person could."""
        with self._connect() as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(
            host=str(Places(self.data).sockets), user="postgres", dbname="helpdesk",
            autocommit=True, connect_timeout=5,
        )  # fmt: skip

    def manage(self, *words: str) -> str:
        """Run a command of `manage.py` against this house; what it prints."""
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", *words],
            env={**self.environment, "HELPDESK_DATA": str(self.data)},
            capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        return done.stdout

    def make_agent(self) -> str:
        """An administrator Ada, as people make one; her token for the API."""
        self.manage("create_admin", "ada@example.com", "Ada")
        return self.manage("api_token", "ada@example.com").split()[0]

    def is_up(self) -> bool:
        """Whether the pages answer, from the database, and the listener greets."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as page:  # noqa: S310
                is_well = page.status == 200
            with socket.create_connection(("127.0.0.1", self.smtp_port), timeout=2) as wire:
                return is_well and wire.recv(3) == b"220"
        except OSError:
            return False

    def kill(self, *words: str) -> int:
        """`kill -9` every process of this house whose command has all the words; how many."""
        killed = 0
        family = psutil.Process(self.process.pid).children(recursive=True)
        servers = [p for p in psutil.process_iter() if str(self.data) in _command(p)]
        for process in {p.pid: p for p in [*family, *servers]}.values():
            if all(word in _command(process) for word in words):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
                    killed += 1
        return killed

    def send(
        self, raw: bytes, *, recipient: str = "support@example.com", seconds: float = 150
    ) -> None:
        """Hand one mail to the listener, as a mail server does: again until it is taken."""
        until = time.monotonic() + seconds
        while True:
            try:
                with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=10) as client:
                    client.sendmail("bounces@customers.example", [recipient], raw)
                return
            except (OSError, smtplib.SMTPException):
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)


@contextlib.contextmanager
def running(
    folder: Path, *arguments: str, is_new: bool = False, **environment: str
) -> Iterator[House]:
    """Start `bin/up`, wait until it answers, stop it at the end as Ctrl-C does.

    An empty house begins with a copy of an installed one, unless it is to install itself.
    """
    port, smtp_port = free_port(), free_port()
    data, log = folder / "data with a space", folder / "up.log"
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("HELPDESK", "DJANGO"))}
    # Else each of its processes compiles all modules anew.
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)
    inherited["ADMIN_PASSWORD"] = "only-for-this-one-run"
    shared = os.environ.get("HELPDESK_TEST_DATA")  # of a run of pytest
    if shared and "--no-demo" in arguments and not (is_new or data.exists()):
        copy_installed(Path(shared), data)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [
                ROOT / "bin" / "up", "--data", data, "--port", str(port), "--smtp-port",
                str(smtp_port), *arguments,
            ],
            stdout=output, stderr=output, stdin=subprocess.DEVNULL,
            env={**inherited, "UNDO_SEND_SECONDS": "0", **environment},
        )  # fmt: skip
    house = House(port, smtp_port, data, process, log, {**inherited, **environment})
    try:
        wait_for(lambda: _answers(house), START_SECONDS, lambda: log.read_text()[-3000:])
        yield house
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(40)
        process.kill()


def copy_installed(shared: Path, data: Path) -> None:
    """Put the data of an installed, empty house there."""
    subprocess.run(["cp", "-a", _installed(shared), data], check=True)


def _installed(shared: Path) -> Path:
    """The data of a house that began from nothing and was stopped; made once a run."""
    made = shared / "installed-house"
    with (shared / "installed-house.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = shared / "new-house"
            making.mkdir()
            with running(making, "--no-demo", is_new=True) as house:
                pass
            house.data.rename(made)
    return made


def wait_for(
    is_true: Callable[[], bool], seconds: float, explain: Callable[[], object] = str
) -> None:
    """Wait until something holds; fail with an explanation when it does not in time."""
    until = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > until:
            raise AssertionError(f"not within {seconds} s: {explain()}")
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(house: House) -> bool:
    if house.process.poll() is not None:
        raise AssertionError(f"bin/up ended: {house.log.read_text()[-3000:]}")
    with contextlib.suppress(OSError):
        urllib.request.urlopen(f"{house.url}/healthz", timeout=2)  # noqa: S310
        with socket.create_connection(("127.0.0.1", house.smtp_port), timeout=2):
            return True
    return False


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""
