"""Damaged mails, one after another, to a child process that is watched.

A mail fails when reading it raises anything but UnreadableMail, when its strings cannot be stored,
when all stages together take more than two seconds of processor time (the child is killed by the
kernel, also in the middle of C code), or when the memory of a process that reads nothing else, with
the interpreter and the mail itself, comes to more than 300 MB. The child holds a thousand other
mails, so what seems too much in there is read once more in a process of its own.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import IO

from tests.fuzz.cost import Cost, read
from tests.fuzz.mutations import LARGEST, mutate
from tests.fuzz.seeds import own_seeds, seeds_of

SECONDS = 2.0
MEGABYTES = 300
A_CHILD = 60.0  # seconds a child works before a fresh one takes over
TOO_LARGE = f"took more than {MEGABYTES} MB"
INTERESTING = 4000  # mails that were read in a new way, kept to be damaged further


@dataclass(slots=True)
class Report:
    """`slowest` in seconds of processor time by stage and in sum; `most_memory`, `most_added` and
    `alone` in MB: of the child with all it holds, what of it came while a mail was read, and of a
    process that read the largest ones alone.
    """

    seed: int
    seeds: int = 0
    executions: int = 0
    large: int = 0
    seconds: float = 0.0
    slowest: dict[str, float] = field(default_factory=dict)
    most_memory: float = 0.0
    most_added: float = 0.0
    alone: list[float] = field(default_factory=list)
    ways: int = 0
    failures: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(slots=True)
class _Turn:
    """What one child has to tell."""

    executions: int = 0
    large: int = 0
    slowest: dict[str, float] = field(default_factory=dict)
    most_memory: float = 0.0
    most_added: float = 0.0
    found: dict[str, bytes] = field(default_factory=dict)
    failures: list[tuple[str, bytes]] = field(default_factory=list)


def hunt(*, seconds: float, seed: int, corpus: Path | None, findings: Path) -> Report:
    """Damage mails for so many seconds. What fails is written into `findings`."""
    seeds = own_seeds() + (seeds_of(corpus) if corpus else [])
    report = Report(seed, seeds=len(seeds))
    ways: dict[str, bytes] = {}
    began = time.monotonic()
    number = 0
    # The mail that is being read, in a file: memory that parent and child share would count.
    current = tempfile.TemporaryFile()  # noqa: SIM115  open until the end
    while (left := seconds - (time.monotonic() - began)) > 0:
        number += 1
        base = [*seeds, *ways.values()]
        turn, ended_by = _in_child(base, set(ways), Random(f"{seed}:{number}"), left, current)
        if ended_by:
            turn.failures.append((ended_by, _current(current)))
        for kind, mail in turn.failures:
            if kind == TOO_LARGE:
                report.alone.append(_peak_alone(mail))
                if report.alone[-1] <= MEGABYTES:
                    continue
            report.failures[kind] = report.failures.get(kind, 0) + 1
            name = hashlib.sha256(mail).hexdigest()[:16]
            (findings / f"{name}.eml").write_bytes(mail)
            (findings / f"{name}.txt").write_text(kind)
        for way, mail in turn.found.items():
            if len(ways) < INTERESTING:
                ways.setdefault(way, mail)
        report.executions += turn.executions
        report.large += turn.large
        _keep_slowest(report.slowest, turn.slowest)
        report.most_memory = max(report.most_memory, turn.most_memory)
        report.most_added = max(report.most_added, turn.most_added)
        report.ways = len(ways)
        report.seconds = round(time.monotonic() - began, 1)
        (findings / f"report-{seed}.json").write_text(json.dumps(report.as_dict()))
    return report


def _keep_slowest(slowest: dict[str, float], seconds: dict[str, float]) -> None:
    for stage, took in seconds.items():
        slowest[stage] = max(slowest.get(stage, 0.0), took)


def _peak_alone(mail: bytes) -> float:
    """The memory in MB of a fresh process that reads this mail."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(mail)
        file.flush()
        command = [sys.executable, "-m", "tests.fuzz.cost", file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["peak"])


def _current(current: IO[bytes]) -> bytes:
    return os.pread(current.fileno(), LARGEST, 0)


def _in_child(
    base: list[bytes], known: set[str], random: Random, seconds: float, current: IO[bytes]
) -> tuple[_Turn, str]:
    """Work in a fork. Returns what it tells, and what ended it if it could not tell all."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        with os.fdopen(writing, "wb") as told:
            _work(base, known, random, min(seconds, A_CHILD), current, told)
        os._exit(0)
    os.close(writing)
    turn = _Turn()
    with os.fdopen(reading, "rb") as told:
        while True:
            try:
                turn = pickle.load(told)  # noqa: S301  of our own child
            except EOFError:
                break
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return turn, "took more than two seconds" if name == "SIGPROF" else f"ended by {name}"
    return turn, ""


def _work(base, known, random, seconds, current, told) -> None:  # type: ignore[no-untyped-def]
    from core.html import sanitize, to_text

    to_text(sanitize("<p>x</p>"))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    began, last_told = time.monotonic(), 0.0
    turn = _Turn()
    while (spent := time.monotonic() - began) < seconds:
        mail = mutate(random, random.choice(base), base)
        os.ftruncate(current.fileno(), len(mail))
        os.pwrite(current.fileno(), mail, 0)
        cost = Cost()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            way = _read(mail, cost)
        except Exception as error:  # noqa: BLE001  that is what is looked for
            way = ""
            turn.failures.append((_place(error), mail))
        signal.setitimer(signal.ITIMER_PROF, 0)
        turn.executions += 1
        turn.large += len(mail) > 512 * 1024
        _keep_slowest(turn.slowest, cost.seconds | {"sum": cost.total})
        turn.most_memory = max(turn.most_memory, cost.peak)
        turn.most_added = max(turn.most_added, cost.added)
        if cost.peak > MEGABYTES:
            turn.failures.append((TOO_LARGE, mail))
            break
        way = f"{way}|{int(math.log2(cost.total * 1000 + 1))}"
        if way not in known and len(mail) <= 64 * 1024:
            known.add(way)
            turn.found[way] = mail
        if spent - last_told > 2:
            last_told = spent
            _tell(turn, told)
    _tell(turn, told)


def _tell(turn: _Turn, told) -> None:  # type: ignore[no-untyped-def]
    """Again and again the whole of it, so that a killed child has told nearly all."""
    pickle.dump(turn, told)
    told.flush()


def _read(mail: bytes, cost: Cost) -> str:
    """Read a mail as the funnel does; answers with the way it was read (for finding new ways)."""
    from channels_in.email.parse import UnreadableMail

    try:
        message, safe = read(mail, cost)
    except UnreadableMail:
        return "unreadable"
    for text in (message.text, message.html, message.reply_text, message.subject):
        text.encode("utf-8")
        if "\0" in text:
            raise AssertionError("a text holds NUL")
    return "|".join(
        str(value)
        for value in (
            sorted(defect[:40] for defect in message.defects), min(len(message.attachments), 4),
            bool(message.text), bool(safe), bool(message.quoted_text), message.is_bounce,
            message.auto_reply_reason, message.is_forward, message.is_signed, message.is_encrypted,
            message.calendar is not None, min(len(message.references), 2), bool(message.sender),
            sorted({file.content_type[:20] for file in message.attachments})[:3],
        )
    )  # fmt: skip


def _place(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.name}"
