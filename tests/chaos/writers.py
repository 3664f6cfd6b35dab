"""Those who write: customers' mail servers, and agents' programs at the API. All try again."""

from __future__ import annotations

import contextlib
import json
import random
import smtplib
import socket
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence

import psycopg

from tests.chaos.poller import CompanyMailbox
from tests.journeys.house import House

PATIENCE = 240  # seconds for one mail or one submit
FOLLOW_UPS = 4  # every fourth mail adds to the one before of the same person


def message_id(number: int) -> str:
    return f"ledger-{number}@customers.example"


def parent_of(number: int) -> int | None:
    """The earlier mail that this one answers."""
    return number - 2 if number % FOLLOW_UPS == 3 else None


def mail(number: int) -> bytes:
    """The mail with that number: the same bytes each time."""
    parent = parent_of(number)
    first = number if parent is None else parent
    lines = [
        f"From: Customer {first} <c{first}@customers.example>",
        "To: support@example.com",
        f"Subject: {'Re: ' if parent is not None else ''}Ledger {first}",
        f"Message-ID: <{message_id(number)}>",
        *([] if parent is None else [f"In-Reply-To: <{message_id(parent)}>"]),
        "Date: Fri, 20 Nov 2026 10:00:00 +0000",
        "",
        f"This is message number {number}.",
        "",
    ]
    return "\r\n".join(lines).encode()


class Traffic:
    """Threads that each do a share of numbered things, spread over some seconds."""

    def __init__(self) -> None:
        self._threads: list[threading.Thread] = []
        self.mischief: Counter[str] = Counter()
        self.failures: list[str] = []

    def spread(
        self, numbers: Sequence[int], threads: int, seconds: float, do: Callable[[int], None]
    ) -> None:
        """Do every number, with pauses that add up to about `seconds` a thread."""

        def work(share: Sequence[int]) -> None:
            for number in share:
                time.sleep(seconds * threads / max(1, len(numbers)))
                try:
                    do(number)
                except Exception as error:  # noqa: BLE001  told at the end, whatever it was
                    self.failures.append(f"{do.__name__} {number}: {error!r}")

        self._threads += [
            threading.Thread(target=work, args=(numbers[n::threads],), daemon=True)
            for n in range(threads)
        ]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        for thread in self._threads:
            thread.join()


class Customers:
    """Mail servers that keep a mail until it is taken, and sometimes send what was taken again."""

    def __init__(
        self, house: House, mailbox: CompanyMailbox, rng: random.Random, traffic: Traffic
    ) -> None:
        self._house, self._mailbox, self._rng, self._traffic = house, mailbox, rng, traffic

    def send(self, number: int) -> None:
        """Three of ten mails go to the company's mailbox, some of them by both ways."""
        if self._mailbox.is_here and number % 10 >= 7:
            self._mailbox.put(mail(number))
            self._traffic.mischief["by IMAP"] += 1
            if self._rng.random() >= 0.15:
                return
            self._traffic.mischief["by both ways"] += 1
        if self._rng.random() < 0.05 and self._lose_the_answer(mail(number)):
            self._traffic.mischief["answer lost"] += 1
        self._house.send(mail(number), seconds=PATIENCE)
        if self._rng.random() < 0.08:
            self._traffic.mischief["sent twice"] += 1
            self._house.send(mail(number), seconds=PATIENCE)

    def _lose_the_answer(self, raw: bytes) -> bool:
        """Hand over the whole mail and hang up before the answer; whether it came that far."""
        try:
            with socket.create_connection(("127.0.0.1", self._house.smtp_port), 5) as wire:
                client = smtplib.SMTP()
                client.sock, client.file = wire, None
                client.getreply()
                client.ehlo()
                client.mail("bounces@customers.example")
                client.rcpt("support@example.com")
                client.putcmd("data")
                client.getreply()
                client.send(raw + b".\r\n")
                return True
        except (OSError, smtplib.SMTPException):
            return False


class Agents:
    """Programs that answer tickets by the API: one Idempotency-Key an answer, tried until told."""

    def __init__(self, house: House, token: str, rng: random.Random, traffic: Traffic) -> None:
        self._house, self._token, self._rng, self._traffic = house, token, rng, traffic

    def answer(self, number: int) -> None:
        """Answer the ticket that mail `number` began or was added to."""
        until = time.monotonic() + PATIENCE
        ticket = self._ticket_of(number, until)
        body = {"ticket": {"comment": {"body": answer_text(number)}, "status": "pending"}}
        request = urllib.request.Request(  # noqa: S310  our own house
            f"{self._house.url}/api/v2/tickets/{ticket}.json",
            data=json.dumps(body).encode(), method="PUT",
            headers={
                "Authorization": f"Bearer {self._token}", "Content-Type": "application/json",
                "Idempotency-Key": f"ledger-{number}",
            },
        )  # fmt: skip
        is_forgetful = self._rng.random() < 0.1
        while True:
            try:
                with urllib.request.urlopen(request, timeout=15) as response:  # noqa: S310
                    is_new = response.headers["X-Idempotency-Lookup"] == "miss"
                self._traffic.mischief["submit repeated"] += not is_new
                if not (is_new and is_forgetful):
                    return
                is_forgetful = False  # as if the answer had been lost: the same once more
            except urllib.error.HTTPError as error:
                if error.code < 500 and error.code != 429:
                    raise AssertionError(f"{error.code} {error.read()[:300]!r}") from error
            except OSError:
                pass
            if time.monotonic() > until:
                raise TimeoutError("the API took no answer")
            time.sleep(0.3)

    def _ticket_of(self, number: int, until: float) -> int:
        query = f"SELECT ticket_id FROM tickets_comment WHERE message_id = '{message_id(number)}'"  # noqa: S608
        while time.monotonic() < until:
            with contextlib.suppress(psycopg.Error):
                if ticket := self._house.value(query):
                    return int(str(ticket))
            time.sleep(0.3)
        raise TimeoutError(f"mail {number} is no comment")


def answer_text(number: int) -> str:
    return f"This is the answer to message number {number}."
