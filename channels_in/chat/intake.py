"""A visitor's message into the house: stored, then acknowledged, then made into a comment."""

from __future__ import annotations

import logging
from datetime import timedelta

from channels_in import funnel
from channels_in.chat.spoken import Spoken
from channels_in.models import InboundItem, Visitor
from channels_in.receive import PROCESS_TASK, RawMessage, receive
from core import outbox
from core.nudge import nudge

logger = logging.getLogger(__name__)

AT_ONCE = ("ticket.changed", "notification.created")  # what shows words; routing takes its turn
OWN_TIME = timedelta(seconds=4)  # then a worker takes what this process has not finished


def store(visitor: Visitor, spoken: Spoken) -> None:
    """Commit the message. When this returns, the visitor may be told that it was taken.

    A message that was stored before is recognised by visitor and client id.
    """
    envelope = {"via": "chat", "visitor": visitor.pk}
    message = RawMessage(
        account=visitor.account, raw=spoken.encoded(), envelope=envelope,
        external_id=external_id_of(visitor, spoken.client_id),
    )  # fmt: skip
    receive([message], wake=False, own_time=OWN_TIME)


def process(visitor: Visitor, client_id: str) -> None:
    """Make it a comment now: a worker's turn would cost the agent time that the visitor sees.

    What goes wrong is noted on the item and tried again by the workers.
    """
    name = external_id_of(visitor, client_id)
    items = InboundItem.objects.filter(account_id=visitor.account_id, external_id=name)
    item_id = items.values_list("pk", flat=True).first()
    with outbox.at_once(*AT_ONCE):
        is_done = item_id is not None and funnel.process_items([item_id])
    if not is_done:
        nudge(PROCESS_TASK)


def external_id_of(visitor: Visitor, client_id: str) -> str:
    return f"{visitor.key}:{client_id}"
