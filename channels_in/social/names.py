"""What people call an address that a network writes as a number: its handle."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import Identity, IdentityKind, User
from channels_in.models import InboundItem, StreamPost
from tickets.models import Delivery

NUMBERED = (IdentityKind.BLUESKY, IdentityKind.X)  # a did, a number: nobody reads those


def names_of(person: User, identities: Iterable[Identity]) -> dict[int, str]:
    """By identity: the handle they last wrote under in public, else the name of the person.

    One query, or none where no address is a number.
    """
    numbered = [each for each in identities if each.kind in NUMBERED]
    if not numbered:
        return {}
    known = _handles({person.pk}, {each.value for each in numbered})
    return {each.pk: known.get((each.kind, each.value)) or person.display_name for each in numbered}


def names_of_deliveries(deliveries: Iterable[Delivery]) -> dict[int, str]:
    """By delivery: the same for where it went; one query or none. Their recipients are loaded."""
    numbered = [each for each in deliveries if each.channel in NUMBERED]
    if not numbered:
        return {}
    known = _handles({each.recipient_id for each in numbered}, {each.address for each in numbered})
    return {
        each.pk: known.get((each.channel, each.address)) or each.recipient.display_name
        for each in numbered
    }


def names_of_senders(items: Iterable[InboundItem]) -> dict[int, str]:
    """By item: the handle its post came under, else the name of whose address it is; two queries
    or none. Who is not known has no name here. Their accounts are loaded.
    """
    numbered = [each for each in items if each.account.channel in NUMBERED and each.sender]
    if not numbered:
        return {}
    posts = StreamPost.objects.filter(item__in=numbered).exclude(handle="")
    handles = dict(posts.values_list("item_id", "handle"))
    rows = Identity.objects.filter(kind__in=NUMBERED, value__in={each.sender for each in numbered})
    people = {(row.kind, row.value): row.user.display_name for row in rows.select_related("user")}
    found = {
        each.pk: handles.get(each.pk) or people.get((each.account.channel, each.sender), "")
        for each in numbered
    }
    return {pk: name for pk, name in found.items() if name}


def _handles(people: Iterable[int], addresses: Iterable[str]) -> dict[tuple[str, str], str]:
    """By channel and address: the latest handle among the posts of their tickets."""
    rows = StreamPost.objects.filter(
        item__ticket__requester__in=people, author__in=addresses
    ).exclude(handle="")
    return {
        (channel, author): handle
        for channel, author, handle in rows.order_by("channel", "author", "-id")
        .distinct("channel", "author")
        .values_list("channel", "author", "handle")
    }
