"""Finding the few tickets worth comparing, at a price that does not grow with the house.

A word in a tenth of a million tickets must not be looked up alone: the index would give all of
them. So rare words are looked for each by itself, and frequent ones two or three together, as far
as the planner's statistics say that not too many tickets have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from core.terms import Term, Terms, prefix_query

LOOKED_AT = 400  # tickets whose words are compared
_MATCHES = 3_000  # expected of one part of the query; what is expected of all stays below 4 ×
_UNKNOWN = 0.001  # share of a word that the planner does not list
_SINGLES, _TOGETHER = 14, 6


def query_of(terms: Terms) -> str:
    """A tsquery in PostgreSQL's syntax that finds candidates; empty if nothing is to be found."""
    parts: list[str] = []
    budget = 4.0 * _MATCHES
    for group in _groups(terms):
        expected = terms.documents
        matches = float(expected)
        for term in group:
            matches *= _UNKNOWN if term.share is None else term.share
        if matches > _MATCHES or matches > budget:
            continue
        budget -= matches
        parts.append("(" + " & ".join(prefix_query(term.stem) for term in group) + ")")
    return " | ".join(parts)


def _groups(terms: Terms) -> Iterator[tuple[Term, ...]]:
    """Single words, then the frequent ones among them in pairs and threes."""
    singles = terms.terms[:_SINGLES]
    yield from ((term,) for term in singles)
    frequent = [term for term in singles if _is_frequent(term, terms.documents)][:_TOGETHER]
    yield from combinations(frequent, 2)
    if len(frequent) == len(singles):
        yield from combinations(frequent, 3)


def _is_frequent(term: Term, documents: int) -> bool:
    return (term.share or 0.0) * documents > _MATCHES
