"""Small pictures of files, made by a process of their own (core/previews/process.py)."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

SECONDS = 30  # that one picture may take; of work far less (process.py)
AT_ONCE = 2  # such processes beside one another
WAIT = 8  # seconds for a turn
MOST_BYTES = 40_000_000  # of a file that is looked into
LARGEST = 8_000_000  # bytes of a picture that comes out
_turns = BoundedSemaphore(AT_ONCE)
_PROCESS = Path(__file__).with_name("process.py")


class CannotPicture(Exception):
    """The file is damaged, too large, or no picture; trying again would not help."""


class Busy(Exception):
    """Others are being made; try again in a moment."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A WebP picture; `pages` of the document that it was made of."""

    content: bytes
    width: int
    height: int
    pages: int


def thumbnail(content: bytes, *, side: int) -> Picture:
    """The picture, at most `side` pixels wide and high. Raises CannotPicture, Busy."""
    return _made(content, "thumbnail", str(side))


def page(content: bytes, number: int, *, width: int) -> Picture:
    """A page of a PDF, counted from 0. Raises CannotPicture, Busy."""
    return _made(content, "page", str(number), str(width))


def _made(content: bytes, *arguments: str) -> Picture:
    if len(content) > MOST_BYTES:
        raise CannotPicture("too large")
    if not _turns.acquire(timeout=WAIT):
        raise Busy
    try:
        done = subprocess.run(  # noqa: S603  our own file, numbers as arguments
            [sys.executable, "-I", str(_PROCESS), *arguments],
            input=content, capture_output=True, timeout=SECONDS, env={}, cwd="/", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Busy from error  # the machine is: what works too much is ended sooner
    finally:
        _turns.release()
    if done.returncode or len(done.stdout) > LARGEST:
        raise CannotPicture(done.stderr.decode(errors="replace")[-100:])
    head, _, picture = done.stdout.partition(b"\n")
    facts = json.loads(head)
    return Picture(picture, facts["width"], facts["height"], facts["pages"])
