from __future__ import annotations

from django.db import transaction

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from channels_in.actions.suspended import ItemGone
from channels_in.models import Fate, InboundItem
from channels_in.receive import PROCESS_TASK
from core import clock
from core.nudge import nudge


@transaction.atomic
def retry_item(*, actor: Actor, item_id: int) -> InboundItem:
    """Process a message that failed as soon as a worker is free, not when its turn comes.

    Raises NotPermitted, ItemGone when it is not waiting after a failure any more.
    """
    if not actor.can(Permission.MANAGE_CHANNELS):
        raise NotPermitted
    item = (
        InboundItem.objects.select_for_update(of=("self",))
        .filter(pk=item_id, fate=Fate.FAILED)
        .first()
    )
    if item is None:
        raise ItemGone
    item.next_attempt_at = clock.now()
    item.save(update_fields=["next_attempt_at"])
    transaction.on_commit(lambda: nudge(PROCESS_TASK))
    return item
