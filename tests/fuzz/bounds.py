"""python -m tests.fuzz.bounds: one line of JSON for each hostile mail of 50 MB.

Each is made and read in a fork of its own, under limits of the kernel on memory and time, so that
what goes wrong ends the fork and nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import sys

from tests.fuzz.cost import Cost, read
from tests.fuzz.hostile import HOSTILE

ADDRESS_SPACE = 1024 * 1024 * 1024
SECONDS = 20


def measure(name: str) -> dict[str, object]:
    """What one mail costs, or how reading it ended."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as told:
            told.write(json.dumps(_in_fork(name)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        row = told.read()
    os.waitpid(pid, 0)
    return {"name": name, **(json.loads(row) if row else {"error": "ended by the kernel"})}


def _in_fork(name: str) -> dict[str, object]:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    mail = HOSTILE[name]()
    cost = Cost()
    try:
        message, safe = read(mail, cost)
    except (Exception, MemoryError) as error:  # noqa: BLE001  that is what is looked for
        return {"error": repr(error), "size": len(mail), **cost.as_dict()}
    return {
        "error": "", "size": len(mail), **cost.as_dict(),
        "html": len(message.html), "text": len(message.text), "safe": len(safe),
        "files": len(message.attachments), "defects": message.defects,
    }  # fmt: skip


def main() -> None:
    import django

    django.setup()
    from core.html import sanitize, to_text

    to_text(sanitize("<p>x</p>"))  # loads lxml
    for name in [given for given in HOSTILE if not sys.argv[1:] or given in sys.argv[1:]]:
        sys.stdout.write(json.dumps(measure(name)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
