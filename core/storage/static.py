"""Static files as the pages of an installation get them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

Sources = dict[str, tuple[Storage, str]]  # by name: the storage a file is in, and its path there

_IMPORT = re.compile(
    r'^@import url\("(?P<path>[^"]+)"\)(?: layer\((?P<layer>\w+)\))?(?P<media>[^;]*);', re.MULTILINE
)
_URL = re.compile(r'url\("(?P<path>\.[^"]+)"\)')


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Under names with a hash, also where one JavaScript module imports another; a style sheet has
    in it what it imports, so that a page waits for one and not for fifty.
    """

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: Sources, dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool | Exception]]:
        yield from super().post_process(paths | with_imports(paths), dry_run, **options)


class _Whole(Storage):
    """Style sheets, each with those that it imports in their places."""

    def __init__(self, sheets: dict[str, str]) -> None:
        self.sheets = sheets

    def _open(self, name: str, mode: str = "rb") -> ContentFile[bytes]:
        return ContentFile(self.sheets[name].encode())


def with_imports(paths: Sources) -> Sources:
    """The style sheets among them that import others, with those in their places."""
    whole = _Whole({})
    for name in paths:
        if name.endswith(".css") and _IMPORT.search(sheet := _read(paths, name)):
            whole.sheets[name] = _flattened(sheet, posixpath.dirname(name), paths)
    return {name: (whole, name) for name in whole.sheets}


def _flattened(sheet: str, folder: str, paths: Sources) -> str:
    def content(found: re.Match[str]) -> str:
        path = found["path"]
        inner = _moved(_read(paths, posixpath.join(folder, path)), posixpath.dirname(path))
        if layer := found["layer"]:
            inner = f"@layer {layer} {{\n{inner}\n}}"
        if media := found["media"].strip():
            inner = f"@media {media} {{\n{inner}\n}}"
        return inner

    return _IMPORT.sub(content, sheet)


def _moved(sheet: str, folder: str) -> str:
    """A style sheet of that folder, with its relative addresses seen from outside it."""
    return _URL.sub(
        lambda found: f'url("{posixpath.normpath(posixpath.join(folder, found["path"]))}")', sheet
    )


def _read(paths: Sources, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
