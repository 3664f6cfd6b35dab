"""The languages articles may be written in: tags, and the names their speakers give them."""

from __future__ import annotations

import re

from django.conf.locale import LANG_INFO

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}")


def clean_tag(tag: str) -> str:
    """A language tag in small letters (`de`, `pt-br`), empty when it is none."""
    clean = tag.strip().replace("_", "-").lower()
    return clean if _TAG.fullmatch(clean) and len(clean) <= 20 else ""


def native_name(tag: str) -> str:
    """`Deutsch` for `de`; the tag itself where no name is known."""
    for candidate in (tag, tag.split("-")[0]):
        info = LANG_INFO.get(candidate, {})
        if "name_local" in info:
            return str(info["name_local"])
    return tag


def choices() -> list[tuple[str, str]]:
    """Tags and names to choose from, by name."""
    known = [(tag, native_name(tag)) for tag, info in LANG_INFO.items() if "name_local" in info]
    return sorted(known, key=lambda each: each[1].casefold())


def direction(tag: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if LANG_INFO.get(tag.split("-")[0], {}).get("bidi") else "ltr"
