"""Whether anybody is there who could take a chat right now."""

from __future__ import annotations

from accounts.models import Membership
from channels_in.models import ChannelAccount
from web.live.connected import connected


def is_staffed(account: ChannelAccount) -> bool:
    """Whether somebody of the widget's group (of the house without one) has a page open.

    Yes when that is not known: nobody is sent away because Valkey is.
    """
    people = connected()
    if people is None:
        return True
    if account.group_id is None:
        return bool(people)
    members = Membership.objects.filter(group_id=account.group_id, user_id__in=people)
    return members.exists()
