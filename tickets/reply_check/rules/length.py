"""Too long for what the channel carries."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tickets.reply_check.reply import Finding, Remedy, RemedyKind, Reply, Span

CODE = "too_long"
CODES = (CODE,)


def find(reply: Reply) -> Iterator[Finding]:
    limit, letters = reply.length_limit, len(reply.text.strip())
    length = letters if reply.length is None else reply.length
    if limit is None or length <= limit:
        return
    first = min(limit, max(letters - (length - limit), 0))  # where the channel would stop, at least
    yield Finding(
        CODE,
        _("This is %(length)d characters long; %(channel)s carries %(limit)d.")
        % {"length": length, "channel": reply.channel or _("the channel"), "limit": limit},
        Span(first, letters),
        (Remedy(RemedyKind.SHOW, _("Show the rest")),),
    )
