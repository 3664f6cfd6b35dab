"""A question of the customer that the reply does not come back to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from tickets.reply_check.reply import Finding, Remedy, RemedyKind, Reply
from tickets.reply_check.text import folded, own_lines, sentences_of, shortened, words_of
from tickets.reply_check.words.asking import ANSWERS, DEFERS, GENERAL, MEANS, OPEN, YES_OR_NO

CODE = "unanswered_question"
CODES = (CODE,)

_STEM = 5  # letters that words of one family share
MESSAGE_LIMIT = 20_000  # letters of the customer's message that are looked at
QUESTIONS_LIMIT = 12
_FEWEST = 2  # content words a question must have to be told by
_SHORTEST = 4


def find(reply: Reply) -> Iterator[Finding]:
    """The first question of which nothing comes back: no word of its own, no answer of its kind.

    Careful: a reply that asks back or says that it will look into things leaves no question open;
    a yes or no answers the questions that ask for one, and a question without words of its own is
    none.
    """
    text = own_lines(reply.text)
    message = reply.customer_message[:MESSAGE_LIMIT]
    if DEFERS.search(text) or "?" in text:
        return
    questions = islice(questions_of(message), QUESTIONS_LIMIT)
    asked = [(question, _stems(words_of(question))) for question in dict.fromkeys(questions)]
    told = _stems(words_of(text))
    for place, (question, stems) in enumerate(asked):
        others = set().union(*(each for at, (_q, each) in enumerate(asked) if at != place))
        if _is_met(question, stems, text, told) or _is_decided(question, text, others):
            continue
        yield Finding(
            CODE,
            _("Not answered yet: “%(question)s”") % {"question": shortened(question, 90)},
            remedies=(Remedy(RemedyKind.SHOW, _("Answer it"), question),),
        )
        return


def questions_of(message: str) -> Iterator[str]:
    """The sentences of a message that ask."""
    for sentence, _span in sentences_of(own_lines(message)):
        if sentence.rstrip("!?").strip() and sentence.endswith(("?", "?!")):
            yield sentence


def _is_met(question: str, stems: set[str], text: str, told: set[str]) -> bool:
    """Whether a word of the question comes back, or something that its kind asks for."""
    if len(stems) < _FEWEST or stems & told:
        return True
    if any(group & stems and group & told for group in MEANS):
        return True
    return any(begins.search(question) and looks.search(text) for begins, looks in ANSWERS)


def _is_decided(question: str, text: str, others: set[str]) -> bool:
    """Whether a question for yes or no has got one. Alone it is taken as answered; beside others
    by a yes or no that does not belong to one of these.
    """
    if OPEN.search(question):
        return False
    if not others:
        return True
    return any(
        YES_OR_NO.search(sentence) and not _stems(words_of(sentence)) & others
        for sentence, _span in sentences_of(text)
    )


def _stems(words: list[str]) -> set[str]:
    """The beginnings of the words that carry meaning."""
    return {
        folded(word)[:_STEM] for word in words if len(word) >= _SHORTEST and word not in GENERAL
    }
