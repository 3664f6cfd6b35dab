"""Mails of 50 MB, as large as the listener accepts, cost little; measured in a fresh process.

On an otherwise idle core none takes a second and none brings the process, with Django and the mail
itself, above 240 MB.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.fuzz.hostile import HOSTILE

SECONDS = 3.0  # three times what it takes: machines differ, and this one may be busy
MEGABYTES = 260

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what memory was used"),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def costs() -> dict[str, dict]:
    """What each mail cost, by name. One child for all: it takes two seconds to start."""
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "tests.fuzz.bounds"], cwd=settings.BASE_DIR, capture_output=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_mail_that_the_listener_accepts_is_too_much(costs, name):
    cost = costs[name]
    assert cost["error"] == ""
    assert cost["size"] > 40_000_000
    assert sum(cost["seconds"].values()) < SECONDS, cost["seconds"]
    assert cost["peak"] < MEGABYTES
