"""A file is promised, and there is none."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tickets.reply_check.reply import Finding, Remedy, RemedyKind, Reply, Span
from tickets.reply_check.text import own_lines, sentences_of
from tickets.reply_check.words.files import CLAIMS, NOT_OURS

CODE = "missing_attachment"
CODES = (CODE,)


def find(reply: Reply) -> Iterator[Finding]:
    """The first sentence that says a file comes along. One about the customer's files does not."""
    if reply.has_files:
        return
    for sentence, span in sentences_of(own_lines(reply.text)):
        claim = CLAIMS.search(sentence)
        if claim and not NOT_OURS.search(sentence):
            start = span.start + claim.start()
            yield Finding(
                CODE,
                _("You mention an attachment, but none is added."),
                Span(start, start + len(claim.group())),
                (Remedy(RemedyKind.ATTACH, _("Attach")),),
            )
            return
