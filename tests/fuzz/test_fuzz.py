"""Ten seconds of fuzzing with a fixed seed; for an hour of it see docs/mail.md, "Safety"."""

from __future__ import annotations

import sys

import pytest

from channels_in.email.parse import parse
from tests.fuzz.hunt import hunt
from tests.fuzz.seeds import own_seeds


@pytest.mark.skipif(sys.platform != "linux", reason="watches the child's memory as Linux tells it")
def test_no_damaged_mail_is_too_much_for_the_parser(tmp_path):
    report = hunt(seconds=10, seed=1, corpus=None, findings=tmp_path)
    assert report.failures == {}
    assert report.executions > 100
    assert report.ways > 20


def test_the_seeds_are_read_whole_before_they_are_damaged():
    messages = [parse(seed) for seed in own_seeds()]
    assert any(message.calendar for message in messages)
    assert any(message.is_bounce for message in messages)
    assert any(message.is_signed for message in messages)
    assert [file.filename for file in messages[7].attachments] == ["Übersicht.txt"]
