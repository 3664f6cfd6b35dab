"""What a careful colleague would say about a reply before it leaves. Local rules, nothing else.

Pure: a `Reply` goes in, `Finding`s come out; no network, no database, no clock. Each rule is one
small file under `rules/` and would rather say nothing than something wrong. docs/reply-check.md has
the measured figures.
"""

from tickets.reply_check.check import ALL_CODES, check
from tickets.reply_check.reply import Finding, Person, Remedy, RemedyKind, Reply, Span

__all__ = ["ALL_CODES", "Finding", "Person", "Remedy", "RemedyKind", "Reply", "Span", "check"]
