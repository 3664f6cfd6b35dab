"""Two people who are one: the half of a merge that concerns people and their addresses.

`tickets.actions.merge_people` is the whole of it. The one who stays takes the addresses and what
was empty; the other's row stays as an inactive pointer, so that old links and ids still lead to
somebody. Everything is written down, so that undoing gives back the same two people.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import policies
from accounts.actions.history import note
from accounts.actor import Actor
from accounts.errors import MergeRefused, UnverifiedAddress
from accounts.models import ApiToken, Identity, IdentityKind, PeopleEventKind, PersonMerge, User
from core import clock

logger = logging.getLogger(__name__)

UNDO_WITHIN = timedelta(days=30)

# What a merge may change about a person, apart from their addresses.
_COLUMNS = ("name", "email", "organization_id", "language", "time_zone", "notes", "tags",
            "custom_fields", "prefers", "is_active", "merged_into_id")  # fmt: skip


@transaction.atomic
def join_people(
    *,
    actor: Actor,
    winner_id: int,
    loser_id: int,
    keeps_losers_name: bool = False,
    accepts_unverified: bool = False,
) -> PersonMerge:
    """Make the loser a pointer to the winner, who gets their addresses, tags, notes and what they
    lacked themselves.

    Raises NotPermitted (never staff), MergeRefused, and UnverifiedAddress while an address of
    either is not verified and nobody has said that it is the same person (attack 1).
    """
    winner, loser = _both(actor, winner_id, loser_id)
    if not accepts_unverified and has_unverified_address(winner, loser):
        raise UnverifiedAddress(
            _("An address here is not verified: say that you have checked that it is one person.")
        )
    before = {"winner": _state(winner), "loser": _state(loser)}
    pointers = list(User.objects.filter(merged_into=loser).values_list("pk", flat=True))
    email = winner.email or loser.email
    if keeps_losers_name:
        winner.name = loser.name or winner.name
    _fill(winner, loser)
    loser.is_active, loser.email, loser.merged_into = False, None, winner
    _save(loser)
    winner.email = email
    _save(winner)
    _move_identities(winner, loser)
    User.objects.filter(pk__in=pointers).update(merged_into=winner)
    ApiToken.objects.filter(user=loser, revoked_at=None).update(revoked_at=clock.now())
    merge = PersonMerge.objects.create(
        winner=winner, loser=loser, author_id=actor.user_id, before=before,
        after={"winner": _state(winner), "pointers": pointers}, created_at=clock.now(),
    )  # fmt: skip
    note(actor, winner, PeopleEventKind.MERGED, field="from",
         value={"id": loser.pk, "name": loser.display_name, "merge": merge.pk})  # fmt: skip
    note(actor, loser, PeopleEventKind.MERGED, field="into",
         value={"id": winner.pk, "name": winner.display_name, "merge": merge.pk})  # fmt: skip
    logger.info("person.merged", extra={"winner": winner.pk, "loser": loser.pk, "merge": merge.pk})
    return merge


def keep_moved(*, merge: PersonMerge, moved: Mapping[str, Any]) -> None:
    """Write down what other rooms moved with a merge; part of the same transaction."""
    merge.moved = {**merge.moved, **moved}
    merge.save(update_fields=["moved"])


@transaction.atomic
def part_people(*, actor: Actor, merge_id: int) -> PersonMerge:
    """Undo a merge: the loser is themselves again, with their addresses and properties.

    Of the winner only that goes back which nobody has changed since. API tokens stay ended.
    Raises NotPermitted, MergeRefused; PersonMerge.DoesNotExist.
    """
    merge = PersonMerge.objects.select_for_update().get(pk=merge_id)
    people = User.objects.select_for_update().in_bulk([merge.winner_id, merge.loser_id])
    winner, loser = people[merge.winner_id], people[merge.loser_id]
    if merge.undone_at:
        raise MergeRefused(_("This merge has been undone already."))
    if winner.merged_into_id:
        raise MergeRefused(_("This person was merged again since: undo that first."))
    policies.require_can_edit_customer(actor, winner)
    if not may_be_undone(merge):
        raise MergeRefused(_("A merge can be undone for 30 days."))
    _give_back_identities(merge)
    _restore_winner(winner, merge.before["winner"], merge.after["winner"])
    if winner.email and not _owns(winner, winner.email):
        winner.email = _primary_address(winner)
    _save(winner)
    for name, value in merge.before["loser"].items():
        if name in _COLUMNS:
            setattr(loser, name, value)
    if loser.email and not _owns(loser, loser.email):
        loser.email = None  # it was given to somebody else meanwhile
    _save(loser)
    User.objects.filter(pk__in=merge.after["pointers"], merged_into=winner).update(
        merged_into=loser
    )
    merge.undone_at, merge.undone_by_id = clock.now(), actor.user_id
    merge.save(update_fields=["undone_at", "undone_by"])
    for person, other in ((winner, loser), (loser, winner)):
        note(actor, person, PeopleEventKind.UNMERGED,
             value={"id": other.pk, "name": other.display_name, "merge": merge.pk})  # fmt: skip
    logger.info("person.unmerged", extra={"merge": merge.pk, "actor": actor.user_id})
    return merge


def may_be_undone(merge: PersonMerge) -> bool:
    return merge.undone_at is None and clock.now() < merge.created_at + UNDO_WITHIN


def has_unverified_address(*people: User) -> bool:
    """Whether any e-mail address of theirs is proven by nothing."""
    unproven = Identity.objects.filter(user__in=people, kind=IdentityKind.EMAIL, verified_at=None)
    return unproven.exists()


def _both(actor: Actor, winner_id: int, loser_id: int) -> tuple[User, User]:
    # In one order for everybody, so that two merges at once wait for each other.
    people = {
        user.pk: user
        for user in User.objects.select_for_update()
        .filter(pk__in=[winner_id, loser_id])
        .order_by("pk")
    }
    if winner_id == loser_id or len(people) < 2:
        raise MergeRefused(_("Choose two different people."))
    winner, loser = people[winner_id], people[loser_id]
    for person in (winner, loser):
        if person.merged_into_id or not person.is_active:
            raise MergeRefused(
                _("%(name)s was merged already, or is switched off.") % {"name": person.name}
            )
        policies.require_can_edit_customer(actor, person)
    if winner.is_suspended != loser.is_suspended:
        raise MergeRefused(
            _("One of them is suspended: suspend both, or lift the suspension, first.")
        )
    return winner, loser


def _fill(winner: User, loser: User) -> None:
    """What the winner lacks comes from the loser; notes stand one under the other."""
    winner.organization_id = winner.organization_id or loser.organization_id
    winner.language = winner.language or loser.language
    winner.time_zone = winner.time_zone or loser.time_zone
    winner.prefers = winner.prefers or loser.prefers
    notes = dict.fromkeys(text for text in (winner.notes, loser.notes) if text)
    winner.notes = "\n\n".join(notes)
    winner.tags = list(dict.fromkeys([*winner.tags, *loser.tags]))
    winner.custom_fields = {**loser.custom_fields, **winner.custom_fields}


def _move_identities(winner: User, loser: User) -> None:
    """All of the loser's; where both have a primary one of a kind, the winner's stays it."""
    taken = Identity.objects.filter(user=winner, is_primary=True).values_list("kind", flat=True)
    loser.identities.filter(kind__in=list(taken), is_primary=True).update(is_primary=False)
    loser.identities.update(user=winner)


def _give_back_identities(merge: PersonMerge) -> None:
    """The loser's addresses that the winner still has, each as primary as it was."""
    was_primary = {row["id"]: row["is_primary"] for row in merge.before["loser"]["identities"]}
    rows = list(Identity.objects.filter(pk__in=was_primary, user_id=merge.winner_id))
    lost_primary = {row.kind for row in rows if row.is_primary}
    for row in rows:
        row.user_id, row.is_primary = merge.loser_id, was_primary[row.pk]
    # First none, then the primary ones: there is at most one of a kind at every moment.
    Identity.objects.filter(pk__in=[row.pk for row in rows]).update(
        is_primary=False, user_id=merge.loser_id
    )
    Identity.objects.filter(pk__in=[row.pk for row in rows if row.is_primary]).update(
        is_primary=True
    )
    _choose_primaries(merge.winner_id, lost_primary)


