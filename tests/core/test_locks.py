from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from core import locks

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_name_is_held_until_the_transaction_ends() -> None:
    got = threading.Event()

    def other() -> None:
        with transaction.atomic():
            locks.hold(["b", "a"])
            got.set()
        connection.close()

    with transaction.atomic():
        locks.hold(["a"])
        waiting = threading.Thread(target=other)
        waiting.start()
        assert not got.wait(0.3)
    waiting.join(10)

    assert got.is_set()


def test_nothing_to_hold_asks_nobody(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        locks.hold([])
