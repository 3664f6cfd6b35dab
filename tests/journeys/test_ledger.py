"""Nothing lost, nothing doubled: a thousand mails while the processes are killed."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

import pytest

from tests.journeys.house import House, running, wait_for

pytestmark = pytest.mark.circle

MAILS = 1_000
SENDERS = 4
ROUNDS = 3
TARGETS = [("celery", "worker"), ("listen_mail",), ("valkey-server",)]


def _mail(number: int) -> bytes:
    return (
        f"From: Customer {number} <c{number % 90}@customers.example>\r\n"
        f"To: support@example.com\r\nSubject: Ledger {number}\r\n"
        f"Message-ID: <ledger-{number}@customers.example>\r\n"
        f"Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\nThis is message number {number}.\r\n"
    ).encode()


def _send_all(house: House) -> list[threading.Thread]:
    def work(numbers: range) -> None:
        for number in numbers:
            house.send(_mail(number))

    threads = [
        threading.Thread(target=work, args=(range(n, MAILS, SENDERS),)) for n in range(SENDERS)
    ]
    for thread in threads:
        thread.start()
    return threads


def test_a_thousand_mails_survive_killing_worker_listener_and_valkey(tmp_path: Path) -> None:
    rng = random.Random(11)
    with running(tmp_path, "--no-demo", LOG_LEVEL="WARNING") as house:
        threads = _send_all(house)
        killed = []
        for target in rng.sample(TARGETS * ROUNDS, len(TARGETS) * ROUNDS):
            time.sleep(rng.uniform(0.3, 1.5))
            if house.kill(*target):
                killed.append(target[-1])
        for thread in threads:
            thread.join()

        def is_done() -> bool:
            waiting = house.value(
                "SELECT count(*) FROM channels_in_inbounditem WHERE fate IN ('pending', 'failed')"
            )
            return waiting == 0 and house.value("SELECT count(*) FROM tickets_comment") >= MAILS

        wait_for(is_done, 120, lambda: house.log.read_text()[-3000:])

        assert set(killed) == {target[-1] for target in TARGETS}
        assert house.value("SELECT count(*) FROM tickets_ticket") == MAILS
        assert house.value("SELECT count(DISTINCT message_id) FROM tickets_comment") == MAILS
        assert house.value("SELECT count(*) FROM tickets_comment") == MAILS
        assert house.value(
            "SELECT count(*) FROM (SELECT 1 FROM tickets_delivery WHERE kind = 'acknowledgement'"
            " GROUP BY ticket_id HAVING count(*) > 1) AS doubled"
        ) == 0  # fmt: skip
