"""Docs that can lie are tested: settings, API addresses."""

from __future__ import annotations

import re

from django.urls import get_resolver

from tests.architecture.source import ROOT


def test_every_setting_of_the_environment_is_documented():
    source = (ROOT / "helpdesk/settings.py").read_text()
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    assert {"DATABASE_URL", "REDIS_URL"} <= names
    documented = (ROOT / "docs/operations.md").read_text()
    assert sorted(name for name in names if f"`{name}`" not in documented) == []


def test_every_address_of_the_api_is_documented():
    api = next(p for p in get_resolver().url_patterns if str(p.pattern) == "api/v2/")
    text = (ROOT / "docs/api.md").read_text()
    routes = {
        re.sub(r"<(?:int|uuid):\w+>", "{id}", str(pattern.pattern)).removesuffix(".json")
        for pattern in api.url_patterns
        if str(pattern.pattern)
    }
    assert routes
    missing = [
        f"/{route}" for route in sorted(routes) if not re.search(rf"/{re.escape(route)}[`?.]", text)
    ]
    assert missing == []


def test_no_machine_of_ours_is_named_in_the_sources():
    paths = re.compile(r"(?<![\w.}$-])/(?:root|home|work|Users)/\w")
    files = [
        path
        for pattern in ("*.md", "*.toml", "*.py", "docs/**/*.md", "bin/*", "*/**/*.py")
        for path in ROOT.glob(pattern)
        if not {".venv", "var", "__pycache__"} & set(path.parts) and path.is_file()
    ]
    found = [path.name for path in files if paths.search(path.read_text(errors="replace"))]
    assert [name for name in found if name != "test_docs.py"] == []
