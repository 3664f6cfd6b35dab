"""docker-compose.yml: its shape, and each service's command run against the embedded services.

There is no container engine where the tests run; what a container would start is started here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.journeys.house import ROOT, copy_installed, free_port, wait_for

OURS = ("web", "worker", "beat", "listener")


def _compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_every_service_restarts_and_every_long_running_one_is_watched() -> None:
    services = _compose()["services"]

    assert set(services) == {*OURS, "migrate", "postgres", "valkey", "storage"}
    assert all("restart" in service for service in services.values())
    unwatched = {name for name, service in services.items() if "healthcheck" not in service}
    assert unwatched == {"migrate", "beat"}  # one ends; the other does nothing but publish


def test_no_secret_has_a_value_in_the_file() -> None:
    text = (ROOT / "docker-compose.yml").read_text()

    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        values = re.findall(rf"{name}: (.+)", text)
        assert values
        assert all(value.startswith("${") for value in values)


def test_our_services_have_no_more_rights_than_they_need() -> None:
    services = _compose()["services"]

    for name in OURS:
        service = services[name]
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert "\nUSER helpdesk\n" in (ROOT / "Dockerfile").read_text()


def test_every_variable_given_to_our_services_is_a_setting() -> None:
    settings = (ROOT / "helpdesk" / "settings.py").read_text()

    for name in OURS:
        for variable in _compose()["services"][name]["environment"]:
            assert f'"{variable}"' in settings, variable


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A migrated database and Valkey of their own, and the variables that lead to them."""
    data = tmp_path_factory.mktemp("compose") / "var"
    copy_installed(Path(os.environ["HELPDESK_TEST_DATA"]), data)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("HELPDESK", "DJANGO"))}
    values = {
        **inherited, "HELPDESK_DATA": str(data), "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }  # fmt: skip
    holder = subprocess.Popen([sys.executable, ROOT / "helpdesk" / "embedded.py", data], env=values)
    sh, flag, script = _compose()["services"]["migrate"]["command"]
    subprocess.run([sh, flag, script], env=values, cwd=ROOT, check=True)
    yield values
    holder.terminate()
    holder.wait(30)


@pytest.mark.circle
@pytest.mark.parametrize("name", OURS)
def test_a_services_command_stays_up_and_answers_its_health_check(
    name: str, environment: dict[str, str]
) -> None:
    service = _compose()["services"][name]
    port = str(free_port())
    values = {**environment, "SMTP_LISTEN": f"127.0.0.1:{port}"}
    command = service.get("command") or _image_command()
    command = [port if part == "8000" else part for part in command]
    process = subprocess.Popen(command, env=values, cwd=ROOT, start_new_session=True)
    check = service.get("healthcheck", {}).get("test")

    try:
        wait_for(lambda: process.poll() is None and _is_healthy(check, port, values), 60)
    finally:
        os.killpg(process.pid, 15)
        process.wait(30)


def _image_command() -> list[str]:
    match = re.search(r"^CMD (\[.+\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert match
    return yaml.safe_load(match[1])


def _is_healthy(check: list[str] | None, port: str, environment: dict[str, str]) -> bool:
    """Run the health check as the engine would, with our port in place of the image's."""
    if check is None:
        return True
    kind, *command = [
        part.replace("8000", port).replace("2525", port).replace("$$", "$")
        .replace("${ALLOWED_HOSTS:-localhost}", "localhost")
        for part in check
    ]  # fmt: skip
    if kind == "CMD-SHELL":
        command = ["sh", "-c", f"HOSTNAME=$(hostname); {command[0]}"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, timeout=40)
    return done.returncode == 0
