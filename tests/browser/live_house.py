"""The whole door of the house in one thread: pages and websockets, and a worker beside it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

import uvicorn
from django.db import connection

from core import outbox

PATIENCE = 10.0  # seconds to start
BETWEEN = 0.05  # seconds between two looks into the outbox


@contextlib.contextmanager
def live_house() -> Iterator[str]:
    """The address of a server that also speaks websockets, on the database of the test.

    What is posted to the outbox is handed over at once, as the worker of `bin/up` does it.
    """
    from helpdesk.asgi import application

    server = uvicorn.Server(
        uvicorn.Config(application, host="127.0.0.1", port=0, log_level="error", lifespan="off")
    )
    ended = threading.Event()
    threads = [
        threading.Thread(target=server.run, daemon=True),
        threading.Thread(target=_drain, args=(ended,), daemon=True),
    ]
    for thread in threads:
        thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        ended.set()
        server.should_exit = server.force_exit = True
        for thread in threads:
            thread.join(PATIENCE)


def _drain(ended: threading.Event) -> None:
    while not ended.wait(BETWEEN):
        outbox.drain()
    connection.close()
