"""Visitors: met, recognised, told apart from those they only claim to be."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts.actions import add_identity, create_user, find_or_create_customers
from accounts.actor import Actor, system_actor
from accounts.addresses import canonical
from accounts.errors import AddressTaken, InvalidPerson
from accounts.models import Identity, IdentityKind, User
from accounts.roles import Permission
from channels_in.actions.chat import changes, states
from channels_in.chat.identity import Vouched, hash_of, new_token
from channels_in.models import ChannelAccount, Chat, ChatState, EndedBy, Visitor
from core import clock
from core.text import storable
from tickets import policies

_SYSTEM = system_actor("Live chat", channel="chat")


_LENGTHS = {"page_url": 1000, "page_title": 200, "referrer": 1000, "user_agent": 300,
            "language": 35, "time_zone": 64}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a visitor is and what with; all of it their browser's word."""

    page_url: str = ""
    page_title: str = ""
    referrer: str = ""
    user_agent: str = ""
    language: str = ""
    time_zone: str = ""

    def cut(self) -> dict[str, str]:
        """Each text as long as its column, on one line."""
        values = {name: " ".join(storable(getattr(self, name)).split()) for name in _LENGTHS}
        return {name: values[name][:length] for name, length in _LENGTHS.items() if values[name]}


def meet_visitor(*, account: ChannelAccount, around: Surroundings) -> tuple[Visitor, str]:
    """A new visitor and the token that only their browser keeps."""
    token, now = new_token(), clock.now()
    visitor = Visitor.objects.create(
        account=account, key=uuid.uuid4().hex, token_hash=hash_of(token), created_at=now,
        seen_at=now, **around.cut(),
    )  # fmt: skip
    return visitor, token


def note_surroundings(*, visitor: Visitor, around: Surroundings) -> None:
    """Where the visitor is now; what did not come stays as it was."""
    values = {k: v for k, v in around.cut().items() if getattr(visitor, k) != v}
    for name, value in values.items():
        setattr(visitor, name, value)
    visitor.seen_at = clock.now()
    Visitor.objects.filter(pk=visitor.pk).update(**values, seen_at=visitor.seen_at)


def introduce_visitor(*, visitor: Visitor, name: str = "", email: str = "") -> None:
    """What the visitor has typed about themselves. Raises InvalidPerson for what is no address.

    It changes nothing of who was vouched for, and proves nothing.
    """
    name = " ".join(storable(name).split())[:200]
    email = _valid_email(email)
    changed = {}
    if name and not visitor.is_verified:
        changed["name"] = name
    if email and not visitor.is_email_verified:
        changed["email"] = email
    for column, value in changed.items():
        setattr(visitor, column, value)
    if changed:
        Visitor.objects.filter(pk=visitor.pk).update(**changed)
        _complete_person(visitor)


@transaction.atomic
def vouch_for_visitor(*, visitor: Visitor, vouched: Vouched) -> None:
    """The site has signed who this is. A browser that was another customer's becomes a new one.

    Raises InvalidPerson for a signed mail that cannot be one.
    """
    is_other = visitor.is_verified and visitor.external_id != vouched.external_id
    if is_other:
        raise InvalidPerson("external_id", "Another customer used this browser before.")
    email = _valid_email(vouched.email)
    same = (visitor.is_verified, visitor.email if email else "", visitor.name or vouched.name)
    if same == (True, email, vouched.name or visitor.name):
        return
    visitor.is_verified, visitor.external_id = True, vouched.external_id
    visitor.name = " ".join(storable(vouched.name).split())[:200] or visitor.name
    if email:
        visitor.email, visitor.is_email_verified = email, True
    visitor.user = visitor.user or _person_vouched_for(visitor)
    visitor.save(
        update_fields=["is_verified", "external_id", "name", "email", "is_email_verified", "user"]
    )


@transaction.atomic
def person_of(*, visitor: Visitor) -> User:
    """The person whom a visitor is taken for; made when there is none yet.

    An address that was typed stands for its person as the From of a mail does, and never for a
    colleague. Without one they are a person of their own.
    """
    if visitor.user_id is None:
        fresh = Visitor.objects.select_for_update().get(pk=visitor.pk)
        visitor.user_id = fresh.user_id
    if visitor.user is None:
        visitor.user = (
            _person_vouched_for(visitor) if visitor.is_verified else _person_typed(visitor)
        )
        Visitor.objects.filter(pk=visitor.pk).update(user=visitor.user)
    return visitor.user.merged_into or visitor.user


@transaction.atomic
def block_visitor(*, actor: Actor, chat_id: int) -> None:
    """Let nothing of this visitor in any more; their living chats end.

    Raises ChatNotFound, NotPermitted.
    """
    policies.require(actor, Permission.HANDLE_SUSPENDED)
    chat = changes.locked(actor, chat_id)
    Visitor.objects.filter(pk=chat.visitor_id).update(blocked_at=clock.now())
    for other in Chat.objects.filter(visitor_id=chat.visitor_id, state__in=ChatState.living()):
        states.finish_chat(changes.lock(other.pk), by=EndedBy.AGENT)


def _person_vouched_for(visitor: Visitor) -> User:
    known = (
        Identity.objects.filter(kind=IdentityKind.EXTERNAL, value=visitor.external_id)
        .select_related("user__merged_into")
        .first()
    )
    if known:
        return known.user
    person = None
    if visitor.is_email_verified:
        person = find_or_create_customers(names_by_email={visitor.email: visitor.name})[
            visitor.email
        ]
        if person.is_staff_member:
            person = None
    person = person or _nobody_known(visitor)
    add_identity(
        actor=_SYSTEM, user=person, kind=IdentityKind.EXTERNAL, value=visitor.external_id,
        is_verified=True,
    )  # fmt: skip
    return person


def _person_typed(visitor: Visitor) -> User:
    if visitor.email:
        people = find_or_create_customers(names_by_email={visitor.email: visitor.name})
        person = people[visitor.email]
        if not person.is_staff_member:
            return person
    return _nobody_known(visitor)


def _nobody_known(visitor: Visitor) -> User:
    name = visitor.name or f"Visitor {visitor.key[:4].upper()}"
    language = visitor.language if len(visitor.language) < 9 else ""
    return create_user(
        actor=_SYSTEM, name=name, email=None, language=language, time_zone=visitor.time_zone,
    )  # fmt: skip


def _complete_person(visitor: Visitor) -> None:
    """An address given later becomes the person's, unless it is somebody's already."""
    if visitor.user is None or visitor.user.email or not visitor.email:
        return
    try:
        add_identity(actor=_SYSTEM, user=visitor.user, kind=IdentityKind.EMAIL, value=visitor.email)
    except (AddressTaken, InvalidPerson):
        return


def _valid_email(text: str) -> str:
    email = canonical(storable(text).strip())
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidPerson("email", "This is not an e-mail address.") from error
    return email
