"""The catalogues of texts: compiled as they are written, with the placeholders of the originals."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}")
_FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$|^(".*")$')


def entries(path: Path) -> list[dict[str, str]]:
    """What a .po file says: each message with its parts; fuzzy ones and the header are left out."""
    found = []
    for block in path.read_text().split("\n\n"):
        parts: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith("#") or not (match := _FIELD.match(line)):
                continue
            name = match[1] or name
            parts[name] = parts.get(name, "") + ast.literal_eval(match[2] or match[3])
        if parts.get("msgid") and "#, fuzzy" not in block:
            found.append(parts)
    return found


def test_there_is_a_catalogue_of_each_language_but_our_own():
    assert {path.parent.parent.name for path in CATALOGUES} >= {"de"}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_what_is_written_is_what_is_compiled(path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [
        parts["msgid"]
        for parts in entries(path)
        if "msgctxt" not in parts and "msgid_plural" not in parts and parts.get("msgstr")
        and compiled.gettext(parts["msgid"]) != parts["msgstr"]
    ]  # fmt: skip
    assert stale == [], "run bin/messages"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_translations_have_the_placeholders_of_the_originals(path):
    wrong = []
    for parts in entries(path):
        known = set(_PLACEHOLDER.findall(parts["msgid"] + parts.get("msgid_plural", "")))
        for name, text in parts.items():
            if name.startswith("msgstr") and text and set(_PLACEHOLDER.findall(text)) - known:
                wrong.append(text)
    assert wrong == []


def test_german_says_everything():
    path = ROOT / "locale/de/LC_MESSAGES/django.po"
    missing = [
        parts["msgid"]
        for parts in entries(path)
        if not all(text for name, text in parts.items() if name.startswith("msgstr"))
    ]
    assert missing == [], "translate them in locale/de, then run bin/messages"
    assert path.read_text().count("#, fuzzy") == 0, "say whether the translation still fits"
