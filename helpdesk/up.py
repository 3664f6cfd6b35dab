"""`bin/up`: the whole help desk on one machine, from one command.

1. Check the ports, the room on the disk and that no second one runs on the same data.
2. Start PostgreSQL and Valkey (unless real ones are configured), migrate, make the demo data once.
3. Run web, worker, beat and mail listener under supervisor, with one log, until Ctrl-C.
"""

from __future__ import annotations

import argparse
import errno
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import environ

from helpdesk import embedded
from helpdesk.demo_password import DEMO_PASSWORD

ROOT = Path(__file__).resolve().parent.parent
DISK_BYTES = 300 * 1024 * 1024
READY_SECONDS = 60


class CannotStart(Exception):
    """Why the help desk cannot start, and what to do; shown as it is."""


@dataclass(frozen=True)
class Options:
    host: str
    port: int
    smtp_port: int
    data: Path
    demo: bool

    @property
    def url(self) -> str:
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://{host}:{self.port}"

    @property
    def shows_mail(self) -> bool:
        """Whether /dev/mail is there: it asks for no sign-in, so only on this machine."""
        is_loopback = self.host in ("127.0.0.1", "localhost", "::1")
        return self.demo and is_loopback and not os.environ.get("EMAIL_URL")


def main() -> None:
    options = _read_options()
    try:
        run(options)
    except (CannotStart, embedded.EmbeddedServiceError) as error:
        sys.exit(f"{error}")
    except KeyboardInterrupt:
        sys.exit(130)


def run(options: Options) -> None:
    """Start everything and stay until stopped. Raises CannotStart, EmbeddedServiceError."""
    lock = _lock_data(options)
    _check_disk(options.data)
    _check_port(options.host, options.port, "--port")
    _check_port(options.host, options.smtp_port, "--smtp-port")
    os.environ.update(_environment(options))
    if _is_embedded("DATABASE_URL") or _is_embedded("REDIS_URL"):
        _say("Starting the database …")
        embedded.start(
            options.data,
            postgres=_is_embedded("DATABASE_URL"), valkey=_is_embedded("REDIS_URL"),
        )  # fmt: skip
    _prepare(options)
    threading.Thread(target=_announce, args=(options,), daemon=True).start()
    _supervise(options)
    lock.close()


def _is_embedded(name: str) -> bool:
    return not os.environ.get(name)


