"""Languages by their own names, as people choose them for texts."""

from __future__ import annotations

from django.utils.translation import get_language_info

from web.admin.forms import LANGUAGES


def languages() -> list[tuple[str, str]]:
    """Language tags in small letters with the languages' own names, in alphabetical order."""
    tags = [tag.lower() for tag in LANGUAGES]
    return sorted(((tag, language(tag)) for tag in tags), key=lambda pair: pair[1].casefold())


def language(tag: str) -> str:
    """A language's own name; the tag where it is not known."""
    try:
        return str(get_language_info(tag)["name_local"])
    except KeyError:
        return tag
