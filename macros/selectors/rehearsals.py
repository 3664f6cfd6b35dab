from __future__ import annotations

from accounts.actor import Actor
from macros.actions.rules import RuleGone, require_may_edit
from macros.models import Rehearsal


def rehearsal_for(actor: Actor, rehearsal_id: int) -> Rehearsal:
    """One of the actor's own: it quotes tickets that others may not see.

    Raises NotPermitted, RuleGone.
    """
    require_may_edit(actor)
    row = Rehearsal.objects.filter(pk=rehearsal_id, requested_by=actor.user_id).first()
    if row is None:
        raise RuleGone
    return row
