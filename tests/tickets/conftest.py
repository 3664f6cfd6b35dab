from __future__ import annotations

import pytest

from accounts.actions import find_or_create_customers
from accounts.models import User


@pytest.fixture
def many_customers(db: None):
    """`many_customers(50)`: that many customers by two queries."""

    def make(number: int) -> list[User]:
        names = {f"customer{n}@many.example": f"Customer {n}" for n in range(number)}
        return list(find_or_create_customers(names_by_email=names).values())

    return make
