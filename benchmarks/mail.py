"""mail_smtp: accepted by SMTP to committed ticket. mail_import: files to committed tickets."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.house import ROOT, House
from benchmarks.mails import make_mail
from benchmarks.result import Result

WARM_UP = 200
SMTP_MAILS = 2_000
IMPORT_MAILS = 4_000
CONNECTIONS = 8


def mail_smtp(house: House) -> Iterator[Result]:
    """Mails a second from the first one offered to the last one committed as a ticket."""
    _send_and_wait(house, range(WARM_UP))
    seconds = _send_and_wait(house, range(WARM_UP, WARM_UP + SMTP_MAILS))
    yield Result(
        name="mail_smtp", n=SMTP_MAILS, per_second=SMTP_MAILS / seconds,
        conditions=f"{CONNECTIONS} connections, listener + worker of 2, acknowledgements sent",
    )  # fmt: skip


def _send_and_wait(house: House, numbers: range) -> float:
    from channels_in.models import InboundItem

    before = InboundItem.objects.filter(fate="comment").count()
    began = time.monotonic()
    sender = subprocess.Popen(
        [
            sys.executable, "-m", "benchmarks.mails", str(house.smtp_port),
            str(numbers.start), str(numbers.stop), str(CONNECTIONS),
        ],
        cwd=ROOT,
    )  # fmt: skip
    while InboundItem.objects.filter(fate="comment").count() < before + len(numbers):
        if sender.poll():
            sys.exit("The mails could not be sent.")
        time.sleep(0.05)
    took = time.monotonic() - began
    sender.wait()
    return took


def mail_import(house: House) -> Iterator[Result]:
    """Mails a second by the import command, from files to committed tickets, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(100_000, 100_000 + IMPORT_MAILS):
            (Path(folder) / f"{number}.eml").write_bytes(make_mail(number))
        began = time.monotonic()
        subprocess.run([ROOT / "bin" / "manage", "import_mail", folder], check=True, cwd=ROOT,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        seconds = time.monotonic() - began
    yield Result(
        name="mail_import", n=IMPORT_MAILS, per_second=IMPORT_MAILS / seconds,
        conditions="bin/manage import_mail of files, one process a core, start-up included",
    )  # fmt: skip
