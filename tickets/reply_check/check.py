from __future__ import annotations

from collections.abc import Callable, Iterator

from tickets.reply_check.reply import Finding, Reply
from tickets.reply_check.rules import (
    attachments,
    internal,
    length,
    names,
    placeholders,
    questions,
    recipients,
    secrets,
    tone,
)

Rule = Callable[[Reply], Iterator[Finding]]

# In the order in which they are shown: first what cannot be taken back.
ALWAYS: tuple[Rule, ...] = (secrets.find,)
IN_PUBLIC: tuple[Rule, ...] = (
    recipients.find, internal.find, placeholders.find, names.find, attachments.find,
    length.find, questions.find, tone.find,
)  # fmt: skip
ALL_CODES = frozenset(
    code
    for rule in (secrets, recipients, internal, placeholders, names, attachments, length,
                 questions, tone)
    for code in rule.CODES
)  # fmt: skip
TEXT_LIMIT = 50_000  # letters that are looked at: time stays bounded
MOST = 6  # findings that are worth reading before a click


def check(reply: Reply) -> list[Finding]:
    """What is doubtful about a reply, the gravest first; empty when all is well.

    Internal notes are looked through for secrets only.
    """
    rules = (*ALWAYS, *IN_PUBLIC) if reply.is_public else ALWAYS
    return [finding for rule in rules for finding in rule(reply)][:MOST]
