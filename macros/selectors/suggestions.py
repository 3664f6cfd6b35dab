"""Which macros fit a ticket: what was used on tickets like it, by this agent above all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.contrib.postgres.search import TrigramSimilarity

from accounts.actor import Actor
from core import clock
from macros.models import Macro, MacroUse
from tickets import policies
from tickets.models import Ticket

WINDOW = timedelta(days=90)
USES = 500  # the latest ones looked at: one bounded query, however long the history
SUGGESTED = 5
LIKE_ENOUGH = 0.15  # a single use on an unrelated ticket suggests nothing

# What a use on another ticket says about this one; the subject's likeness (0–1) counts most.
_SUBJECT, _GROUP, _TAG, _CHANNEL, _OWN = 3.0, 0.6, 0.5, 0.2, 1.5


def suggested_macros(macros: Sequence[Macro], ticket: Ticket, actor: Actor) -> list[Macro]:
    """At most five of `macros`, the fittest first.

    Only uses on tickets count that the actor may see: a suggestion tells nothing of others.
    """
    by_id = {macro.pk: macro for macro in macros}
    if not by_id:
        return []
    uses = (
        MacroUse.objects.filter(
            macro_id__in=list(by_id), created_at__gt=clock.now() - WINDOW,
            ticket__in=policies.visible_tickets(actor),
        )
        .exclude(ticket_id=ticket.pk)
        .annotate(likeness=TrigramSimilarity("ticket__subject", ticket.subject))
        .order_by("-id")
        .values_list(
            "macro_id", "user_id", "ticket__group_id", "ticket__channel", "ticket__tags", "likeness"
        )[:USES]
    )  # fmt: skip
    scores: dict[int, float] = defaultdict(float)
    best: dict[int, float] = defaultdict(float)
    tags = set(ticket.tags)
    for macro_id, user_id, group_id, channel, other_tags, likeness in uses:
        fits = _SUBJECT * likeness + _TAG * len(tags.intersection(other_tags))
        fits += _GROUP * (group_id == ticket.group_id and group_id is not None)
        fits += _CHANNEL * (channel == ticket.channel)
        scores[macro_id] += fits * (_OWN if user_id == actor.user_id else 1.0)
        best[macro_id] = max(best[macro_id], fits)
    likely = [pk for pk in scores if best[pk] >= LIKE_ENOUGH + _GROUP]
    likely.sort(key=lambda pk: (-best[pk], -scores[pk], pk))
    return [by_id[pk] for pk in likely[:SUGGESTED]]
