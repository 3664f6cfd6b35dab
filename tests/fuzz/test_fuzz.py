"""Five seconds of fuzzing with a fixed seed; for an hour of it see docs/mail.md, "Safety"."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from channels_in.email.parse import parse
from tests.fuzz.hunt import _peak_alone
from tests.fuzz.seeds import own_seeds

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="watches the child's memory as Linux tells it")
def test_no_damaged_mail_is_too_much_for_the_parser(tmp_path):
    # In a process of its own: the memory of a test run that has gone on for minutes would count.
    command = [sys.executable, "-m", "tests.fuzz", "--seconds", "5", "--findings", tmp_path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert done.returncode == 0, report["failures"]
    assert report["executions"] > 50
    assert report["ways"] > 20


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what memory was used")
def test_what_seems_too_large_is_judged_by_a_process_that_reads_nothing_else():
    alone = _peak_alone(own_seeds()[0])
    larger = _peak_alone(own_seeds()[0] + b"x" * 60 * 1024 * 1024)
    assert alone + 50 < larger
    assert alone < 120


def test_the_seeds_are_read_whole_before_they_are_damaged():
    messages = [parse(seed) for seed in own_seeds()]
    assert any(message.calendar for message in messages)
    assert any(message.is_bounce for message in messages)
    assert any(message.is_signed for message in messages)
    assert [file.filename for file in messages[7].attachments] == ["Übersicht.txt"]
