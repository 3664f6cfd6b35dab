"""What a client may change on many tickets at once."""

from __future__ import annotations

from api.inputs.tickets import TicketChangesInput
from api.inputs.values import TagsField


class ManyChangesInput(TicketChangesInput):
    """As for one ticket, and tags to add or take away instead of replacing them."""

    additional_tags = TagsField()
    remove_tags = TagsField()
