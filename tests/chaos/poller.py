"""The company's mailbox on a dovecot, and a second process that fetches from it.

`bin/up` fetches in its listener; one more `fetch_mail` stands for a second machine, so that two
pollers want the same mailbox, and each dies at random.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from tests.channels_in.mailboxes import dovecot
from tests.channels_in.mailboxes.certificates import Certificates, make_certificates
from tests.channels_in.mailboxes.dovecot import PASSWORD, Dovecot
from tests.journeys.house import ROOT, House

CONNECT = """
from accounts.actor import system_actor
from channels_in.accounts import default_account
from channels_in.actions.mailboxes import MailboxDraft, save_mailbox
draft = MailboxDraft(host="localhost", port={port}, username="{user}", password="{password}")
save_mailbox(actor=system_actor("ledger"), account_id=default_account().pk, draft=draft)
"""


class CompanyMailbox:
    """A dovecot with one mailbox. `is_here` is false where there is no dovecot."""

    def __init__(self, folder: Path) -> None:
        self.is_here = not dovecot.missing()
        self._server: Dovecot | None = None
        self.environment: dict[str, str] = {}
        if self.is_here:
            certificates: Certificates = make_certificates(folder)
            self._server = Dovecot(certificates)
            self._user, _ = self._server.new_user()
            self.environment = {
                "MAIL_SERVERS_ON_PRIVATE_NETWORKS": "1",
                "SSL_CERT_FILE": str(certificates.authority),
            }

    def __enter__(self) -> CompanyMailbox:
        if self._server:
            self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server:
            self._server.remove()

    def connect(self, house: House) -> None:
        """Let the house fetch from it, as an administrator does."""
        if self._server:
            code = CONNECT.format(port=self._server.imaps, user=self._user, password=PASSWORD)
            house.manage("shell", "-c", code)

    def put(self, raw: bytes) -> None:
        """A mail arrives there."""
        assert self._server is not None
        until = time.monotonic() + 60
        while True:
            try:
                with IMAPClient("127.0.0.1", self._server.imap, ssl=False, timeout=10) as client:
                    client.login(self._user, PASSWORD)
                    client.append("INBOX", raw)
                return
            except (IMAPClientError, OSError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)


class SecondMachine:
    """`fetch_mail`, started again whenever it has died."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> SecondMachine:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over.is_set():
            with self._house.log.open("ab") as log:
                process = subprocess.Popen(
                    [sys.executable, ROOT / "manage.py", "fetch_mail"], stdout=log, stderr=log,
                    env={**self._house.environment, "HELPDESK_DATA": str(self._house.data)},
                )  # fmt: skip
            while process.poll() is None and not self._is_over.wait(0.5):
                continue
            if process.poll() is None:
                process.terminate()
                process.wait(20)
            self._is_over.wait(1)
