"""The rows that every test begins with, and how a test with real transactions leaves them."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

SCHEMA = "before_tests"
NEVER_CHANGED = {"django_migrations", "django_content_type", "auth_permission"}


def keep_rows() -> None:
    """Copy all that stands in the tables now, for `put_rows_back`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in _with_rows(cursor, _tables()):
            cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS TABLE "{table}"')


def put_rows_back(*_: Any) -> None:
    """Empty the tables that have rows, and fill those that had some: few of all, so no TRUNCATE.

    Foreign keys are checked at the end of the transaction, so that the order of tables is free.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in _with_rows(cursor, _tables()):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608  our own table
        for table in _kept(cursor):
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM {SCHEMA}."{table}"')  # noqa: S608


def replace_djangos_flush() -> None:
    """Django's own empties all tables, makes every content type anew and forgets the first rows."""
    TransactionTestCase._fixture_teardown = put_rows_back  # type: ignore[method-assign]


def _tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if name not in NEVER_CHANGED]


def _with_rows(cursor: Any, tables: list[str]) -> list[str]:
    each = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables)  # noqa: S608
    cursor.execute(" UNION ALL ".join(each))
    return [name for (name,) in cursor.fetchall()]


def _kept(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [SCHEMA])
    return [name for (name,) in cursor.fetchall()]
