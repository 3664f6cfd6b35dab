"""What reading a mail costs: processor time by stage, and memory at its highest.

The stages are those of the funnel: `parse`, then `sanitise` for the html that is kept; `describe`
is what the command `parse_mail` does on top. `python -m tests.fuzz.cost FILE` reads one mail.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Cost:
    """`seconds` of processor time by stage; `peak` and `added` in MB (1,048,576 bytes).

    `peak` is the memory of the whole process at its highest (VmHWM), with the interpreter and the
    mail itself; `added` what of it came while the mail was read.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    peak: float = 0.0
    added: float = 0.0

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    def as_dict(self) -> dict[str, object]:
        return asdict(self) | {"total": self.total}


def forget_peak() -> None:
    """Making a large mail takes memory too: what counts is what reading it takes (Linux only)."""
    with open("/proc/self/clear_refs", "w") as clear:
        clear.write("5")


def peak() -> float:
    """The highest memory of this process since `forget_peak`, in MB."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def read(mail: bytes, cost: Cost):  # type: ignore[no-untyped-def]
    """Read a mail as the funnel does and note what it costs. Answers with (message, safe html).

    Raises what `parse` raises.
    """
    from channels_in.email.describe import describe_message, write_json
    from channels_in.email.parse import parse
    from core.html import sanitize

    forget_peak()
    before = peak()
    try:
        message = _timed(cost, "parse", lambda: parse(mail))
        safe = _timed(cost, "sanitise", lambda: sanitize(message.html))
        _timed(cost, "describe", lambda: write_json(describe_message(message)))
    finally:
        cost.peak = peak()
        cost.added = cost.peak - before
    return message, safe


def _timed(cost: Cost, stage: str, work):  # type: ignore[no-untyped-def]
    started = time.process_time()
    try:
        return work()
    finally:
        cost.seconds[stage] = round(time.process_time() - started, 3)


if __name__ == "__main__":
    one = Cost()
    read(Path(sys.argv[1]).read_bytes(), one)
    sys.stdout.write(json.dumps(one.as_dict()))
