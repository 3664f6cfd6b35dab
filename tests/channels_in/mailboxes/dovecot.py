"""A real dovecot 2.3 on free loopback ports, with a folder, users and a certificate of its own.

Runs as an ordinary user in any case: as `nobody` when the tests run as root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tests.channels_in.mailboxes.certificates import Certificates
from tests.journeys.house import free_port

PASSWORD = "right & proper"
USERS = 500
_PLACES = ("/usr/sbin/dovecot", "/usr/local/sbin/dovecot")


def missing() -> str:
    """Why dovecot cannot be used here; empty when it can."""
    if not _binary():
        return "dovecot is not installed (Debian: dovecot-imapd dovecot-pop3d)"
    for protocol in ("imap", "pop3"):
        if not Path(f"/usr/lib/dovecot/{protocol}").exists():
            return f"dovecot has no {protocol} here (Debian: dovecot-{protocol}d)"
    return ""


def _binary() -> str:
    return next((place for place in _PLACES if Path(place).exists()), "")


class Dovecot:
    """One running server. `tokeninfo` is where it asks about access tokens."""

    def __init__(self, certificates: Certificates, *, tokeninfo: str = "") -> None:
        self.home = Path(tempfile.mkdtemp(prefix="hd-dovecot-"))  # short: sockets lie in it
        self.imap, self.imaps, self.pop3s, self.pop3 = (free_port() for _ in range(4))
        self._account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self._process: subprocess.Popen[bytes] | None = None
        shutil.copy(certificates.server, self.home / "server.pem")
        # All users at once: a file that changes twice a second is not always read again.
        self._users = (f"user{number}" for number in range(USERS))
        (self.home / "users").write_text(
            "".join(f"user{number}:{{PLAIN}}{PASSWORD}\n" for number in range(USERS))
        )
        (self.home / "oauth2.conf").write_text(
            f"tokeninfo_url = {tokeninfo}?access_token=\n"
            "introspection_url =\nusername_attribute = email\nactive_attribute = active\n"
            "active_value = true\nforce_introspection = no\n"
        )
        (self.home / "dovecot.conf").write_text(self._config(with_oauth=bool(tokeninfo)))

    def start(self) -> None:
        """Start and wait until it answers."""
        self._own(self.home)
        self._process = subprocess.Popen(
            [_binary(), "-F", "-c", str(self.home / "dovecot.conf")], **self._identity(),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 10
        while time.monotonic() < until and "starting up" not in self.log():
            time.sleep(0.02)
        time.sleep(0.1)

    def stop(self) -> None:
        """Stop, keeping the mail."""
        if self._process:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(10)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def log(self) -> str:
        path = self.home / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def new_user(self) -> tuple[str, Path]:
        """The name and the empty Maildir of a user nobody has had before."""
        name = next(self._users)
        maildir = self.home / "mail" / name
        for part in ("cur", "new", "tmp"):
            (maildir / part).mkdir(parents=True)
        self._own(self.home / "mail")
        return name, maildir

    def _identity(self) -> dict[str, object]:
        if os.geteuid():
            return {}
        return {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}

    def _own(self, folder: Path) -> None:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, self._account.pw_uid, self._account.pw_gid)

    def _config(self, *, with_oauth: bool) -> str:
        name = self._account.pw_name
        group = _group_of(self._account)
        oauth = (
            "auth_mechanisms = plain login xoauth2\n"
            "passdb {\n  driver = oauth2\n  mechanisms = xoauth2\n"
            f"  args = {self.home}/oauth2.conf\n}}\n"
            if with_oauth
            else "auth_mechanisms = plain login\n"
        )
        return f"""
base_dir = {self.home}/run
state_dir = {self.home}/state
log_path = {self.home}/log
auth_verbose = yes
protocols = imap pop3
listen = 127.0.0.1
default_internal_user = {name}
default_internal_group = {group}
default_login_user = {name}
first_valid_uid = 1
mail_uid = {self._account.pw_uid}
mail_gid = {self._account.pw_gid}
mail_location = maildir:{self.home}/mail/%u
mailbox_idle_check_interval = 1 s
ssl = yes
ssl_cert = <{self.home}/server.pem
ssl_key = <{self.home}/server.pem
disable_plaintext_auth = no
auth_failure_delay = 0
{oauth}passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {self.home}/users
}}
userdb {{
  driver = static
  args = uid={self._account.pw_uid} gid={self._account.pw_gid} home={self.home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.imap}
  }}
  inet_listener imaps {{
    port = {self.imaps}
    ssl = yes
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {self.pop3}
  }}
  inet_listener pop3s {{
    port = {self.pop3s}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap {{
  process_limit = 64
}}
"""


def _group_of(account: pwd.struct_passwd) -> str:
    import grp

    return grp.getgrgid(account.pw_gid).gr_name
