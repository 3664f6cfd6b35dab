from django.db import connection


def rest() -> None:
    """Let the database connection go back into the pool: a mail server is waited for without one.

    Inside a transaction it stays.
    """
    if not connection.in_atomic_block:
        connection.close()
