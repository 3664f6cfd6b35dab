"""memory: everything `bin/up` started, at rest, shared pages counted once (PSS)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.house import House
from benchmarks.result import Result


def memory(house: House) -> Iterator[Result]:
    time.sleep(5)
    processes = _family(house)
    total = sum(_pss(process.pid) for process in processes)
    yield Result(
        name="memory", n=len(processes), mb=total / 1e6,
        conditions="proportional set size of all processes of bin/up at rest, servers included",
    )  # fmt: skip


def _family(house: House) -> list[psutil.Process]:
    """bin/up and its children, and the two servers, which belong to no parent."""
    own = psutil.Process(house.process.pid)
    found = {process.pid: process for process in [own, *own.children(recursive=True)]}
    for process in psutil.process_iter(["pid", "cmdline"]):
        if any(str(house.data) in part for part in process.info["cmdline"] or []):
            for member in [process, *process.children(recursive=True)]:
                found[member.pid] = member
    return list(found.values())


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
