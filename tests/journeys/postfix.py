"""A postfix of a test's own: its folder, its ports on loopback, no system service touched.

It plays the company's mail server: mail for the support address goes on to our listener, all other
mail to the world, which is another server of the test.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.house import wait_for

DAEMONS = Path("/usr/lib/postfix/sbin")

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.com
mydestination =
mynetworks = 127.0.0.0/8
smtpd_peername_lookup = no
disable_dns_lookups = yes
alias_maps =
alias_database =
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
default_transport = smtp:[127.0.0.1]:{world_port}

# This is the recipe of docs/operations.md, "Behind your mail server"
recipient_delimiter = +
relay_domains = example.com
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
transport_maps = texthash:{folder}/transport
smtp_tls_security_level = may
smtp_tls_loglevel = 1
"""

TRANSPORT = "support@example.com smtp:[127.0.0.1]:{listener_port}\n"

MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup  unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr    unix n - n 300 1 qmgr
tlsmgr  unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce  unix - - n - 0 bounce
defer   unix - - n - 0 bounce
trace   unix - - n - 0 bounce
verify  unix - - n - 1 verify
flush   unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp    unix - - n - - smtp
relay   unix - - n - - smtp
showq   unix n - n - - showq
error   unix - - n - - error
retry   unix - - n - - error
discard unix - - n - - discard
anvil   unix - - n - 1 anvil
scache  unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def reason_against() -> str:
    """Why postfix cannot be started here; nothing when it can."""
    if not (shutil.which("postfix") and DAEMONS.is_dir()):
        return "there is no postfix here; install it (Debian: apt install postfix) to run this"
    return "" if os.geteuid() == 0 else "postfix has to be started as root"


@dataclass(frozen=True)
class Postfix:
    """One running postfix."""

    folder: Path
    port: int

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def waiting(self) -> int:
        """How many messages are in its queue."""
        names = ("incoming", "active", "deferred")
        return sum(
            1 for name in names for p in (self.folder / "queue" / name).rglob("*") if p.is_file()
        )


@contextlib.contextmanager
def postfix(*, port: int, listener_port: int, world_port: int) -> Iterator[Postfix]:
    """Start it, wait until it listens, stop it at the end."""
    # Not pytest's folder: postfix' own accounts must be able to enter it.
    folder = Path(tempfile.mkdtemp(prefix="helpdesk-postfix-"))
    folder.chmod(0o755)
    values = {
        "folder": folder, "port": port, "listener_port": listener_port, "world_port": world_port,
    }  # fmt: skip
    (folder / "queue").mkdir()
    (folder / "data").mkdir()
    shutil.chown(folder / "data", "postfix")
    for name, text in (("main.cf", MAIN), ("master.cf", MASTER), ("transport", TRANSPORT)):
        (folder / name).write_text(text.format(**values))
    server = Postfix(folder, port)
    _postfix(folder, "start")
    try:
        wait_for(lambda: "daemon started" in server.log(), 30, server.log)
        yield server
    finally:
        _postfix(folder, "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _postfix(folder: Path, command: str) -> None:
    done = subprocess.run(
        ["postfix", "-c", folder, command],
        capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
