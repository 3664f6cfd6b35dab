"""Updating many rows with different values in one statement, and putting rows into an order.

Django's bulk_update builds a CASE of one WHEN for every row and column, which costs more than all
the rest of a batch of mail; PostgreSQL joins the table with arrays instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def update_columns(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write the named fields of these rows (all of one model) to the database; the caller has
    locked them.

    For plain columns: text, numbers, instants, foreign keys. Empty `rows` costs no query.
    """
    if not rows:
        return
    meta = rows[0]._meta
    quote = connection.ops.quote_name
    by_name = {field.name: field for field in meta.concrete_fields}
    columns = [by_name[name] for name in fields]
    keys = [*(field for field in meta.concrete_fields if field.primary_key), *columns]
    names = ", ".join(quote(str(field.column)) for field in keys)
    arrays = ", ".join(f"%s::{_type(field)}[]" for field in keys)
    settings = ", ".join(
        f"{quote(str(field.column))} = new.{quote(str(field.column))}" for field in columns
    )
    table, pk = quote(meta.db_table), quote(str(keys[0].column))
    # Only names of our own models are put into the text; all values are parameters.
    statement = (
        f"UPDATE {table} AS old SET {settings} "  # noqa: S608
        f"FROM unnest({arrays}) AS new ({names}) WHERE old.{pk} = new.{pk}"
    )
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows]
        for field in keys
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def put_in_order(rows: Iterable[M], ids: Sequence[int]) -> list[M]:
    """These rows in the order of `ids`; those that are not named follow as they are."""
    place = {pk: number for number, pk in enumerate(ids)}
    return sorted(rows, key=lambda row: place.get(row.pk, len(place)))


def _type(field: models.Field[Any, Any]) -> str:
    """The column's type in PostgreSQL, as one array element has it."""
    return str(field.rel_db_type(connection) if field.primary_key else field.db_type(connection))