def _choose_primaries(user_id: int, kinds: set[str]) -> None:
    for kind in kinds:
        rest = Identity.objects.filter(user_id=user_id, kind=kind)
        first = rest.order_by("id").first()
        if first and not rest.filter(is_primary=True).exists():
            Identity.objects.filter(pk=first.pk).update(is_primary=True)


def _restore_winner(winner: User, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Columns that still have what the merge gave them; of tags those that it added."""
    for name in _COLUMNS:
        if name == "tags" or getattr(winner, name) != after[name]:
            continue
        setattr(winner, name, before[name])
    added = set(after["tags"]) - set(before["tags"])
    winner.tags = [tag for tag in winner.tags if tag not in added]


def _state(person: User) -> dict[str, Any]:
    rows = person.identities.order_by("id").values("id", "is_primary")
    return {name: getattr(person, name) for name in _COLUMNS} | {"identities": list(rows)}


def _primary_address(person: User) -> str | None:
    own = person.identities.filter(kind=IdentityKind.EMAIL, is_primary=True)
    return own.values_list("value", flat=True).first()


def _owns(person: User, email: str) -> bool:
    return person.identities.filter(kind=IdentityKind.EMAIL, value=email).exists()


def _save(person: User) -> None:
    person.updated_at = clock.now()
    names = [name.removesuffix("_id") for name in _COLUMNS]
    person.save(update_fields=[*names, "updated_at"])
