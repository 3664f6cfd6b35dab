"""Names as people type them: without case and accents, ordered by code point."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Func


class Fold(Func):
    """PostgreSQL's `helpdesk_fold` (migration 0002): lower case, without accents."""

    function = "helpdesk_fold"
    arity = 1


def folded(field: str, *, max_length: int) -> Any:
    """A stored column that the database keeps equal to the folded `field`.

    Its collation is "C", so that one index serves both the order and the beginnings of words.
    """
    return models.GeneratedField(
        expression=Fold(field),
        output_field=models.CharField(max_length=max_length, db_collation="C"),
        db_persist=True,
    )
