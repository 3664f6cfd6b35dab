"""Other people's work in static/vendor/: nothing changed, nothing without its licence."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings

from web.icons import NAMES, OF_CHANNEL
from web.vendoring import checksum, sprite

VENDOR = settings.BASE_DIR / "static" / "vendor"
ENTRIES = json.loads((VENDOR / "manifest.json").read_text())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_each_file_is_what_was_vendored_and_has_its_licence(entry):
    assert checksum(VENDOR / entry["file"]) == entry["sha256"]
    assert (VENDOR / entry["licence_file"]).stat().st_size > 100
    assert entry["version"]
    assert entry["licence"]


def test_every_vendored_file_stands_in_the_manifest():
    named = {entry["file"] for entry in ENTRIES} | {entry["licence_file"] for entry in ENTRIES}
    present = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert present == named | {"manifest.json"}


def test_the_sprite_has_every_icon_and_no_other():
    symbols = re.findall(r'<symbol id="([\w-]+)"', (VENDOR / "lucide" / "icons.svg").read_text())
    assert symbols == list(NAMES)
    assert set(OF_CHANNEL.values()) <= set(NAMES)


def test_the_sprite_is_cut_from_single_icons(tmp_path):
    for name in NAMES:
        (tmp_path / f"{name}.svg").write_text('<!-- x --><svg\n class="l"\n><path d="M1"/></svg>')
    symbol = '<symbol id="mail" viewBox="0 0 24 24"><path d="M1"/></symbol>'
    assert symbol in sprite(tmp_path).splitlines()


def test_no_page_or_script_names_another_host():
    sources = [
        *settings.BASE_DIR.glob("templates/**/*.html"),
        *settings.BASE_DIR.glob("static/js/**/*.js"),
        *settings.BASE_DIR.glob("static/css/**/*.css"),
    ]
    for path in sources:
        assert not re.search(r"(src|href|url|from|import)[=( ]*[\"']https?://", path.read_text()), (
            path
        )
