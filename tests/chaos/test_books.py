"""The proof's own check finds what it is there to find."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.chaos.books import Findings, audit
from tests.chaos.sink import Sink
from tests.chaos.writers import answer_text, message_id, parent_of


class Books:
    """A house whose tables a test can falsify: four mails, one answered."""

    def __init__(self) -> None:
        self.comments = [(message_id(n), 100 + (parent_of(n) or n)) for n in range(4)]
        self.answers = [(answer_text(0), 1, 1)]
        self.deliveries = [
            ("d1", "sent", "comment", 100), ("d2", "sent", "acknowledgement", 100),
            ("d3", "unknown", "acknowledgement", 101),
        ]  # fmt: skip
        self.unsettled = 0

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        if "c.body" in query:
            return self.answers
        return self.deliveries if "tickets_delivery" in query else self.comments

    def value(self, query: str) -> int:
        return self.unsettled if "inbounditem" in query else len(self.comments) + 1


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
def sink() -> Sink:
    """It took both sent messages, and one whose end the house does not know."""
    sink = Sink(random.Random(1))
    sink.taken.update(["d1", "d2", "d3"])
    return sink


def _audit(books: Books, sink: Sink) -> Findings:
    return audit(books, sink, range(4), [0])  # type: ignore[arg-type]


def test_books_that_agree_are_clean(books: Books, sink: Sink) -> None:
    found = _audit(books, sink)

    assert found.is_clean, found
    assert found.unknown == 1


def test_a_lost_mail_is_found(books: Books, sink: Sink) -> None:
    del books.comments[2]

    assert "mail 2" in _audit(books, sink).lost


def test_a_doubled_mail_is_found(books: Books, sink: Sink) -> None:
    books.comments.append(books.comments[0])

    assert "mail 0" in _audit(books, sink).doubled


def test_a_mail_on_the_wrong_ticket_is_found(books: Books, sink: Sink) -> None:
    books.comments[3] = (message_id(3), 999)

    assert _audit(books, sink).wrong == ["mail 3 went astray"]


@pytest.mark.parametrize("row", [(answer_text(0), 2, 1), (answer_text(0), 1, 2)])
def test_a_doubled_answer_is_found(books: Books, sink: Sink, row: tuple) -> None:
    books.answers = [row]

    assert _audit(books, sink).doubled == ["answer 0"]


def test_an_answer_without_a_delivery_is_found(books: Books, sink: Sink) -> None:
    books.answers = [(answer_text(0), 1, 0)]

    assert _audit(books, sink).lost == ["answer 0"]


@pytest.mark.parametrize("known", ["d1", "d3"])
def test_a_message_taken_twice_is_found(books: Books, sink: Sink, known: str) -> None:
    sink.taken[known] += 1

    assert len(_audit(books, sink).doubled) == 1


def test_a_message_called_sent_that_nobody_took_is_found(books: Books, sink: Sink) -> None:
    del sink.taken["d1"]

    assert len(_audit(books, sink).lost) == 1


def test_a_message_that_the_house_has_forgotten_is_found(books: Books, sink: Sink) -> None:
    sink.taken["d9"] += 1

    assert _audit(books, sink).wrong == ["d9 was taken, and the house does not know it"]


def test_unsettled_work_and_a_second_acknowledgement_are_found(books: Books, sink: Sink) -> None:
    books.unsettled = 3
    books.deliveries.append(("d4", "queued", "acknowledgement", 100))
    found = _audit(books, sink)

    assert "3 pieces of work are not settled" in found.wrong
    assert "acknowledgement d4 is queued" in found.wrong
    assert found.doubled == ["acknowledgements of 100"]
