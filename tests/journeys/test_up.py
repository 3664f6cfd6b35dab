"""`bin/up` when things are not as they should be: a sentence or a recovery, never a stack trace."""

from __future__ import annotations

import shutil
import socket
import subprocess
from pathlib import Path

import psutil
import pytest

from helpdesk import up
from tests.journeys.house import ROOT, free_port, running, wait_for

pytestmark = pytest.mark.circle


def _start(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "bin" / "up", "--no-demo", *map(str, arguments)],
        capture_output=True, text=True, timeout=90,
    )  # fmt: skip


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = _start("--data", tmp_path / "var", "--port", port, "--smtp-port", free_port())

    assert done.returncode != 0
    assert f"Port {port} is taken by another program" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    done = _start("--data", tmp_path / "file" / "var", "--port", free_port())

    assert done.returncode != 0
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path, monkeypatch) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1024 * 1024)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    with pytest.raises(up.CannotStart, match="Only 1 MB are free"):
        up._check_disk(tmp_path)


@pytest.mark.parametrize(
    ("host", "is_shown"), [("127.0.0.1", True), ("localhost", True), ("192.0.2.1", False)]
)
def test_the_mailbox_of_all_customers_is_for_this_machine_alone(
    tmp_path: Path, monkeypatch, host: str, is_shown: bool
) -> None:
    monkeypatch.delenv("EMAIL_URL", raising=False)
    options = up.Options(host=host, port=8000, smtp_port=2525, data=tmp_path, demo=True)

    assert options.shows_mail is is_shown


def test_a_second_start_a_killed_predecessor_and_an_end_that_leaves_nothing_running(
    tmp_path: Path,
) -> None:
    with running(tmp_path, "--no-demo") as house:
        second = _start("--data", house.data, "--port", free_port(), "--smtp-port", free_port())
        assert second.returncode != 0
        assert "already running" in second.stderr
        assert "Traceback" not in second.stderr

        family = psutil.Process(house.process.pid).children(recursive=True)
        house.process.kill()
        house.process.wait(10)
        wait_for(lambda: not any(p.is_running() and p.status() != "zombie" for p in family), 30)
        last_words = house.log.stat().st_size  # of beat, whose Valkey may be gone before it

    with running(tmp_path, "--no-demo") as house:
        assert house.value("SELECT count(*) FROM tickets_view") == 6
        assert b"Traceback" not in house.log.read_bytes()[last_words:]
        data = str(house.data)

    wait_for(lambda: not [p for p in psutil.process_iter() if data in " ".join(_words(p))], 20)


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
