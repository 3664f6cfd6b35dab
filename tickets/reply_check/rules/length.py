"""Too long for what the channel carries."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tickets.reply_check.reply import Finding, Remedy, RemedyKind, Reply, Span

CODE = "too_long"
CODES = (CODE,)


def find(reply: Reply) -> Iterator[Finding]:
    limit, length = reply.length_limit, len(reply.text.strip())
    if limit is None or length <= limit:
        return
    yield Finding(
        CODE,
        _("This is %(length)d characters long; %(channel)s carries %(limit)d.")
        % {"length": length, "channel": reply.channel or _("the channel"), "limit": limit},
        Span(limit, length),
        (Remedy(RemedyKind.SHOW, _("Show the rest")),),
    )
