"""What people call an address that a network writes as a number: its handle."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import Identity, IdentityKind, User
from channels_in.models import StreamPost

NUMBERED = (IdentityKind.BLUESKY, IdentityKind.X)  # a did, a number: nobody reads those


def names_of(person: User, identities: Iterable[Identity]) -> dict[int, str]:
    """By identity: the handle they last wrote under in public, else the name of the person.

    One query, or none where no address is a number.
    """
    numbered = [each for each in identities if each.kind in NUMBERED]
    if not numbered:
        return {}
    rows = StreamPost.objects.filter(
        item__ticket__requester=person, author__in=[each.value for each in numbered]
    ).exclude(handle="")
    known = {
        (channel, author): handle
        for channel, author, handle in rows.order_by("channel", "author", "-id")
        .distinct("channel", "author")
        .values_list("channel", "author", "handle")
    }
    return {each.pk: known.get((each.kind, each.value)) or person.display_name for each in numbered}
