"""What an installation serves in place of the sources of static files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
IMPORTS = re.compile(r'@import url\("([^"]+)"\)')


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The folder of collected files; `served.url("css/app.css")` names one of them."""
    folder = tmp_path_factory.mktemp("static")
    backend = {"BACKEND": "core.storage.static.StaticFiles"}
    with override_settings(
        STATIC_ROOT=folder, STORAGES={**settings.STORAGES, "staticfiles": backend}
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield lambda name: folder / staticfiles_storage.stored_name(name)


@pytest.mark.parametrize("name", ["app.css", "request.css"])
def test_a_page_waits_for_one_style_sheet(served, name):
    source, sheet = (CSS / name).read_text(), served(f"css/{name}").read_text()
    imported = IMPORTS.findall(source)
    assert imported
    assert "@import" not in sheet
    for path in imported:
        rules = re.findall(r"^[.\w-][^{}@/]*\{", (CSS / path).read_text(), re.MULTILINE)
        assert [rule for rule in rules if rule not in sheet] == [], path


def test_layers_keep_their_order_and_conditions(served):
    sheet = served("css/app.css").read_text()
    assert sheet.index("@layer reset, tokens, base, components, utilities;") < sheet.index("{")
    wanted = re.findall(r"@import .* layer\((\w+)\)", (CSS / "app.css").read_text())
    assert re.findall(r"@layer (\w+) \{", sheet) == wanted
    assert sheet.count("{") == sheet.count("}")


def test_what_style_sheets_name_is_there(served):
    for name in ("css/app.css", "css/request.css"):
        sheet = served(name)
        named = re.findall(r'url\("([^")]+)"\)', sheet.read_text())
        assert [path for path in named if not (sheet.parent / path).resolve().is_file()] == []
    assert "chevron-down." in served("css/app.css").read_text()


def test_modules_import_each_other_by_the_names_they_are_served_under(served):
    script = served("js/app.js")
    imported = re.findall(r'^import ?"(.+)";$', script.read_text(), re.MULTILINE)
    assert len(imported) > 50
    assert [path for path in imported if not (script.parent / path).is_file()] == []
