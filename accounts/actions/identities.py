"""The ways to reach a person: adding, choosing the first one, vouching for it, taking it away."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import policies
from accounts.actions.history import note
from accounts.actor import Actor
from accounts.addresses import canonical
from accounts.errors import AddressTaken, InvalidPerson, NotPermitted
from accounts.models import Identity, IdentityKind, PeopleEventKind, User
from core import clock

LIMIT = 50  # ways to reach one person


@transaction.atomic
def add_identity(
    *,
    actor: Actor,
    user: User,
    kind: str,
    value: str,
    is_primary: bool = False,
    is_verified: bool = False,
) -> Identity:
    """Give a person one more address, number or handle; the first of its kind is the primary one.

    People may add to themselves what is still to be verified. Raises NotPermitted, InvalidPerson,
    AddressTaken.
    """
    is_self = actor.user_id == user.pk
    if not policies.may_edit(actor, user) and (not is_self or is_verified):
        raise NotPermitted("Only administrators may edit staff; agents may edit customers.")
    value = valid_value(kind, value)
    known = Identity.objects.select_related("user").filter(kind=kind, value=value).first()
    if known and known.user_id != user.pk:
        raise AddressTaken(
            _("%(value)s already belongs to %(name)s.")
            % {"value": value, "name": known.user.display_name}
        )
    if known:
        return known
    present = list(Identity.objects.filter(user=user).values_list("kind", "is_primary"))
    if len(present) >= LIMIT:
        raise InvalidPerson("identity", _("A person can have at most 50 addresses."))
    has_primary = (kind, True) in present
    now = clock.now()
    identity = Identity.objects.create(
        user=user, kind=kind, value=value, is_primary=not has_primary,
        verified_at=now if is_verified else None, created_at=now,
    )  # fmt: skip
    note(actor, user, PeopleEventKind.IDENTITY_ADDED, field=kind, value=value)
    if not has_primary or is_primary:
        _make_primary(identity)
    return identity


@transaction.atomic
def make_primary(*, actor: Actor, identity_id: int) -> Identity:
    """Reach the person this way first. An e-mail address is then what they sign in with.

    Raises NotPermitted; Identity.DoesNotExist.
    """
    identity = _locked(actor, identity_id)
    if not identity.is_primary:
        previous = Identity.objects.filter(
            user=identity.user, kind=identity.kind, is_primary=True
        ).values_list("value", flat=True)
        note(
            actor, identity.user, PeopleEventKind.IDENTITY_CHANGED, 
            field=f"{identity.kind}.primary", previous=previous.first(), value=identity.value,
        )  # fmt: skip
        _make_primary(identity)
    return identity


@transaction.atomic
def verify_identity(*, actor: Actor, identity_id: int) -> Identity:
    """Vouch for it: the agent knows that it is this person's. Raises as make_primary."""
    identity = _locked(actor, identity_id)
    if not identity.is_verified:
        identity.verified_at = clock.now()
        identity.save(update_fields=["verified_at"])
        note(
            actor, identity.user, PeopleEventKind.IDENTITY_CHANGED,
            field=f"{identity.kind}.verified", value=identity.value,
        )  # fmt: skip
    return identity


@transaction.atomic
def remove_identity(*, actor: Actor, identity_id: int) -> User:
    """Forget it; the next of its kind becomes the primary one. Raises as make_primary."""
    identity = _locked(actor, identity_id)
    user = identity.user
    identity.delete()
    note(
        actor, user, PeopleEventKind.IDENTITY_REMOVED, field=identity.kind, previous=identity.value
    )
    if identity.is_primary:
        rest = Identity.objects.filter(user=user, kind=identity.kind)
        if successor := rest.order_by("-verified_at", "id").first():
            _make_primary(successor)
        elif identity.kind == IdentityKind.EMAIL:
            _set_address(user, None)
    return user


def valid_value(kind: str, value: str) -> str:
    """A way to reach somebody in its one form. Raises InvalidPerson when it cannot be one."""
    if kind not in IdentityKind.values:
        raise InvalidPerson("identity", _("This is no kind of address that is known here."))
    normal = normalise(kind, value.replace("\0", ""))
    if kind == IdentityKind.EMAIL:
        try:
            validate_email(normal)
        except ValidationError as error:
            raise InvalidPerson(
                "identity", _("Write an e-mail address, such as carol@example.com.")
            ) from error
    if kind in (IdentityKind.PHONE, IdentityKind.WHATSAPP) and not 5 <= len(normal) <= 17:
        raise InvalidPerson(
            "identity", _("Write the number with its country code, such as +44 20 7946 0958.")
        )
    if not normal or len(normal) > 254:
        raise InvalidPerson("identity", _("Write what the person is known by there."))
    return normal


def normalise(kind: str, value: str) -> str:
    """The one form in which an identity is stored and looked up."""
    value = value.strip()
    if kind in (IdentityKind.PHONE, IdentityKind.WHATSAPP):
        digits = "".join(letter for letter in value if letter.isascii() and letter.isdigit())
        return "+" + digits.removeprefix("00")  # the international prefix, written out
    if kind == IdentityKind.EXTERNAL:
        return value
    if kind == IdentityKind.EMAIL:
        return canonical(value)
    return value.lower().removeprefix("@")


def _locked(actor: Actor, identity_id: int) -> Identity:
    found = Identity.objects.select_related("user").get(pk=identity_id)
    user = User.objects.select_for_update().get(pk=found.user_id)
    policies.require_can_edit(actor, user)
    identity = Identity.objects.select_for_update().get(pk=identity_id, user=user)
    identity.user = user
    return identity


def _make_primary(identity: Identity) -> None:
    Identity.objects.filter(
        user=identity.user, kind=identity.kind, is_primary=True
    ).exclude(pk=identity.pk).update(is_primary=False)  # fmt: skip
    identity.is_primary = True
    identity.save(update_fields=["is_primary"])
    if identity.kind == IdentityKind.EMAIL:
        _set_address(identity.user, identity.value)


def _set_address(user: User, email: str | None) -> None:
    if user.email == email:
        return
    user.email = email
    user.updated_at = clock.now()
    user.save(update_fields=["email", "updated_at"])
