"""The pages share one sheet: what one part calls its own, no other may restyle by accident."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from django.conf import settings

COMPONENTS = Path(settings.BASE_DIR, "static", "css", "components")
# Named in two files on purpose: one part arranges what another one draws.
SHARED = {"check", "choices", "composer", "entries", "files", "pick", "table-scroll"}


def test_a_class_is_drawn_in_one_file():
    drawn = defaultdict(set)
    for path in COMPONENTS.glob("*.css"):
        for name in re.findall(r"^\.([a-z][a-z0-9-]*) \{", path.read_text(), re.M):
            drawn[name].add(path.name)
    assert {name: files for name, files in drawn.items() if len(files) > 1}.keys() <= SHARED
