"""A ticket in a customer's words: fewer statuses, none of our business, what happens next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tickets.models import Status


@dataclass(frozen=True, slots=True)
class StatusWords:
    word: object  # lazy translations
    next: object
    css: str  # a pill's colour


_WORKING = StatusWords(
    _("Being worked on"), _("Somebody is on it. We write when there is news."), "pending"
)
WORDS = {
    Status.NEW: StatusWords(
        _("Received"), _("Your message is here. The next free person takes it."), "closed"
    ),
    Status.OPEN: _WORKING,
    Status.HOLD: _WORKING,
    Status.PENDING: StatusWords(
        _("Waiting for you"), _("We have asked you something. Answer below and we go on."), "new"
    ),
    Status.SOLVED: StatusWords(
        _("Solved"), _("Not solved after all? Write below and the request opens again."), "solved"
    ),
    Status.CLOSED: StatusWords(
        _("Closed"), _("This request is finished. For anything new, write a follow-up."), "closed"
    ),
}


def words_of(status: str) -> StatusWords:
    return WORDS[Status(status)]
