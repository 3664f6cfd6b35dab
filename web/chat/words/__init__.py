"""What the widget says, by language. The house's own texts come on top (ChatWidget.texts).

They are not in `locale/`: the widget speaks more languages than the pages, and gets one of them as
data of its frame.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "ar": "العربية"}
_RIGHT_TO_LEFT = {"ar"}
FALLBACK = "en"


def language_for(wanted: str, own: str = "") -> str:
    """The first of the visitor's and the widget's language that the widget speaks."""
    for tag in (wanted, own):
        bare = tag.lower().split("-")[0]
        if bare in LANGUAGES:
            return bare
    return FALLBACK


def direction(language: str) -> str:
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


@cache
def of(language: str) -> dict[str, str]:
    """Every text by its name; a test holds that no language lacks one."""
    words: dict[str, str] = import_module(f"web.chat.words.{language}").WORDS
    return words
