"""What a person chooses about themselves: photo, keys."""

from __future__ import annotations

from django.db import transaction

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import User
from core import clock, pictures
from core.storage import blobs


@transaction.atomic
def set_photo(*, actor: Actor, content: bytes, crop: pictures.Crop | None = None) -> User:
    """Keep a photo as a small square of one's own (staff). Raises NotPermitted, NotAPicture.

    It lies under a key that cannot be guessed, another one each time, so that browsers may keep it
    for ever.
    """
    user = _own(actor)
    square = pictures.square_photo(content, crop)
    before = user.photo
    user.photo = blobs.keep(square).rpartition("/")[2]
    user.updated_at = clock.now()
    user.save(update_fields=["photo", "updated_at"])
    if before:
        transaction.on_commit(lambda: blobs.discard(photo_key(before)))
    return user


@transaction.atomic
def remove_photo(*, actor: Actor) -> None:
    """Show the initials again."""
    user = _own(actor)
    before, user.photo = user.photo, ""
    user.updated_at = clock.now()
    user.save(update_fields=["photo", "updated_at"])
    if before:
        transaction.on_commit(lambda: blobs.discard(photo_key(before)))


@transaction.atomic
def choose_keys(*, actor: Actor, has_letter_keys: bool, sends_with_enter: bool) -> None:
    """Whether single letters act, and what sends a text."""
    user = _own(actor)
    user.has_letter_keys, user.sends_with_enter = has_letter_keys, sends_with_enter
    user.save(update_fields=["has_letter_keys", "sends_with_enter"])


def photo_key(photo: str) -> str:
    """Where core.storage.blobs keeps a photo."""
    return f"{photo[:2]}/{photo[2:4]}/{photo}"


def _own(actor: Actor) -> User:
    user = User.objects.select_for_update().get(pk=actor.user_id)
    if not user.is_staff_member:
        raise NotPermitted("Only staff have settings of their own.")
    return user
