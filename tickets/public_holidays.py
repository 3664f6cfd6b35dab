"""Public holidays of countries and their parts in any year, by the library `holidays`."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from importlib import import_module
from types import ModuleType

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SMALL = (" And ", " Of ", " The ")
_CODE_LENGTH = 12


def public_holidays(country: str, subdivision: str, year: int) -> dict[date, str]:
    """Each public holiday of a year with its name; none for a country that is not known."""
    return _of_year(country, subdivision, year) if country else {}


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[str, str]]:
    """All countries and their parts as people read them, `Germany: Bayern`, with their codes."""
    library = _library()
    found: dict[str, tuple[str, str]] = {}
    for country, parts in library.list_supported_countries().items():
        if len(country) == 2:
            kind = getattr(library, country)
            words = _spaced(kind.__mro__[1].__name__ if len(kind.__name__) < 4 else kind.__name__)
            found[words] = (country, "")
            for code in parts:
                if len(code) <= _CODE_LENGTH:
                    found.setdefault(f"{words}: {_names(kind).get(code, code)}", (country, code))
    return dict(sorted(found.items()))


def words_of_place(country: str, subdivision: str) -> str:
    """`Germany: Bayern`; empty without a country."""
    if not country:
        return ""
    codes = (country, subdivision)
    plain = f"{country}: {subdivision}" if subdivision else country
    return next((words for words, known in places().items() if known == codes), plain)


@lru_cache(maxsize=1_000)
def _of_year(country: str, subdivision: str, year: int) -> dict[date, str]:
    library = _library()
    try:
        return dict(
            library.country_holidays(
                country, subdiv=subdivision or None, years=year, expand=False, language="en_US"
            )
        )
    except NotImplementedError:  # a country or part that the library does not know any more
        return {}


def _names(kind: type) -> dict[str, str]:
    """Parts of a country by their codes; the library lists names with the code they stand for."""
    return {code: name for name, code in getattr(kind, "subdivisions_aliases", {}).items()}


def _spaced(name: str) -> str:
    words = _WORD.sub(" ", name)
    for small in _SMALL:
        words = words.replace(small, small.lower())
    return words


@lru_cache(maxsize=1)
def _library() -> ModuleType:
    """Loaded when it is first needed: it takes a third of a second."""
    return import_module("holidays")
