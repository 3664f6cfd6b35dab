"""The mails of other projects, with the results that those projects assert.

They lie beside the repository and are no part of it (other licences, real addresses); without them
this test is skipped. The scorer there is run as it is.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from channels_in.email.describe import describe_file, write_json

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "mail"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not (CORPUS / "dev" / "cases.jsonl").exists(),
        reason="the mail corpus is not there (expected at ../shared/mail/dev)",
    ),
]

LEAST = {"from_email": 98, "subject": 98, "is_bounce": 95, "reply_text": 90, "is_auto_reply": 100}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    results = tmp_path_factory.mktemp("corpus") / "results.jsonl"
    rows = [describe_file(path) for path in sorted((CORPUS / "dev" / "mail").iterdir())]
    results.write_text("".join(write_json(row) + "\n" for row in rows), encoding="ascii")
    command = [
        sys.executable,
        str(CORPUS / "score.py"),
        "--cases",
        str(CORPUS / "dev" / "cases.jsonl"),
    ]
    return subprocess.run(
        [*command, "--results", str(results)], capture_output=True, text=True, check=True
    ).stdout


def test_no_mail_of_the_corpus_is_lost(report: str) -> None:
    read, of = re.findall(r"(\d+)/(\d+) messages with no crash", report)[0]
    assert read == of


def test_nearly_all_asserted_fields_are_right(report: str) -> None:
    right, of = re.findall(r"score: (\d+)/(\d+) fields", report)[0]
    assert int(right) >= 0.98 * int(of)


@pytest.mark.parametrize("field", LEAST)
def test_a_field_reaches_its_share(report: str, field: str) -> None:
    share = re.findall(rf"^  {field} +\d+/\d+ +([\d.]+)%$", report, re.MULTILINE)[0]
    assert float(share) >= LEAST[field]


def test_people_are_not_taken_for_machines(report: str) -> None:
    bounces, answers = re.findall(r"is_bounce (\d+), is_auto_reply (\d+)$", report, re.MULTILINE)[0]
    assert int(bounces) <= 2
    assert int(answers) <= 2
