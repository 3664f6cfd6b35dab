"""The words that tell a text apart from others, weighed by how rare they are in the house.

How often a word occurs is what PostgreSQL has gathered for its planner (`most_common_elems` of the
search documents): kept up to date by autovacuum, one small read. Words are compared by their first
letters, so that "refund", "refunds" and "refunded" are one: this works in every language that
is written with letters, without a dictionary of any.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from core.search_text import searchable

STEM = 6  # letters of a word that are compared
TEXT_LIMIT = 6_000  # letters read: what somebody wants stands at the beginning
TERMS = 40  # of one text, the weightiest
EVERYWHERE = 0.25  # a word in every fourth document says nothing, once there are documents
FEW = 200  # documents: below that, statistics say nothing either
SUBJECT = 1.3  # a word of the subject counts so much more than one of the text

# Whose frequent small words ("the", "ich", "pour") say nothing: PostgreSQL brings lists of them.
_LANGUAGES = ("english", "german", "french", "spanish", "italian", "dutch", "portuguese",
              "swedish", "danish", "norwegian", "finnish", "russian", "turkish")  # fmt: skip
_DICTIONARIES = "{" + ",".join(f"{name}_stem" for name in _LANGUAGES) + "}"

# "A" is what a heading has. Words of one letter and mere numbers say nothing.
_TERMS = r"""
WITH own AS (
    SELECT left(lexeme, %s) AS stem, sum(cardinality(positions)) AS times,
           bool_or('A' = ANY(weights)) AS is_heading
    FROM unnest(setweight(to_tsvector('helpdesk', %s), 'A') || to_tsvector('helpdesk', %s))
    WHERE length(lexeme) > 1 AND lexeme !~ '^[0-9.,+-]+$' AND NOT lexeme = ANY(%s)
          AND NOT EXISTS (
              SELECT FROM unnest(%s::regdictionary[]) AS speech
              WHERE ts_lexize(speech, lexeme) = '{}'
          )
    GROUP BY 1
), known AS (
    SELECT left(word, %s) AS stem, sum(frequency) AS frequency
    FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs)
         AS common (word, frequency)
    WHERE schemaname = current_schema() AND tablename = %s AND attname = %s
          AND word IS NOT NULL
    GROUP BY 1
)
SELECT own.stem, own.times, own.is_heading, known.frequency
FROM own LEFT JOIN known USING (stem)
"""
_SIZE = "SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = %s::regclass"


@dataclass(frozen=True, slots=True)
class Term:
    """A word's first letters. `share`: the part of all documents that have it, None if unknown."""

    stem: str
    weight: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text is about, weightiest first, and how many documents there are about."""

    terms: tuple[Term, ...]
    documents: int

    @property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms)


def terms_of(
    heading: str, text: str, *, table: str, column: str, without: Iterable[str] = ()
) -> Terms:
    """The telling words of a text, as weighed in the documents of a table: two small queries.

    `without` are words that say nothing here, such as the writer's name.
    """
    names = sorted({word for each in without for word in _lexemes(each)})
    with connection.cursor() as cursor:
        cursor.execute(_SIZE, [table])
        documents = int((cursor.fetchone() or (0,))[0])
        cursor.execute(
            _TERMS,
            [
                STEM,
                searchable(heading),
                searchable(text[:TEXT_LIMIT]),
                names,
                _DICTIONARIES,
                STEM,
                table,
                column,
            ],
        )
        rows = cursor.fetchall()
    found = [_term(stem, times, head, share, documents) for stem, times, head, share in rows]
    kept = sorted((term for term in found if term), key=lambda term: (-term.weight, term.stem))
    return Terms(tuple(kept[:TERMS]), documents)


def _term(
    stem: str, times: int, is_heading: bool, frequency: float | None, documents: int
) -> Term | None:
    """A term and its weight (inverse document frequency, as in BM25), None if it is everywhere."""
    share = None if frequency is None else min(frequency, 1.0)
    if documents < FEW:
        share = None
    if share is not None and share > EVERYWHERE:
        return None
    total = max(documents, FEW)
    # What the planner does not list is rare, but one that nobody else wrote tells nothing more.
    seen = max((share or 0.0) * total, 3.0)
    weight = math.log(1 + (total - seen + 0.5) / (seen + 0.5))
    weight *= 1 + math.log(min(times, 5)) / 2
    return Term(stem, weight * (SUBJECT if is_heading else 1.0), share)


# What documents have of the wanted words; those of their headings count in full.
_SHARED = """
WITH wanted AS (SELECT * FROM unnest(%s::text[], %s::float8[]) AS w (stem, weight))
SELECT doc.{key}, shared.weight, length(doc.{column})
FROM {table} doc
CROSS JOIN LATERAL (
    SELECT sum(weight) AS weight FROM (
        SELECT wanted.weight * (CASE WHEN bool_or('A' = ANY(words.weights)) THEN 1 ELSE %s END)
               AS weight
        FROM unnest(doc.{column}) AS words
        JOIN wanted ON wanted.stem = left(words.lexeme, %s)
        GROUP BY wanted.stem, wanted.weight
    ) AS each
) AS shared
WHERE doc.{key} = ANY(%s) AND shared.weight IS NOT NULL
"""
_USUAL_LENGTH = 80.0  # words of a document; much longer ones have every word


def shares(
    terms: Terms,
    ids: Sequence[int],
    *,
    table: str,
    key: str,
    column: str,
    plain: float,
    fading: float = 0.15,
) -> dict[int, float]:
    """Which part of the terms' weight each of these documents has, 0 to 1: one query.

    `plain` is what a word counts that stands only in the text, not in the heading; `fading` how
    much less a long document counts. Documents without any of the words are left out.
    """
    if not ids or not terms.terms:
        return {}
    stems = [term.stem for term in terms.terms]
    weights = [term.weight for term in terms.terms]
    # Only names of our own tables are put into the text; all values are parameters.
    statement = _SHARED.format(table=table, key=key, column=column)
    with connection.cursor() as cursor:
        cursor.execute(statement, [stems, weights, plain, STEM, list(ids)])
        rows = cursor.fetchall()
    return {
        pk: weight / (terms.weight * (1 + fading * math.log(1 + length / _USUAL_LENGTH)))
        for pk, weight, length in rows
    }


def prefix_query(stem: str) -> str:
    """A stem as a part of a tsquery. Stems are quoted: there is no syntax to inject (attack 31)."""
    doubled = stem.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}':*"


def likeness(one: str, other: str) -> float:
    """How alike two short texts are letter by letter (0 to 1), as pg_trgm counts it."""
    first, second = _trigrams(one), _trigrams(other)
    either = len(first | second)
    return len(first & second) / either if either else 0.0


def _trigrams(text: str) -> set[str]:
    words = "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
    return {f"  {word} "[i : i + 3] for word in words for i in range(len(word) + 1)}


def _lexemes(text: str) -> list[str]:
    return [word.lower() for word in searchable(text).split()]
