"""A whole help desk for measuring: `bin/up` in a folder of its own, on free ports."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "benchmark-pass-word"  # noqa: S105


@dataclass(frozen=True)
class House:
    port: int
    smtp_port: int
    data: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def running_house(*arguments: str, **environment: str) -> Iterator[House]:
    """Start the help desk and make Django in this process speak to its database."""
    with tempfile.TemporaryDirectory(prefix="helpdesk-bench-") as folder:
        data = Path(folder) / "var"
        port, smtp_port = _free_port(), _free_port()
        log = (Path(folder) / "log").open("wb")
        process = subprocess.Popen(
            [
                ROOT / "bin" / "up", "--no-demo", "--data", data, "--port", str(port),
                "--smtp-port", str(smtp_port), *arguments,
            ],
            stdout=log, stderr=log, env={
                **os.environ, "LOG_LEVEL": "WARNING", "API_REQUESTS_PER_MINUTE": "0",
                "UNDO_SEND_SECONDS": "0", **environment,
            },
        )  # fmt: skip
        house = House(port, smtp_port, data, process)
        try:
            _wait_until_ready(house, Path(folder) / "log")
            _set_up_django(house)
            yield house
        finally:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


def _wait_until_ready(house: House, log: Path) -> None:
    for _ in range(300):
        if house.process.poll() is not None:
            sys.exit(f"The help desk did not start:\n{log.read_text()[-2000:]}")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{house.url}/healthz", timeout=2)  # noqa: S310
            with socket.create_connection(("127.0.0.1", house.smtp_port), timeout=2):
                return
        time.sleep(0.2)
    sys.exit(f"The help desk did not answer within a minute:\n{log.read_text()[-2000:]}")


def _set_up_django(house: House) -> None:
    os.environ["HELPDESK_DATA"] = str(house.data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "helpdesk.settings"
    import django

    django.setup()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settle() -> None:
    """Wait until the workers have done everything, so that no benchmark pays for the one before."""
    from core.models import OutboxMessage
    from tickets.models import Delivery

    for _ in range(300):
        if not (
            OutboxMessage.objects.exists()
            or Delivery.objects.filter(state__in=("queued", "sending")).exists()
        ):
            return
        time.sleep(0.2)
