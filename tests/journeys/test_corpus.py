"""Every mail of the corpus through the real listener: each gets a fate, none is lost or doubled."""

from __future__ import annotations

import smtplib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.journeys.house import ROOT, House, running, wait_for

pytestmark = [pytest.mark.circle, pytest.mark.corpus]

CORPUS = ROOT.parent / "shared" / "mail" / "dev" / "mail"


def _send_all(house: House, files: list[Path]) -> None:
    """Send every file over a few connections at once; the listener must accept each."""

    def work(share: list[Path]) -> int:
        with smtplib.SMTP("127.0.0.1", house.smtp_port, timeout=60) as client:
            for file in share:
                client.sendmail("corpus@x.example", ["support@example.com"], file.read_bytes())
        return len(share)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, [files[n::4] for n in range(4)])) == len(files)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the mail corpus is not beside the project")
def test_every_mail_of_the_corpus_gets_one_fate_however_often_it_is_sent(tmp_path: Path) -> None:
    files = sorted(CORPUS.glob("*.eml"))
    with running(
        tmp_path, "--no-demo", MAIL_ACCEPT_ANY_RECIPIENT="1", LOG_LEVEL="WARNING"
    ) as house:
        for _ in range(2):
            _send_all(house, files)

        def is_done() -> bool:
            return house.value(
                "SELECT count(*) FROM channels_in_inbounditem WHERE fate = 'pending'"
            ) == 0  # fmt: skip

        wait_for(is_done, 120, lambda: house.log.read_text()[-3000:])

        assert house.value("SELECT count(*) FROM channels_in_inbounditem") == len(
            {file.read_bytes() for file in files}
        )
        assert house.rows(
            "SELECT fate, reason, detail FROM channels_in_inbounditem WHERE fate = 'failed'"
            " OR (fate IN ('suspended', 'rejected') AND reason = '')"
            " OR (fate = 'comment' AND comment_id IS NULL)"
        ) == []  # fmt: skip
        assert house.value(
            "SELECT count(*) FROM channels_in_inbounditem WHERE fate = 'comment'"
        ) == house.value("SELECT count(*) FROM tickets_comment")
        assert "Traceback" not in house.log.read_text()
