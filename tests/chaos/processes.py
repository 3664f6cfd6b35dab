"""The processes of one house, by what they are, and `kill -9` for them."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Iterable

import psutil

from helpdesk.embedded import Places
from tests.journeys.house import House

# Words of the command line; what postgres' children are called is found by their parent.
PROGRAMS = {
    "listener": ("listen_mail",),
    "fetcher": ("fetch_mail",),
    "worker": ("celery", " worker --queues"),
    "beat": ("celery", " beat --loglevel"),
    "web": ("uvicorn",),
    "services": ("helpdesk/embedded.py",),
    "postmaster": ("bin/postgres", "-D"),
    "valkey": ("valkey-server",),
}
COMING_SECONDS = 5  # what was just killed may be on its way back
GAP = (0.3, 3.0)  # seconds before a kill
GETS_UP, UP_SECONDS = 0.7, 40
TARGETS = (*PROGRAMS, "pool child", "backend")


def find(house: House, target: str) -> list[psutil.Process]:
    """The living processes of this house that are such a thing."""
    if target == "pool child":
        return [p for p in _matching(house, PROGRAMS["worker"]) if _is_forked(p, house)]
    if target == "backend":
        return [
            child
            for postmaster in find(house, "postmaster")
            for child in _children(postmaster)
            if "helpdesk" in command(child)
        ]
    found = _matching(house, PROGRAMS[target])
    return [p for p in found if not _is_forked(p, house)] if target == "worker" else found


def kill(house: House, target: str, rng: random.Random) -> bool:
    """`kill -9` one of them. False when there is none, also some seconds later."""
    until = time.monotonic() + COMING_SECONDS
    while not (found := find(house, target)):
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    with contextlib.suppress(psutil.NoSuchProcess):
        rng.choice(found).kill()
        return True
    return False


def too_many(house: House) -> list[str]:
    """Programs that run more than once: what a kill has left behind."""
    counts = {target: len(find(house, target)) for target in PROGRAMS}
    return [f"{count} × {target}" for target, count in counts.items() if count > 1]


class Killer(threading.Thread):
    """Kills one thing after the other until told that it is enough.

    Decks of all targets in random order, so that each gets its turn. After most kills the house may
    get up again before the next blow, however busy this machine is; after some it may not.
    """

    def __init__(self, house: House, rng: random.Random, decks: int) -> None:
        super().__init__(daemon=True)
        self._house, self._rng, self._decks = house, rng, decks
        self._is_enough = threading.Event()
        self.killed: Counter[str] = Counter()

    def run(self) -> None:
        for _ in range(self._decks):
            for target in self._rng.sample(TARGETS, len(TARGETS)):
                if self._is_enough.wait(self._rng.uniform(*GAP)):
                    return
                self.killed[target] += kill(self._house, target, self._rng)
                if self._rng.random() < GETS_UP:
                    self._wait_until_up()

    def finish(self) -> None:
        self._is_enough.set()
        self.join()

    def _wait_until_up(self) -> None:
        until = time.monotonic() + UP_SECONDS
        while time.monotonic() < until and not self._is_enough.is_set():
            if find(self._house, "pool child") and self._house.is_up():
                return
            time.sleep(0.3)


def command(process: psutil.Process) -> str:
    """Its command line; nothing when it is gone."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _matching(house: House, words: Iterable[str]) -> list[psutil.Process]:
    """Below `bin/up`, or with the house's folders on its command line (servers belong to init)."""
    places = str(house.data), str(Places(house.data).sockets)
    elsewhere = [p for p in psutil.process_iter() if any(x in command(p) for x in places)]
    family = _children(psutil.Process(house.process.pid))
    second = [p for p in _children(psutil.Process()) if "fetch_mail" in command(p)]  # poller.py's
    known = {p.pid: p for p in [*family, *elsewhere, *second]}
    return [p for p in known.values() if all(word in command(p) for word in words)]


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _is_forked(process: psutil.Process, house: House) -> bool:
    """Whether it is a child of a process with the same command: one of the worker's pool."""
    try:
        parent = process.parent()
        return parent is not None and command(parent) == command(process)
    except psutil.Error:
        return False
