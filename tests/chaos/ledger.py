"""The ledger proof: nothing lost, nothing doubled, while everything is killed at random.

    .venv/bin/python -m tests.chaos.ledger --seeds 1 2 3

The whole of `bin/up` runs in a temporary folder with production settings. Mails come in by SMTP
(some twice, some with the answer lost) and into a mailbox on a dovecot that two pollers fetch from
(some by both ways). Agents' programs answer by the API, the answers go to a
server that is sometimes busy and sometimes hangs up after the data. Meanwhile `kill -9` hits one
process after the other. Then everything is left alone, and the books are compared (books.py).
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.channels_in.mailboxes import dovecot
from tests.chaos import books, processes
from tests.chaos.poller import CompanyMailbox, SecondMachine
from tests.chaos.sink import Sink
from tests.chaos.writers import Agents, Customers, Traffic
from tests.journeys.house import House, running

MAILS, ANSWERS = 1_000, 300
SENDERS, PROGRAMS = 4, 3
DECKS = 2  # so many times is everything killed, if the traffic lasts that long
QUIET_SECONDS = 300


@dataclass
class Outcome:
    """One run."""

    seed: int
    killed: dict[str, int]
    mischief: dict[str, int]
    findings: books.Findings
    traffic_seconds: float
    seconds: float

    @property
    def is_clean(self) -> bool:
        return self.findings.is_clean

    def row(self) -> str:
        """One line of the table."""
        kills = " ".join(str(self.killed.get(target, 0)) for target in processes.TARGETS)
        found = self.findings
        return (
            f"| {self.seed} | {sum(self.killed.values())} ({kills}) | {len(found.lost)} |"
            f" {len(found.doubled)} | {len(found.wrong)} | {found.unknown} |"
            f" {self.traffic_seconds:.0f} | {self.seconds:.0f} |"
        )


HEAD = (
    f"| seed | killed ({', '.join(processes.TARGETS)}) | lost | doubled | wrong | unknown |"
    " traffic, s | all, s |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
)


def run(
    seed: int, folder: Path, *, mails: int = MAILS, answers: int = ANSWERS,
    seconds: float = 90, decks: int = DECKS,
) -> Outcome:  # fmt: skip
    """Traffic over about `seconds` while processes are killed, then quiet, then the audit."""
    rng = random.Random(seed)
    traffic = Traffic()
    with (
        Sink(random.Random(rng.random())) as sink,
        CompanyMailbox(folder) as mailbox,
        running(
            folder, "--no-demo", EMAIL_URL=f"smtp://127.0.0.1:{sink.port}", LOG_LEVEL="WARNING",
            UNDO_SEND_SECONDS="0", API_REQUESTS_PER_MINUTE="0", **mailbox.environment,
        ) as house,
        SecondMachine(house),
    ):  # fmt: skip
        mailbox.connect(house)
        begun = time.monotonic()
        answered = list(range(0, mails, max(1, mails // answers)))[:answers]
        customers = Customers(house, mailbox, random.Random(rng.random()), traffic)
        agents = Agents(house, house.make_agent(), random.Random(rng.random()), traffic)
        traffic.spread(range(mails), SENDERS, seconds, customers.send)
        traffic.spread(answered, PROGRAMS, seconds, agents.answer)
        killer = processes.Killer(house, random.Random(rng.random()), decks)
        killer.start()
        traffic.begin()
        traffic.finish()
        killer.finish()
        traffic_seconds = time.monotonic() - begun
        sink.behave()
        is_quiet = _wait_for_quiet(house, mails)
        findings = books.audit(house, sink, range(mails), answered)
        findings.wrong += traffic.failures + processes.too_many(house)
        if not is_quiet:
            findings.wrong.append(house.log.read_text()[-2000:])
        return Outcome(
            seed, dict(killer.killed), dict(traffic.mischief + sink.mischief), findings,
            traffic_seconds, time.monotonic() - begun,
        )  # fmt: skip


def _wait_for_quiet(house: House, mails: int) -> bool:
    """Wait until all mails are there and all work is settled; whether it was in time.

    Back-off and leases last minutes. Their ends are brought forward, as if that time had passed:
    nothing is killed any more, and nobody is busy with one message for longer than EMAIL_TIMEOUT.
    """
    until = time.monotonic() + QUIET_SECONDS
    settled = 0
    while time.monotonic() < until and settled < 3:
        time.sleep(1)
        try:
            _let_time_pass(house)
            is_settled = not house.value(books.UNSETTLED) and house.value(books.KNOWN) >= mails
            settled = settled + 1 if is_settled else 0
        except psycopg.Error:
            settled = 0
    return settled == 3


def _let_time_pass(house: House) -> None:
    house.execute(
        "UPDATE tickets_delivery SET next_attempt_at = now()"
        " WHERE state = 'queued' AND next_attempt_at > now()"
    )
    house.execute(  # the lease is five minutes, so this one was claimed forty seconds ago
        "UPDATE tickets_delivery SET next_attempt_at = now()"
        " WHERE state = 'sending' AND next_attempt_at < now() + interval '260 s'"
    )
    house.execute(
        "UPDATE channels_in_inbounditem SET next_attempt_at = now()"
        " WHERE fate IN ('pending', 'failed') AND next_attempt_at > now()"
    )
    house.execute("UPDATE core_outboxmessage SET available_at = now() WHERE available_at > now()")


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the ledger proof.")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--mails", type=int, default=MAILS)
    parser.add_argument("--answers", type=int, default=ANSWERS)
    parser.add_argument("--seconds", type=float, default=90, help="time over which mail comes")
    given = parser.parse_args()
    if why := dovecot.missing():
        print(f"All mail comes by SMTP: {why}.", file=sys.stderr)
    print(HEAD, flush=True)
    is_clean = True
    for seed in given.seeds:
        with tempfile.TemporaryDirectory() as folder:
            outcome = run(
                seed, Path(folder), mails=given.mails, answers=given.answers, seconds=given.seconds
            )
            print(outcome.row(), flush=True)
            print(f"  {outcome.mischief}", file=sys.stderr, flush=True)
            if not outcome.is_clean:
                is_clean = False
                print(f"  {outcome.findings}", flush=True)
    sys.exit(0 if is_clean else 1)


if __name__ == "__main__":
    main()
