"""Copies what the pages need of other people's work into static/vendor/, with its licences.

Nothing is fetched here: the input is a folder with unpacked npm packages, one folder a package. The
result is committed, so that a clone runs offline and no page ever asks another host for anything.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from web.icons import NAMES

SUBSETS = ("cyrillic", "cyrillic-ext", "greek", "greek-ext", "latin", "latin-ext", "vietnamese")


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package, the folder it gets here, its licence (SPDX) and the files that are taken."""

    name: str
    folder: str
    licence: str
    files: tuple[str, ...]


PACKAGES = (
    Package("htmx.org", "htmx", "0BSD", ("dist/htmx.min.js",)),
    Package(
        "@fontsource-variable/inter", "inter", "OFL-1.1",
        tuple(f"files/inter-{subset}-wght-normal.woff2" for subset in SUBSETS),
    ),
    Package("squire-rte", "squire", "MIT", ("dist/squire.mjs", "dist/squire.mjs.map")),
    Package("lucide-static", "lucide", "ISC", ()),
)  # fmt: skip


def vendor(source: Path, target: Path) -> list[dict[str, str]]:
    """Copy every package from `source` to `target` and write the manifest. Returns its entries.

    Raises FileNotFoundError naming what `source` lacks.
    """
    entries: list[dict[str, str]] = []
    for package in PACKAGES:
        origin = source / package.name.rpartition("/")[2]
        version = json.loads((origin / "package.json").read_text())["version"]
        folder = target / package.folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copyfile(origin / "LICENSE", folder / "LICENSE")
        made = [folder / Path(name).name for name in package.files]
        for name, path in zip(package.files, made, strict=True):
            shutil.copyfile(origin / name, path)
        if package.folder == "lucide":
            made.append(folder / "icons.svg")
            made[-1].write_text(sprite(origin / "icons"))
        entries += [
            {
                "name": package.name,
                "version": version,
                "file": str(path.relative_to(target)),
                "sha256": checksum(path),
                "licence": package.licence,
                "licence_file": f"{package.folder}/LICENSE",
            }
            for path in made
        ]
    (target / "manifest.json").write_text(json.dumps(entries, indent=2) + "\n")
    return entries


def sprite(icons: Path) -> str:
    """One SVG with a symbol an icon; lines and colours come from the page's CSS."""
    symbols = []
    for name in NAMES:
        text = (icons / f"{name}.svg").read_text()
        inner = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
        inner = re.sub(r"\s+", " ", inner).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
