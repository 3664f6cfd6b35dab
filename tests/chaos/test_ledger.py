"""Nothing lost, nothing doubled: a short proof in every run, the full one with `-m chaos`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos import ledger


@pytest.mark.circle
@pytest.mark.timeout(900)
def test_nothing_is_lost_or_doubled_while_everything_is_killed(tmp_path: Path) -> None:
    outcome = ledger.run(11, tmp_path, mails=150, answers=30, seconds=15, decks=1)

    assert outcome.is_clean, outcome.findings
    assert sum(outcome.killed.values()) >= 5


@pytest.mark.chaos
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_a_thousand_mails_and_three_hundred_answers(tmp_path: Path, seed: int) -> None:
    outcome = ledger.run(seed, tmp_path)

    assert outcome.is_clean, outcome.findings
