"""A browser's User-Agent in a few words. What it says of itself, not proof of anything."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

# The first that fits: most browsers name others, too.
_BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"), (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"), (r"Vivaldi/", "Vivaldi"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"(?:Headless)?Chrom(?:e|ium)/|CriOS/", "Chrome"), (r"Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    (r"iPhone", "iPhone"), (r"iPad", "iPad"), (r"Android", "Android"), (r"Windows", "Windows"),
    (r"CrOS", "ChromeOS"), (r"Mac OS X|Macintosh", "macOS"), (r"Linux", "Linux"),
)  # fmt: skip
_PHONES = {"iPhone", "Android"}


@dataclass(frozen=True, slots=True)
class Browser:
    words: str
    is_phone: bool


def browser_of(user_agent: str) -> Browser:
    """`Firefox on Linux`; honest words where nothing is known."""
    name = next((name for mark, name in _BROWSERS if re.search(mark, user_agent)), "")
    system = next((name for mark, name in _SYSTEMS if re.search(mark, user_agent)), "")
    if name and system:
        words = _("%(browser)s on %(system)s") % {"browser": name, "system": system}
    else:
        words = name or system or _("Unknown browser")
    return Browser(words, system in _PHONES)
