"""The real Bluesky server (npm @atproto/pds, @did-plc/server) for tests.

The packages are pinned by tests/bluesky_server/package-lock.json and installed once into a cache
outside of the project (HELPDESK_TEST_CACHE, else ~/.cache). Without node, npm or the registry the
tests are skipped and say so.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from atproto import Client

HOME = Path(__file__).parents[2] / "bluesky_server"
OLDEST_NODE = 20
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class BlueskyServer:
    service: str

    def account(self, handle: str) -> Client:
        """A new account, signed in with the library's own client."""
        client = Client(self.service)
        name = handle.partition(".")[0]
        client.com.atproto.server.create_account(
            {"handle": handle, "email": f"{name}@example.com", "password": PASSWORD}
        )
        client.login(handle, PASSWORD, fetch_bsky_profile=False)
        return client


@contextmanager
def bluesky_server() -> Iterator[BlueskyServer]:
    packages = _packages()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        ["node", str(HOME / "server.mjs"), str(packages), str(port)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            _, said = process.communicate(timeout=10)
            pytest.fail(f"The Bluesky server did not start: {said[-2000:]}")
        yield BlueskyServer(json.loads(line)["service"])
    finally:
        process.terminate()
        process.wait(timeout=20)


def _packages() -> Path:
    """The folder with the installed packages; installs them when they are not there."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("needs node and npm for the real Bluesky server")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    if int(version.lstrip("v").partition(".")[0] or 0) < OLDEST_NODE:
        pytest.skip(f"needs node {OLDEST_NODE} or later, not {version.strip()}")
    lock = (HOME / "package-lock.json").read_bytes()
    cache = Path(os.environ.get("HELPDESK_TEST_CACHE") or Path.home() / ".cache")
    folder = cache / "helpdesk-tests" / f"bluesky-{hashlib.sha256(lock).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (folder / ".complete").exists():
            _install(folder)
    return folder


def _install(folder: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HOME / name, folder / name)
    try:
        done = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True,
            timeout=600,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        pytest.skip("npm could not install the Bluesky server within ten minutes")
    if done.returncode:
        pytest.skip(f"npm could not install the Bluesky server: {done.stderr.strip()[-300:]}")
    (folder / ".complete").touch()