def _read_options() -> Options:
    parser = argparse.ArgumentParser(
        prog="bin/up", description="Start the whole help desk on this machine; Ctrl-C stops it."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to serve (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port of the pages (8000)")
    parser.add_argument("--smtp-port", type=int, default=2525, help="port that takes mail (2525)")
    parser.add_argument("--data", type=Path, default=ROOT / "var", help="folder for all data (var)")
    parser.add_argument("--no-demo", action="store_true", help="begin empty, without demo data")
    given = parser.parse_args()
    return Options(
        host=given.host, port=given.port, smtp_port=given.smtp_port,
        data=given.data.expanduser().resolve(), demo=not given.no_demo,
    )  # fmt: skip


def _lock_data(options: Options) -> IO[str]:
    """Hold the data folder for this process; a killed predecessor's lock is gone with it."""
    try:
        options.data.mkdir(parents=True, exist_ok=True)
        lock = (options.data / "up.lock").open("a+")
    except OSError as error:
        raise CannotStart(
            f"The folder {options.data} cannot be written ({error.strerror}). "
            "Choose another one with --data."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        where = lock.read().strip() or "another terminal"
        raise CannotStart(
            f"The help desk is already running on this data: {where}. "
            "Stop it there, or start a second one with its own --data, --port and --smtp-port."
        ) from None
    lock.truncate(0)
    lock.write(options.url)
    lock.flush()
    return lock


def _check_disk(data: Path) -> None:
    free = shutil.disk_usage(data).free
    if free < DISK_BYTES:
        raise CannotStart(
            f"Only {free // 1024 // 1024} MB are free where {data} lies; the help desk needs at "
            f"least {DISK_BYTES // 1024 // 1024} MB. Make room, or choose another folder "
            "with --data."
        )


def _check_port(host: str, port: int, option: str) -> None:
    """Say plainly that a port is taken. A predecessor that is just ending gets some seconds."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for attempt in range(6):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE and attempt < 5:
                    time.sleep(0.5)
                    continue
                raise CannotStart(_port_words(host, port, option, error)) from error
            return


def _port_words(host: str, port: int, option: str, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another one with {option}."
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than you have. Choose one above 1023 with {option}."
    return f"The address {host}:{port} cannot be used ({error.strerror}). Choose another."


def _environment(options: Options) -> dict[str, str]:
    """What the processes learn from the command line; a variable that is set already stays."""
    if (ROOT / ".env").exists():
        environ.Env.read_env(ROOT / ".env")
    hosts = ["localhost", "127.0.0.1", "[::1]", options.host, socket.gethostname()]
    wanted = {
        "DJANGO_SETTINGS_MODULE": "helpdesk.settings",
        "HELPDESK_DATA": str(options.data),
        "SITE_URL": options.url,
        "ALLOWED_HOSTS": ",".join(dict.fromkeys(hosts)),
        "SMTP_LISTEN": f"{options.host}:{options.smtp_port}",
        "DEMO_MODE": "1" if options.demo else "0",
        "DEV_MAIL_PAGE": "1" if options.shows_mail else "0",
        "STATIC_MANIFEST": "1",
        "PYTHONUNBUFFERED": "1",
    }
    forced = {"HELPDESK_DATA", "SMTP_LISTEN"}
    return {k: v for k, v in wanted.items() if k in forced or k not in os.environ}


def _prepare(options: Options) -> None:
    """Migrations, static files and, once, the demo data or the bare minimum."""
    command = [sys.executable, "-m", "helpdesk.prepare", *(["--demo"] if options.demo else [])]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:  # noqa: S603  ourselves
        raise CannotStart("The database could not be prepared; the reason stands above.")


def _announce(options: Options) -> None:
    """Say where to go, once the pages answer."""
    for _ in range(READY_SECONDS * 5):
        time.sleep(0.2)
        try:
            urllib.request.urlopen(f"{options.url}/healthz", timeout=2)  # noqa: S310  our own page
        except (urllib.error.URLError, OSError):
            continue
        break
    else:
        _say("The pages do not answer yet; see the log above for the reason.")
        return
    address = os.environ.get("SUPPORT_ADDRESS", "support@example.com")
    smtp = os.environ["SMTP_LISTEN"]
    lines = [f"The help desk is running:  {options.url}"]
    if options.demo:
        lines += [
            "",
            f"Sign in with the password  {DEMO_PASSWORD}  as",
            "  alice@example.com, bob@example.com   agents",
            "  lead@example.com                     team lead (reports)",
            "  admin@example.com                    administrator",
            "  carol@example.com                    customer",
            "",
            f"Send mail to {address} by SMTP to {smtp}"
            + (",\n  or write and read mail in the browser:" if options.shows_mail else "."),
            *([f"  {options.url}/dev/mail"] if options.shows_mail else []),
        ]
    else:
        lines += [
            f"Send mail to {address} by SMTP to {smtp}.",
            "Make the first administrator with:  bin/manage create_admin EMAIL NAME",
        ]
    lines += ["", "Ctrl-C stops everything."]
    _say("\n".join(["", *(f"  {line}" for line in lines), ""]))


def _supervise(options: Options) -> None:
    """Run the processes until told to stop; one that dies is started again.

    In a process of its own: supervisor closes every open file when it begins, and with them the
    locks that say that this data is in use.
    """
    config = options.data / "supervisor.conf"
    config.write_text(_supervisor_config(options))
    supervisor = subprocess.Popen(  # noqa: S603  ourselves
        [sys.executable, "-m", "supervisor.supervisord", "-c", str(config), "-n", "-s"],
        preexec_fn=embedded.die_with_parent,
    )

    def stop(*_: object) -> None:
        supervisor.terminate()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    supervisor.wait()


def _programs(options: Options) -> Mapping[str, Sequence[str]]:
    python = sys.executable
    celery = [python, "-m", "celery", "--quiet", "-A", "helpdesk"]
    programs = {
        "web": [
            python, "-m", "uvicorn", "helpdesk.asgi:application", "--host", options.host,
            "--port", str(options.port), "--no-access-log", "--timeout-graceful-shutdown", "3",
            "--log-level", "warning", "--no-server-header",
        ],
        "worker": [
            *celery, "worker", "--queues", "inbound,default", "--concurrency", "2",
            "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING",
        ],
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""],
        "listener": [python, "manage.py", "listen_mail"],
    }  # fmt: skip
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        watcher = [python, str(ROOT / "helpdesk" / "embedded.py"), str(options.data)]
        return {"services": watcher, **programs}
    return programs


def _supervisor_config(options: Options) -> str:
    sections = [
        "[supervisord]",
        "nodaemon=true",
        f"pidfile={_escaped(options.data / 'supervisor.pid')}",
        "logfile=/dev/null",
        "logfile_maxbytes=0",
        f"directory={_escaped(ROOT)}",
        *(["user=root"] if os.geteuid() == 0 else []),
    ]
    for name, command in _programs(options).items():
        sections += [
            f"[program:{name}]",
            f"command={' '.join(_quoted(part) for part in command)}",
            f'environment=HELPDESK_PROCESS="{name}",HELPDESK_DIES_WITH_PARENT="1"',
            "autorestart=true",
            "startretries=1000000",
            "startsecs=1",
            "stopwaitsecs=10",
            f"stopsignal={'INT' if name == 'web' else 'TERM'}",
            "killasgroup=true",
            "stdout_logfile=/dev/fd/1",
            "stdout_logfile_maxbytes=0",
            "redirect_stderr=true",
        ]
    return "\n".join(sections) + "\n"


def _quoted(part: str) -> str:
    return '"' + _escaped(part).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(value: Any) -> str:
    return str(value).replace("%", "%%")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
